// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Where the running test stack is. The values travel as system properties, because a test and the stack are in different class loaders of
 * one JVM.
 */
public final class TestStack {
    private TestStack() {}

    static void publish(LocalStack stack) {
        // A new stack knows no organisation, whatever an earlier one of this JVM knew.
        System.getProperties().keySet().removeIf(name -> String.valueOf(name).startsWith(Organisation.KEPT));
        System.setProperty("holdfast.test.desk", stack.deskUrl());
        System.setProperty("holdfast.test.report", stack.reportUrl());
        System.setProperty(
                "holdfast.test.management", "http://127.0.0.1:" + stack.ports().management());
        System.setProperty("holdfast.test.issuer", stack.keycloak().issuer());
        System.setProperty("holdfast.test.data", stack.data().toString());
        System.setProperty("holdfast.test.database", stack.postgres().url(""));
        System.setProperty("holdfast.test.keycloak", stack.keycloak().address());
        System.setProperty("holdfast.test.admin", stack.adminPassword());
        System.setProperty("holdfast.test.superuser", stack.superuserPassword());
    }

    /** The origin of the desk, {@code http://localhost:18081}. */
    public static URI desk() {
        return URI.create(read("desk"));
    }

    /** The origin of the report door, {@code http://127.0.0.1:18081}. */
    public static URI report() {
        return URI.create(read("report"));
    }

    /** The origin of health and metrics. */
    public static URI management() {
        return URI.create(read("management"));
    }

    /** The address of the realm at Keycloak. */
    public static URI issuer() {
        return URI.create(read("issuer"));
    }

    /** Database files and WAL in {@code pgdata}, logs of both servers in {@code log}, Keycloak's temporary files in {@code tmp}. */
    public static Path data() {
        return Path.of(read("data"));
    }

    /** A connection of PostgreSQL's superuser, the strongest writer there is. The caller closes it. */
    public static Connection superuser(String database) throws SQLException {
        return PostgresServer.connect(read("database") + database, "postgres", read("superuser"));
    }

    /** A connection of one of the server's own roles. The caller closes it. */
    public static Connection as(String role, String password, String database) throws SQLException {
        return PostgresServer.connect(read("database") + database, role, password);
    }

    /** Keycloak's admin interface. */
    static KeycloakAdmin keycloakAdmin() throws IOException, InterruptedException {
        return new KeycloakAdmin(read("keycloak"), read("admin"));
    }

    /** Keycloak's id of a login. */
    public static String subject(String name) throws IOException, InterruptedException {
        return keycloakAdmin().subject(name);
    }

    /** How long the tokens of logins and refreshes from now on live; five minutes in the realm. */
    public static void tokensLiveFor(Duration life) throws IOException, InterruptedException {
        keycloakAdmin().tokensLiveFor(life);
    }

    /** Gives a login a role more at Keycloak. */
    public static void giveRole(String name, String role) throws IOException, InterruptedException {
        keycloakAdmin().giveRole(name, role);
    }

    /** Takes a role from a login at Keycloak. */
    public static void takeRole(String name, String role) throws IOException, InterruptedException {
        keycloakAdmin().takeRole(name, role);
    }

    private static String read(String name) {
        String value = System.getProperty("holdfast.test." + name);
        if (value == null) {
            throw new IllegalStateException("the test stack is not running: annotate the test with LocalStackResource");
        }
        return value;
    }
}
