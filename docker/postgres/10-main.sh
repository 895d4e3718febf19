#!/bin/bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Roles and databases of the main server, once. The passwords are base64url words from docker/make-secrets.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -q -U postgres \
  -v owner="$(</run/secrets/db_owner)" -v app="$(</run/secrets/db_app)" \
  -v log="$(</run/secrets/db_log)" -v keycloak="$(</run/secrets/keycloak_db)" <<'SQL'
create role holdfast_owner login password :'owner';
create role holdfast_app login password :'app';
create role holdfast_log login password :'log';
create role keycloak login password :'keycloak';
create database holdfast owner holdfast_owner;
revoke all on database holdfast from public;
grant connect on database holdfast to holdfast_app, holdfast_log;
create database keycloak owner keycloak;
revoke all on database keycloak from public;
SQL
