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
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses to start a server that is not safe to run, with one sentence for each reason: a client secret that was never
 * replaced, a database role that may do more than read and add. Runs before the other rooms start anything.
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
    private final String clientSecret;

    StartupChecks(DataSource database, @ConfigProperty(name = "quarkus.oidc.credentials.secret") String clientSecret) {
        this.database = database;
        this.clientSecret = clientSecret;
    }

    void begin(@Observes @Priority(1) StartupEvent event) throws SQLException {
        List<String> reasons = new ArrayList<>(Placeholders.inClientSecret(clientSecret));
        try (Connection connection = database.getConnection()) {
            if (yes(connection, POWERS)) {
                reasons.add(
                        "The server's database role owns tables or has powers of its own: give it the role of the first migration.");
            }
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
