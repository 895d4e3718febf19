-- SPDX-License-Identifier: AGPL-3.0-or-later

-- The signed directory: a chain of statements about whose key is whose. Grows only.
create table directory_statement (
    number integer not null primary key,
    id uuid not null unique,
    body bytea not null,
    entry_id uuid not null
);
comment on table directory_statement is 'The chain of signed statements about staff, intake, oversight and recovery keys.';
comment on column directory_statement.number is 'Place in the chain; 0 is the founding statement, whose hash is pinned.';
comment on column directory_statement.id is 'First 16 bytes of the SHA-256 of the body.';
comment on column directory_statement.body is 'The statement: one line of JSON in a strict form, signed.';
comment on column directory_statement.entry_id is 'The log entry written with it.';

-- Four equal rows a person, whatever she uses; unused ones are sealed under a key that nobody keeps.
create table staff_slot (
    id uuid not null primary key,
    tenant uuid not null,
    staff_id uuid not null,
    position integer not null check (position between 0 and 3),
    salt bytea not null check (length(salt) = 16),
    sealed bytea not null,
    unique (staff_id, position)
);
comment on table staff_slot is 'The secret keys of a person under what unlocks them.';
comment on column staff_slot.id is 'Random id.';
comment on column staff_slot.tenant is 'The organisation.';
comment on column staff_slot.staff_id is 'The person.';
comment on column staff_slot.position is '0 passphrase, 1 recovery kit, 2 and 3 kept for later kinds.';
comment on column staff_slot.salt is 'Random, for this slot.';
comment on column staff_slot.sealed is 'Two seeds of 32 bytes, sealed.';

-- What a person's own keys remember between sessions: the highest directory statement she has seen.
create table staff_state (
    id uuid not null primary key,
    tenant uuid not null,
    staff_id uuid not null unique,
    revision bigint not null,
    sealed bytea not null
);
comment on table staff_state is 'What a person has seen, sealed under her own keys, so that a shortened directory is noticed.';
comment on column staff_state.id is 'Random id.';
comment on column staff_state.tenant is 'The organisation.';
comment on column staff_state.staff_id is 'The person.';
comment on column staff_state.revision is 'Number of writes.';
comment on column staff_state.sealed is 'Number and hash of the newest directory statement she has seen, sealed.';

-- Display names under the staff secret.
create table staff_name (
    id uuid not null primary key,
    tenant uuid not null,
    staff_id uuid not null unique,
    revision bigint not null,
    key_epoch integer not null,
    sealed bytea not null
);
comment on table staff_name is 'Display names of staff.';
comment on column staff_name.id is 'Random id.';
comment on column staff_name.tenant is 'The organisation.';
comment on column staff_name.staff_id is 'The person.';
comment on column staff_name.revision is 'Number of writes.';
comment on column staff_name.key_epoch is 'Epoch of the staff secret.';
comment on column staff_name.sealed is 'The name, sealed under the staff secret.';

-- Somebody who made her keys and waits until a supervisor has compared her words.
create table enrolment_request (
    id uuid not null primary key,
    tenant uuid not null,
    login_tag bytea not null unique check (length(login_tag) = 32),
    roles text not null,
    sign_key bytea not null check (length(sign_key) = 32),
    wrap_key bytea not null check (length(wrap_key) = 1216),
    proof bytea not null check (length(proof) = 64),
    sealed_name bytea not null,
    day date not null
);
comment on table enrolment_request is 'Requests for enrolment that wait for a supervisor.';
comment on column enrolment_request.id is 'The id that the person will have.';
comment on column enrolment_request.tenant is 'The organisation.';
comment on column enrolment_request.login_tag is 'SHA-256 over tenant and subject of the login.';
comment on column enrolment_request.roles is 'The roles that the login had, by their codes, with commas.';
comment on column enrolment_request.sign_key is 'Ed25519 public key.';
comment on column enrolment_request.wrap_key is 'X-Wing public key.';
comment on column enrolment_request.proof is 'Signature over the request with its own key.';
comment on column enrolment_request.sealed_name is 'The display name, sealed to the staff key.';
comment on column enrolment_request.day is 'Day of the request.';

-- Who holds which secret of which object.
create table access_grant (
    id uuid not null primary key,
    tenant uuid not null,
    object_id uuid not null,
    kind integer not null,
    compartment integer not null,
    epoch integer not null,
    grantee_key bytea not null check (length(grantee_key) = 8),
    granter_key bytea not null check (length(granter_key) = 8),
    wrap bytea not null,
    commitment bytea not null check (length(commitment) = 32),
    signature bytea not null check (length(signature) = 64),
    entry_id uuid not null,
    day date not null
);
create index access_grant_grantee on access_grant (grantee_key, kind, compartment);
create index access_grant_object on access_grant (object_id);
comment on table access_grant is 'Signed grants: a secret of an object, wrapped to a person.';
comment on column access_grant.id is 'Random id.';
comment on column access_grant.tenant is 'The organisation.';
comment on column access_grant.object_id is 'The case, report, intake epoch or other object.';
comment on column access_grant.kind is 'What kind of object it is.';
comment on column access_grant.compartment is 'Which of its secrets: 0 the only one, 1 identity, 2 content, 3 summary.';
comment on column access_grant.epoch is 'Key epoch.';
comment on column access_grant.grantee_key is 'Key id of the person who may open it.';
comment on column access_grant.granter_key is 'Key id of the person who signed.';
comment on column access_grant.wrap is 'The secret to the grantee''s public key (HPKE, X-Wing).';
comment on column access_grant.commitment is 'Commitment of the field key that the secret must give.';
comment on column access_grant.signature is 'Ed25519 by the granter over all of the above and the entry id.';
comment on column access_grant.entry_id is 'The log entry written with it.';
comment on column access_grant.day is 'Day of the grant.';

