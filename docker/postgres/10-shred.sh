#!/bin/bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Roles and database of the server with the shred secrets, once.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -q -U postgres \
  -v owner="$(</run/secrets/shred_owner)" -v app="$(</run/secrets/shred_app)" <<'SQL'
create role holdfast_owner login password :'owner';
create role holdfast_shred login password :'app';
create database holdfast_shred owner holdfast_owner;
revoke all on database holdfast_shred from public;
grant connect on database holdfast_shred to holdfast_shred;
-- An erased secret must leave the files as well: rewritten table, checkpoint, new WAL segment.
grant pg_checkpoint to holdfast_owner, holdfast_shred;
\connect holdfast_shred
grant execute on function pg_switch_wal() to holdfast_owner, holdfast_shred;
SQL
