-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The log. The server's role may add entries and read; the log's own role may number, tile and sign; nobody may alter.

create table audit_entry (
    id          uuid  not null primary key,
    body        bytea not null,
    act         text  not null,
    actor       text  not null,
    case_name   bytea,
    object_name bytea,
    outcome     text  not null,
    day         date  not null,
    hash        bytea,
    detail_hash bytea
);
comment on table audit_entry is 'What was done: one row an entry, written once';
comment on column audit_entry.id is 'The nonce of the entry as an id';
comment on column audit_entry.body is 'The entry: the very bytes that are hashed into the tree, at most 1,024';
comment on column audit_entry.act is 'Copy of the kind, to filter by';
comment on column audit_entry.actor is 'Copy of the actor: random staff id, report-door, system or unknown';
comment on column audit_entry.case_name is 'Copy of the pseudonym of the case, 16 bytes';
comment on column audit_entry.object_name is 'Copy of the pseudonym of the object, 16 bytes';
comment on column audit_entry.outcome is 'Copy of the outcome: done or refused';
comment on column audit_entry.day is 'Copy of the day, UTC';
comment on column audit_entry.hash is 'Copy of the hash: of the row after the write, of the grant or statement';
comment on column audit_entry.detail_hash is 'Copy of the SHA-256 of the sealed detail';

create index audit_entry_case on audit_entry (case_name) where case_name is not null;
create index audit_entry_object on audit_entry (object_name) where hash is not null;
create index audit_entry_hash on audit_entry (hash) where act in ('grant.given', 'grant.revoked') or act like 'directory.%';

-- Few different values: these two stay small, and a rare person or kind is found without reading the whole log.
create index audit_entry_actor on audit_entry (actor);
create index audit_entry_act on audit_entry (act);

create table audit_pending (
    ord        bigint not null generated always as identity primary key,
    id         uuid   not null,
    held_until timestamptz
);
comment on table audit_pending is 'Entries that have no number yet';
comment on column audit_pending.ord is 'The order of writing';
comment on column audit_pending.id is 'The entry';
comment on column audit_pending.held_until is 'The full hour until which an entry of the report door waits';
create index audit_pending_held on audit_pending (held_until) where held_until is not null;
-- A queue: its dead rows must go quickly, however small the table looks.
alter table audit_pending set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

create table audit_sequence (
    seq  bigint not null primary key,
    id   uuid   not null unique,
    leaf bytea  not null
);
comment on table audit_sequence is 'The number of each entry in the tree';
comment on column audit_sequence.seq is 'The number, dense from 0';
comment on column audit_sequence.id is 'The entry';
comment on column audit_sequence.leaf is 'RFC 6962 leaf hash of the entry';

create table audit_tile (
    level  int    not null,
    index  bigint not null,
    hashes bytea  not null,
    primary key (level, index)
);
comment on table audit_tile is 'Full tiles of the tree, C2SP tlog-tiles';
comment on column audit_tile.level is 'Level of tiles, from 0';
comment on column audit_tile.index is 'Place in the level, from 0';
comment on column audit_tile.hashes is '256 hashes of 32 bytes';
alter table audit_tile alter column hashes set storage external, alter column hashes set statistics 0;

create table audit_checkpoint (
    size bigint not null primary key,
    note bytea  not null
);
comment on table audit_checkpoint is 'Signed heads of the tree';
comment on column audit_checkpoint.size is 'Entries that it covers';
comment on column audit_checkpoint.note is 'C2SP tlog-checkpoint as a signed note, Ed25519 and ML-DSA-44';

create table audit_detail (
    entry_id uuid  not null primary key,
    sealed   bytea not null
);
comment on table audit_detail is 'Free text that belongs to an entry, sealed to the oversight key';
comment on column audit_detail.entry_id is 'The entry, which holds the SHA-256 of the sealed bytes';
comment on column audit_detail.sealed is 'The sealed text';
alter table audit_detail alter column sealed set storage external, alter column sealed set statistics 0;

create function audit_refuses() returns trigger language plpgsql as $$
begin
    raise exception 'the log is written once' using errcode = 'insufficient_privilege';
end
$$;
comment on function audit_refuses() is 'Stops even the owner from altering the log by accident';

create trigger written_once before update or delete or truncate on audit_entry
    for each statement execute function audit_refuses();
create trigger written_once before update or delete or truncate on audit_sequence
    for each statement execute function audit_refuses();
create trigger written_once before update or delete or truncate on audit_tile
    for each statement execute function audit_refuses();
create trigger written_once before update or delete or truncate on audit_checkpoint
    for each statement execute function audit_refuses();
create trigger written_once before update or delete or truncate on audit_detail
    for each statement execute function audit_refuses();
-- Numbering takes an entry out of the queue; nothing else may be done to it.
create trigger written_once before update or truncate on audit_pending
    for each statement execute function audit_refuses();

grant select, insert on audit_entry, audit_detail, audit_pending to ${approle};
grant select on audit_sequence, audit_tile, audit_checkpoint to ${approle};
grant select on audit_entry to ${logrole};
grant select, delete on audit_pending to ${logrole};
grant select, insert on audit_sequence, audit_tile, audit_checkpoint to ${logrole};