-- A quick copy of a grant's secret under the grantee's own keys, made at the first opening after the full check.
create table grant_copy (
    id uuid not null primary key references access_grant (id) on delete cascade,
    sealed bytea not null
);
comment on table grant_copy is 'Symmetric copies of granted secrets.';
comment on column grant_copy.id is 'The grant.';
comment on column grant_copy.sealed is 'The secret under a key of the grantee; the grant''s hash is in its context.';

-- Every secret once more, to the organisation's recovery key: the same signed form as a grant.
create table recovery_wrap (
    id uuid not null primary key,
    tenant uuid not null,
    object_id uuid not null,
    kind integer not null,
    compartment integer not null,
    epoch integer not null,
    grantee_key bytea not null check (length(grantee_key) = 8),
    granter_key bytea not null check (length(granter_key) = 8),
    wrap bytea not null,
    commitment bytea not null check (length(commitment) = 32),
    signature bytea not null check (length(signature) = 64),
    entry_id uuid not null,
    day date not null
);
create index recovery_wrap_object on recovery_wrap (object_id);
comment on table recovery_wrap is 'Signed grants to the recovery key, which is split among its holders.';
comment on column recovery_wrap.id is 'Random id.';
comment on column recovery_wrap.tenant is 'The organisation.';
comment on column recovery_wrap.object_id is 'The object.';
comment on column recovery_wrap.kind is 'What kind of object it is.';
comment on column recovery_wrap.compartment is 'Which of its secrets.';
comment on column recovery_wrap.epoch is 'Key epoch.';
comment on column recovery_wrap.grantee_key is 'Key id of the recovery key.';
comment on column recovery_wrap.granter_key is 'Key id of the person who signed.';
comment on column recovery_wrap.wrap is 'The secret to the recovery public key.';
comment on column recovery_wrap.commitment is 'Commitment of the field key.';
comment on column recovery_wrap.signature is 'Ed25519 by the granter.';
comment on column recovery_wrap.entry_id is 'The log entry written with it.';
comment on column recovery_wrap.day is 'Day of the wrap.';

-- Keys of people who are unlocked now. Unlogged: in no write-ahead log, replica or base backup, and gone after a crash.
create unlogged table unlocked_session (
    id bytea not null primary key,
    name bytea not null,
    staff_id uuid not null,
    sid text not null,
    key_id bytea not null,
    sealed bytea not null,
    idle_until timestamp with time zone not null,
    ends_at timestamp with time zone not null,
    counter integer not null
);
create index unlocked_session_sid on unlocked_session (sid);
create index unlocked_session_staff on unlocked_session (staff_id);
comment on table unlocked_session is 'The keys of people who are unlocked, sealed under a secret that only their cookie holds.';
comment on column unlocked_session.id is 'SHA-256 over the cookie''s secret.';
comment on column unlocked_session.name is 'The session''s name in the log, 16 bytes.';
comment on column unlocked_session.staff_id is 'The person.';
comment on column unlocked_session.sid is 'Keycloak''s id of the login session.';
comment on column unlocked_session.key_id is 'The person''s key id.';
comment on column unlocked_session.sealed is 'Two seeds of 32 bytes; person, login session, key id and end are in the context.';
comment on column unlocked_session.idle_until is 'End, if nothing more is asked.';
comment on column unlocked_session.ends_at is 'End in any case.';
comment on column unlocked_session.counter is 'Number of lines that this session has in the log.';

-- No sample of a sealed value stays in the statistics, and none is compressed, which would tell its content by its length.
alter table directory_statement alter column body set statistics 0;
alter table staff_slot alter column salt set statistics 0, alter column sealed set statistics 0, alter column sealed set storage external;
alter table staff_state alter column sealed set statistics 0, alter column sealed set storage external;
alter table staff_name alter column sealed set statistics 0, alter column sealed set storage external;
alter table enrolment_request alter column login_tag set statistics 0, alter column proof set statistics 0, alter column sealed_name set statistics 0, alter column sealed_name set storage external;
alter table access_grant alter column wrap set statistics 0, alter column wrap set storage external, alter column commitment set statistics 0, alter column signature set statistics 0;
alter table grant_copy alter column sealed set statistics 0, alter column sealed set storage external;
alter table recovery_wrap alter column wrap set statistics 0, alter column wrap set storage external, alter column commitment set statistics 0, alter column signature set statistics 0;
alter table unlocked_session alter column sealed set statistics 0, alter column sealed set storage external;

grant select, insert on directory_statement to ${approle};
grant select, insert, update, delete on staff_slot, staff_state, staff_name, enrolment_request, grant_copy, unlocked_session to ${approle};
grant select, insert, delete on access_grant, recovery_wrap to ${approle};
