-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Lines that have no number yet are ordered by their place in the queue. Who reads them looked through the whole queue for
-- each of them; up to the full hour it holds all that came in at the report door.

create index audit_pending_entry on audit_pending (id);
