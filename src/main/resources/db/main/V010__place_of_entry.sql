-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The place of an entry among those that wait is given by the database. Who speaks as the server could choose it, and so put a
-- line in front of one that was written before.

revoke insert on audit_pending from ${approle};
grant insert (id, held_until) on audit_pending to ${approle};
