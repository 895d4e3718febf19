-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Up to the full hour the queue holds all that came in at the report door. What is numbered at once is found without passing over
-- that, and so is what the report door wrote about an object on which somebody acts. When the hour has come, the first in the order
-- of numbering are found without sorting all.

create index audit_pending_waiting on audit_pending (ord) where held_until is null;
create index audit_entry_door on audit_entry (object_name) where actor = 'report-door' and object_name is not null;
drop index audit_pending_held;
create index audit_pending_held on audit_pending (held_until, id) where held_until is not null;
