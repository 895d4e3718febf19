// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.app;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses to start a server that is not safe to run, with one sentence for each reason: a client secret that was never
 * replaced, a setting that undoes a promise, a database role that may do more than it must. Runs before the other rooms start anything.
 */
@ApplicationScoped
class StartupChecks {

    /** Tables of the log, of which the server's role may only read and add. */
    private static final List<String> LOG =
            List.of("audit_entry", "audit_sequence", "audit_tile", "audit_checkpoint", "audit_detail");

    private static final String POWERS = """
            select r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolbypassrls
                or exists (select 1 from pg_class c where c.relowner = r.oid)
            from pg_roles r where r.rolname = current_user
            """;

    private final DataSource database;
    private final DataSource log;
    private final DataSource shred;
    private final String clientSecret;
    private final Config config;

    StartupChecks(
            DataSource database,
            @io.quarkus.agroal.DataSource("log") DataSource log,
            @io.quarkus.agroal.DataSource("shred") DataSource shred,
            @ConfigProperty(name = "quarkus.oidc.credentials.secret") String clientSecret,
            Config config) {
        this.database = database;
        this.log = log;
        this.shred = shred;
        this.clientSecret = clientSecret;
        this.config = config;
    }

    void begin(@Observes @Priority(1) StartupEvent event) throws SQLException {
        List<String> reasons = new ArrayList<>(Placeholders.inClientSecret(clientSecret));
        reasons.addAll(Settings.unsafe(name -> config.getOptionalValue(name, String.class)));
        checkPowers(log, "The role that numbers and signs the log", reasons);
        checkPowers(shred, "The role of the shred database", reasons);
        checkPowers(database, "The server's database role", reasons);
        try (Connection connection = database.getConnection()) {
            for (String table : LOG) {
                for (String privilege : List.of("UPDATE", "DELETE", "TRUNCATE")) {
                    if (yes(connection, "select has_table_privilege(current_user, ?, ?)", table, privilege)) {
                        reasons.add("The server's database role may " + privilege + " " + table
                                + ": take that privilege away.");
                    }
                }
            }
        }
        if (!reasons.isEmpty()) {
            throw new NotSafeToRun(reasons);
        }
    }

    private static void checkPowers(DataSource source, String who, List<String> reasons) throws SQLException {
        try (Connection connection = source.getConnection()) {
            if (yes(connection, POWERS)) {
                reasons.add(who + " owns tables or has powers of its own: give it the role of the first migration.");
            }
        }
    }

    private static boolean yes(Connection connection, String question, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
