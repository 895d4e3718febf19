-- SPDX-License-Identifier: AGPL-3.0-or-later

-- The case. Each table belongs to one compartment and is sealed under that secret of its case. Beside the sealed columns
-- there is nothing but random ids, the parent, the organisation, versions, days and the state of the case. No name of a
-- table, index or constraint tells a kind of report; whatever links persons, reports and actors is inside the seals.

create table case_file (
    id uuid not null primary key,
    tenant uuid not null,
    schema_version integer not null check (schema_version > 0),
    revision bigint not null check (revision > 0),
    key_epoch integer not null check (key_epoch > 0),
    status text not null check (length(status) between 1 and 40),
    opened_day date not null,
    due_day date,
    summary bytea not null
);
alter table case_file alter column summary set statistics 0, alter column summary set storage external;
comment on table case_file is 'A case: its state, and what a list shows. Compartment: summary.';
comment on column case_file.id is 'Random id of the case.';
comment on column case_file.tenant is 'The organisation.';
comment on column case_file.schema_version is 'Version of the form of the sealed values; bound into each seal.';
comment on column case_file.revision is 'Number of writes of this row; bound into each seal, so that an older value does not open.';
comment on column case_file.key_epoch is 'Epoch of the case secret that seals this row.';
comment on column case_file.status is 'State of the case: a code of list case_status.';
comment on column case_file.opened_day is 'Day on which the case was made.';
comment on column case_file.due_day is 'Day by which it is to be looked at again.';
comment on column case_file.summary is 'What a list shows, without names, sealed under the summary secret.';

create table case_names (
    id uuid not null primary key,
    case_id uuid not null references case_file (id) unique,
    tenant uuid not null,
    schema_version integer not null check (schema_version > 0),
    revision bigint not null check (revision > 0),
    key_epoch integer not null check (key_epoch > 0),
    names_summary bytea not null
);
alter table case_names alter column names_summary set statistics 0, alter column names_summary set storage external;
comment on table case_names is 'The names by which a case is found, for those who hold its identity. Compartment: identity.';
comment on column case_names.id is 'Random id.';
comment on column case_names.case_id is 'The case it belongs to.';
comment on column case_names.tenant is 'The organisation.';
comment on column case_names.schema_version is 'Version of the form of the sealed values; bound into each seal.';
comment on column case_names.revision is 'Number of writes of this row; bound into each seal, so that an older value does not open.';
comment on column case_names.key_epoch is 'Epoch of the case secret that seals this row.';
comment on column case_names.names_summary is 'All names of the persons in the case, sealed under the identity secret.';

create table case_person (
    id uuid not null primary key,
    case_id uuid not null references case_file (id),
    tenant uuid not null,
    schema_version integer not null check (schema_version > 0),
    revision bigint not null check (revision > 0),
    key_epoch integer not null check (key_epoch > 0),
    names bytea not null,
    contact bytea not null,
    birth bytea not null,
    documents bytea not null,
    standing bytea not null,
    ties bytea not null
);
create index case_person_case on case_person (case_id);
alter table case_person alter column names set statistics 0, alter column names set storage external, alter column contact set statistics 0, alter column contact set storage external, alter column birth set statistics 0, alter column birth set storage external, alter column documents set statistics 0, alter column documents set storage external, alter column standing set statistics 0, alter column standing set storage external, alter column ties set statistics 0, alter column ties set storage external;
comment on table case_person is 'A person in a case: at risk, a relative, a helper. Compartment: identity.';
comment on column case_person.id is 'Random id.';
comment on column case_person.case_id is 'The case it belongs to.';
comment on column case_person.tenant is 'The organisation.';
comment on column case_person.schema_version is 'Version of the form of the sealed values; bound into each seal.';
comment on column case_person.revision is 'Number of writes of this row; bound into each seal, so that an older value does not open.';
comment on column case_person.key_epoch is 'Epoch of the case secret that seals this row.';
comment on column case_person.names is 'Names in all scripts, sealed.';
comment on column case_person.contact is 'Safe contact, sealed.';
comment on column case_person.birth is 'Birth, age band and gender, sealed.';
comment on column case_person.documents is 'Travel documents, sealed.';
comment on column case_person.standing is 'Nationality, status, community, health, answers about fear, sealed.';
comment on column case_person.ties is 'Role in the case and relationship to the person at risk, sealed.';

