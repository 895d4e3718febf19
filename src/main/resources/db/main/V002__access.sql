-- SPDX-License-Identifier: AGPL-3.0-or-later

-- The tokens of a login, sealed under a key of the server. Unlogged: in no write-ahead log, replica or base backup, and
-- gone after a crash; then people log in again.
create unlogged table oidc_session (
    id bytea not null primary key,
    sid text not null,
    sealed bytea not null,
    ends_at timestamp with time zone not null
);
create index oidc_session_sid on oidc_session (sid);
create index oidc_session_ends_at on oidc_session (ends_at);
alter table oidc_session alter column sealed set statistics 0;
alter table oidc_session alter column sealed set storage external;

comment on table oidc_session is 'Tokens of current logins.';
comment on column oidc_session.id is 'SHA-256 of the random number in the browser''s cookie.';
comment on column oidc_session.sid is 'Keycloak''s id of the login session, by which a back-channel logout finds it.';
comment on column oidc_session.sealed is 'The tokens, sealed under a key derived from the server''s token key and the number in the cookie.';
comment on column oidc_session.ends_at is 'When the row may be deleted.';

grant select, insert, update, delete on oidc_session to ${approle};
