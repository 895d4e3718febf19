-- SPDX-License-Identifier: AGPL-3.0-or-later

-- Somebody who holds the summary of a case asks those who hold all of it. Who asks, why, and what was answered is inside the
-- seal; a row is never deleted, so that its number tells how many people have asked and nothing else.
create table case_request (
    id uuid not null primary key,
    case_id uuid not null references case_file (id),
    tenant uuid not null,
    schema_version integer not null check (schema_version > 0),
    revision bigint not null check (revision > 0),
    key_epoch integer not null check (key_epoch > 0),
    request bytea not null
);
create index case_request_case on case_request (case_id);
alter table case_request alter column request set statistics 0, alter column request set storage external;
comment on table case_request is 'A request for a case by somebody who holds its summary. Compartment: summary.';
comment on column case_request.id is 'Random id.';
comment on column case_request.case_id is 'The case it belongs to.';
comment on column case_request.tenant is 'The organisation.';
comment on column case_request.schema_version is 'Version of the form of the sealed values; bound into each seal.';
comment on column case_request.revision is 'Number of writes of this row; bound into each seal, so that an older value does not open.';
comment on column case_request.key_epoch is 'Epoch of the case secret that seals this row.';
comment on column case_request.request is 'Who asks, when, why, and what was answered, sealed under the summary secret.';
grant select, insert, update, delete on case_request to ${approle};

-- Who writes locks her grants for as long as the writing takes, so that none is revoked in between. PostgreSQL asks for the
-- right to update a column before it lets a row be locked; the role may delete and insert grants anyhow.
grant update (day) on access_grant to ${approle};

-- The quiet end of a session can be moved by nobody but her who holds the cookie. Sessions of before are over.
delete from unlocked_session;
alter table unlocked_session add column idle_mac bytea not null check (length(idle_mac) = 32);
alter table unlocked_session alter column idle_mac set statistics 0;
comment on column unlocked_session.idle_mac is 'HMAC over idle_until under a key from the cookie''s secret.';
