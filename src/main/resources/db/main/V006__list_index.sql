-- SPDX-License-Identifier: AGPL-3.0-or-later

-- What a person's list of cases shows, kept between her requests under her own keys. Unlogged: in no write-ahead log, replica or
-- base backup, and gone after a crash; it is built anew from the cases whenever it is missing.
create unlogged table list_index (
    key_id bytea not null primary key check (length(key_id) = 8),
    head bytea not null,
    body bytea not null
);
alter table list_index
    alter column head set statistics 0, alter column head set storage external,
    alter column body set statistics 0, alter column body set storage external;
comment on table list_index is 'What the list of cases of a person rests on and shows, one row a person.';
comment on column list_index.key_id is 'Key id of the person under whose keys the row is sealed.';
comment on column list_index.head is 'How far the log was taken into account; grants, names in the log and row hashes of her cases, sealed.';
comment on column list_index.body is 'What the list shows of each of these cases, sealed.';
grant select, insert, update, delete on list_index to ${approle};

-- A list asks which of her grants belong to entries that are new in the log.
create index access_grant_entry on access_grant (entry_id);
