-- SPDX-License-Identifier: AGPL-3.0-or-later

-- The second half of every content key, in a database of its own with backups of its own: erasure deletes here.
-- Losing every copy of this table loses every case.
create table shred_secret (
    object_id uuid not null primary key,
    secret bytea not null check (length(secret) = 32)
);
comment on table shred_secret is 'One random secret for each case, report and key; without it the object''s fields open for nobody.';
comment on column shred_secret.object_id is 'Id of the object.';
comment on column shred_secret.secret is '32 random bytes: the salt of the derivation of its field keys.';

alter table shred_secret alter column secret set statistics 0;
alter table shred_secret alter column secret set storage external;

grant select, insert, delete on shred_secret to ${approle};
