-- SPDX-License-Identifier: AGPL-3.0-or-later

-- Reports as strangers left them. One table for all kinds: the kind is inside the seal. Rows leave it when a case begins with them.
create table intake_report (
    id uuid not null primary key,
    tenant uuid not null,
    ticket bytea not null unique check (length(ticket) = 16),
    day date not null,
    bucket integer not null,
    schema_version integer not null,
    revision bigint not null,
    key_epoch integer not null,
    epoch_id uuid not null,
    wrap bytea not null,
    identity bytea not null,
    content bytea not null
);
create index intake_report_epoch on intake_report (epoch_id, day);
comment on table intake_report is 'Reports from the report door, sealed to an intake epoch; after the answer no key on the server opens them.';
comment on column intake_report.id is 'Random id.';
comment on column intake_report.tenant is 'The organisation.';
comment on column intake_report.ticket is 'Random id of the form that stored it, so that no form stores twice.';
comment on column intake_report.day is 'Day received, UTC.';
comment on column intake_report.bucket is 'Length of the sealed content.';
comment on column intake_report.schema_version is 'Version of what is sealed.';
comment on column intake_report.revision is 'Always 1: a report is never changed.';
comment on column intake_report.key_epoch is 'Number of the intake epoch.';
comment on column intake_report.epoch_id is 'The intake epoch.';
comment on column intake_report.wrap is 'Two random secrets, wrapped to the public key of the epoch.';
comment on column intake_report.identity is 'Who reports and how to reach them, sealed under the first secret.';
comment on column intake_report.content is 'Kind, language and answers, sealed under the second secret.';

-- One card a report, all of equal size, empty until a return number is asked for.
create table intake_card (
    id uuid not null primary key references intake_report (id) on delete cascade,
    tenant uuid not null,
    schema_version integer not null,
    revision bigint not null,
    sealed bytea not null
);
comment on table intake_card is 'How a reporter may be answered; sealed to the same intake epoch, the same size whether a number was given or not.';
comment on column intake_card.id is 'The report.';
comment on column intake_card.tenant is 'The organisation.';
comment on column intake_card.schema_version is 'Version of what is sealed.';
comment on column intake_card.revision is '1 when stored with the report, more after a return number was given.';
comment on column intake_card.sealed is 'The card.';

-- A form stays used when its report has become a case.
create table intake_used_ticket (
    ticket bytea not null primary key,
    day date not null
);
comment on table intake_used_ticket is 'Forms whose report has left the table within the days in which the form may still be sent.';
comment on column intake_used_ticket.ticket is 'Random id of the form.';
comment on column intake_used_ticket.day is 'Day on which the report left.';

-- Answers on their way: no case stands here, and nothing of it is written ahead or backed up.
create unlogged table reply_outbox (
    id uuid not null primary key,
    lookup bytea not null check (length(lookup) = 32),
    sealed bytea not null,
    due timestamp with time zone not null
);
create index reply_outbox_due on reply_outbox (due);
comment on table reply_outbox is 'Answers that wait a random while before they are laid into their mailbox, so that the two days cannot be tied together.';
comment on column reply_outbox.id is 'Random id.';
comment on column reply_outbox.lookup is 'Where it is to lie: derived from a return number that nobody here has.';
comment on column reply_outbox.sealed is 'The answer, sealed to the mailbox.';
comment on column reply_outbox.due is 'When it may be moved.';

create table reply (
    id uuid not null primary key,
    lookup bytea not null check (length(lookup) = 32),
    sealed bytea not null,
    day date not null
);
create index reply_lookup on reply (lookup);
comment on table reply is 'Answers that wait for somebody who comes back with a return number.';
comment on column reply.id is 'Random id.';
comment on column reply.lookup is 'Derived from the return number by a slow hash.';
comment on column reply.sealed is 'The answer, sealed to the mailbox behind the number.';
comment on column reply.day is 'Day on which it was laid here.';

-- No sample of a sealed value stays in the statistics, and none is compressed, which would tell its content by its length.
alter table intake_report
    alter column wrap set statistics 0, alter column wrap set storage external,
    alter column identity set statistics 0, alter column identity set storage external,
    alter column content set statistics 0, alter column content set storage external,
    alter column ticket set statistics 0;
alter table intake_card alter column sealed set statistics 0, alter column sealed set storage external;
alter table intake_used_ticket alter column ticket set statistics 0;
alter table reply_outbox
    alter column lookup set statistics 0, alter column sealed set statistics 0, alter column sealed set storage external;
alter table reply alter column lookup set statistics 0, alter column sealed set statistics 0, alter column sealed set storage external;

grant select, insert, delete on intake_report to ${approle};
grant select, insert, update, delete on intake_card to ${approle};
grant select, insert, delete on intake_used_ticket, reply_outbox, reply to ${approle};
