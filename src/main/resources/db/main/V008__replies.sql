-- SPDX-License-Identifier: AGPL-3.0-or-later

-- What waited in the unlogged outbox of before is laid into its mailboxes now.
insert into reply (id, lookup, sealed, day) select id, lookup, sealed, current_date from reply_outbox order by random();
drop table reply_outbox;

-- Answers on their way, written ahead like everything else, so that a crash loses none. Mailbox, time and answer are sealed under
-- a secret that lies in the shred database and is erased after the delivery: neither this table nor the write-ahead log tells
-- which mailbox an answer of a case went to.
create table reply_outbox (
    id uuid not null primary key,
    tenant uuid not null,
    sealed bytea not null
);
comment on table reply_outbox is 'Answers that wait a random while before they are laid into their mailbox.';
comment on column reply_outbox.id is 'Random id, not the one that the answer will have in its mailbox.';
comment on column reply_outbox.tenant is 'The organisation.';
comment on column reply_outbox.sealed is 'Mailbox, time and sealed answer, under a secret of the shred database that is erased after the delivery.';
alter table reply_outbox alter column sealed set statistics 0, alter column sealed set storage external;

grant select, insert, delete on reply_outbox to ${approle};