create table case_report (
    id uuid not null primary key,
    case_id uuid not null references case_file (id),
    tenant uuid not null,
    schema_version integer not null check (schema_version > 0),
    revision bigint not null check (revision > 0),
    key_epoch integer not null check (key_epoch > 0),
    facts bytea not null,
    place bytea not null,
    narrative bytea not null,
    words bytea not null,
    actors bytea not null
);
create index case_report_case on case_report (case_id);
alter table case_report alter column facts set statistics 0, alter column facts set storage external, alter column place set statistics 0, alter column place set storage external, alter column narrative set statistics 0, alter column narrative set storage external, alter column words set statistics 0, alter column words set storage external, alter column actors set statistics 0, alter column actors set storage external;
comment on table case_report is 'A report in a case; of which kind is known inside the seal only. Compartment: content.';
comment on column case_report.id is 'Random id.';
comment on column case_report.case_id is 'The case it belongs to.';
comment on column case_report.tenant is 'The organisation.';
comment on column case_report.schema_version is 'Version of the form of the sealed values; bound into each seal.';
comment on column case_report.revision is 'Number of writes of this row; bound into each seal, so that an older value does not open.';
comment on column case_report.key_epoch is 'Epoch of the case secret that seals this row.';
comment on column case_report.facts is 'Kind, times, codes and short answers, sealed.';
comment on column case_report.place is 'Places and points of a journey, sealed.';
comment on column case_report.narrative is 'The account in words, sealed.';
comment on column case_report.words is 'Words that were used and their translation, sealed.';
comment on column case_report.actors is 'Suspected actors and their identifiers, sealed.';

create table case_message (
    id uuid not null primary key,
    case_id uuid not null references case_file (id),
    tenant uuid not null,
    schema_version integer not null check (schema_version > 0),
    revision bigint not null check (revision > 0),
    key_epoch integer not null check (key_epoch > 0),
    message bytea not null
);
create index case_message_case on case_message (case_id);
alter table case_message alter column message set statistics 0, alter column message set storage external;
comment on table case_message is 'An answer that was written to the reporter. Compartment: content.';
comment on column case_message.id is 'Random id.';
comment on column case_message.case_id is 'The case it belongs to.';
comment on column case_message.tenant is 'The organisation.';
comment on column case_message.schema_version is 'Version of the form of the sealed values; bound into each seal.';
comment on column case_message.revision is 'Number of writes of this row; bound into each seal, so that an older value does not open.';
comment on column case_message.key_epoch is 'Epoch of the case secret that seals this row.';
comment on column case_message.message is 'The words, who wrote them and when, sealed.';

create table case_original_identity (
    id uuid not null primary key,
    case_id uuid not null references case_file (id) unique,
    tenant uuid not null,
    schema_version integer not null check (schema_version > 0),
    revision bigint not null check (revision > 0),
    key_epoch integer not null check (key_epoch > 0),
    original bytea not null
);
alter table case_original_identity alter column original set statistics 0, alter column original set storage external;
comment on table case_original_identity is 'The identity part of the report from the report door that the case began with. Compartment: identity.';
comment on column case_original_identity.id is 'Random id.';
comment on column case_original_identity.case_id is 'The case it belongs to.';
comment on column case_original_identity.tenant is 'The organisation.';
comment on column case_original_identity.schema_version is 'Version of the form of the sealed values; bound into each seal.';
comment on column case_original_identity.revision is 'Number of writes of this row; bound into each seal, so that an older value does not open.';
comment on column case_original_identity.key_epoch is 'Epoch of the case secret that seals this row.';
comment on column case_original_identity.original is 'The very bytes that the reporter sealed, sealed anew under the identity secret.';

create table case_original_content (
    id uuid not null primary key,
    case_id uuid not null references case_file (id) unique,
    tenant uuid not null,
    schema_version integer not null check (schema_version > 0),
    revision bigint not null check (revision > 0),
    key_epoch integer not null check (key_epoch > 0),
    original bytea not null
);
alter table case_original_content alter column original set statistics 0, alter column original set storage external;
comment on table case_original_content is 'The content part of the report from the report door that the case began with. Compartment: content.';
comment on column case_original_content.id is 'Random id.';
comment on column case_original_content.case_id is 'The case it belongs to.';
comment on column case_original_content.tenant is 'The organisation.';
comment on column case_original_content.schema_version is 'Version of the form of the sealed values; bound into each seal.';
comment on column case_original_content.revision is 'Number of writes of this row; bound into each seal, so that an older value does not open.';
comment on column case_original_content.key_epoch is 'Epoch of the case secret that seals this row.';
comment on column case_original_content.original is 'The very bytes that the reporter sealed, sealed anew under the content secret.';

create table case_mailbox (
    id uuid not null primary key,
    case_id uuid not null references case_file (id) unique,
    tenant uuid not null,
    schema_version integer not null check (schema_version > 0),
    revision bigint not null check (revision > 0),
    key_epoch integer not null check (key_epoch > 0),
    card bytea not null
);
alter table case_mailbox alter column card set statistics 0, alter column card set storage external;
comment on table case_mailbox is 'The card of the mailbox behind the reporter''s return number. Compartment: content.';
comment on column case_mailbox.id is 'Random id.';
comment on column case_mailbox.case_id is 'The case it belongs to.';
comment on column case_mailbox.tenant is 'The organisation.';
comment on column case_mailbox.schema_version is 'Version of the form of the sealed values; bound into each seal.';
comment on column case_mailbox.revision is 'Number of writes of this row; bound into each seal, so that an older value does not open.';
comment on column case_mailbox.key_epoch is 'Epoch of the case secret that seals this row.';
comment on column case_mailbox.card is 'The card as the reporter''s report carried it, sealed under the content secret.';

create index case_file_status on case_file (status);
grant select, insert, update, delete on case_file, case_names, case_person, case_report, case_message, case_original_identity, case_original_content, case_mailbox to ${approle};
