// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * The local stack: a real PostgreSQL and a real Keycloak as plain child processes, for {@code mvn -Plocal} and for the tests.
 *
 * <p>Promises: both servers come from Maven artifacts, so nothing but a JDK and Maven has to be on the machine; no container engine is
 * used; everything is kept below one folder ({@code .local}, or {@code -Dholdfast.local.dir}); passwords are random, made on first use
 * and kept in files that only their owner may read; closing a stack leaves no process behind; what cannot work is said in one sentence
 * ({@link org.holdfast.local.Trouble}).
 *
 * <p>Never: it deletes no {@code postmaster.pid} of a living server, opens no port beyond the loopback interface, and is no part of what
 * is put into production. Its login flow for the demonstration has no second factor; that flow and the demonstration logins are
 * made through Keycloak's admin interface and stand in no realm file.
 *
 * <p>How the pieces fit: {@link org.holdfast.local.LocalMain} and {@link org.holdfast.local.LocalStackResource} are the two ways in.
 * {@link org.holdfast.local.Dist} unpacks the servers once, {@link org.holdfast.local.PostgresServer} and
 * {@link org.holdfast.local.KeycloakServer} run them, {@link org.holdfast.local.LocalStack} puts both together and tells the server
 * its settings. Decisions and their reasons: {@code src/docs/adr/0006-local-stack.md}.
 */
@org.jspecify.annotations.NullMarked
package org.holdfast.local;
