// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.TestStack;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * What stands in clear in the databases, column by column. {@code src/test/resources/columns.csv} lists every column with what it is:
 * {@code plain} (on the list of what a thief of a dump may see), {@code sealed} (ciphertext) or {@code secret} (a secret that opens
 * nothing alone). A new column without a line fails the build, so that somebody decides.
 */
@Order(1)
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class SchemaTest {

    private static final String COLUMNS = """
            select c.relname || '.' || a.attname, a.attnotnull, coalesce(a.attstattarget, -1), a.attstorage::text,
                   coalesce(col_description(c.oid, a.attnum), ''), t.typname
            from pg_attribute a
            join pg_class c on c.oid = a.attrelid
            join pg_namespace n on n.oid = c.relnamespace
            join pg_type t on t.oid = a.atttypid
            where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and c.relkind in ('r', 'p', 'm', 'v')
              and a.attnum > 0 and not a.attisdropped and c.relname <> 'flyway_schema_history'
            """;

    private record Column(boolean notNull, int statistics, String storage, String comment, String type) {}

    @Test
    void every_column_is_on_the_list_and_nothing_else_is() throws Exception {
        TreeSet<String> listed = new TreeSet<>(list().keySet());
        TreeSet<String> there = new TreeSet<>(columns().keySet());
        TreeSet<String> undecided = new TreeSet<>(there);
        undecided.removeAll(listed);
        listed.removeAll(there);
        assertEquals(List.of(), List.copyOf(undecided), "columns without a line");
        assertEquals(List.of(), List.copyOf(listed), "lines without a column");
    }

    @Test
    void sealed_and_secret_columns_are_never_null_and_leave_no_samples() throws Exception {
        List<String> loose = new ArrayList<>();
        Map<String, Column> columns = columns();
        list().forEach((name, mark) -> {
            Column column = columns.get(name);
            if (column != null && !mark.equals("plain")) {
                boolean held = column.notNull && column.statistics == 0 && column.storage.equals("e");
                if (!held || !column.type.equals("bytea")) {
                    loose.add(name + " " + column);
                }
            }
        });
        assertEquals(List.of(), loose);
    }

    @Test
    void logins_open_sessions_and_kept_lists_are_in_no_write_ahead_log_and_nothing_else_is_lost_in_a_crash()
            throws Exception {
        Map<String, List<String>> unlogged = new TreeMap<>();
        for (String database : List.of("holdfast", "holdfast_shred")) {
            try (Connection connection = TestStack.superuser(database);
                    Statement sql = connection.createStatement();
                    ResultSet row = sql.executeQuery("select relname from pg_class c join pg_namespace n"
                            + " on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r'"
                            + " and c.relpersistence = 'u' order by relname")) {
                List<String> names = unlogged.computeIfAbsent(database, name -> new ArrayList<>());
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
        }
        assertEquals(
                Map.of(
                        "holdfast",
                        List.of("list_index", "oidc_session", "unlocked_session"),
                        "holdfast_shred",
                        List.of()),
                unlogged);
    }

    @Test
    void every_column_says_what_it_is() throws Exception {
        List<String> silent = new ArrayList<>();
        columns().forEach((name, column) -> {
            if (column.comment.isBlank()) {
                silent.add(name);
            }
        });
        assertEquals(List.of(), silent);
    }

    @Test
    void no_name_in_the_database_tells_a_kind_of_report() throws Exception {
        List<String> telling = new ArrayList<>();
        for (String database : List.of("holdfast", "holdfast_shred")) {
            try (Connection connection = TestStack.superuser(database);
                    Statement sql = connection.createStatement();
                    ResultSet rows = sql.executeQuery(
                            "select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public'"
                                    + " union select conname from pg_constraint where connamespace = 'public'::regnamespace")) {
                while (rows.next()) {
                    String name = rows.getString(1);
                    if (name.matches(".*(threat|agent|travel|journey|family|approach).*")) {
                        telling.add(name);
                    }
                }
            }
        }
        assertEquals(List.of(), telling);
    }

    @Test
    void the_server_s_role_owns_nothing_and_reaches_no_other_database() throws Exception {
        for (String database : List.of("holdfast", "holdfast_shred")) {
            try (Connection connection = TestStack.superuser(database);
                    Statement sql = connection.createStatement();
                    ResultSet rows = sql.executeQuery("""
                            select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                            join pg_roles r on r.oid = c.relowner
                            where n.nspname = 'public' and r.rolname <> 'holdfast_owner'
                            """)) {
                assertTrue(rows.next());
                assertEquals(0, rows.getInt(1), database);
            }
        }
    }

    private static Map<String, Column> columns() throws SQLException {
        Map<String, Column> columns = new TreeMap<>();
        for (String database : List.of("holdfast", "holdfast_shred")) {
            try (Connection connection = TestStack.superuser(database);
                    Statement sql = connection.createStatement();
                    ResultSet row = sql.executeQuery(COLUMNS)) {
                while (row.next()) {
                    columns.put(
                            row.getString(1),
                            new Column(
                                    row.getBoolean(2),
                                    row.getInt(3),
                                    row.getString(4),
                                    row.getString(5),
                                    row.getString(6)));
                }
            }
        }
        return columns;
    }

    /** Lines {@code table.column,plain|sealed|secret,why}. */
    private static Map<String, String> list() throws IOException {
        Map<String, String> list = new TreeMap<>();
        try (InputStream in = SchemaTest.class.getResourceAsStream("/columns.csv")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.split(",", 3);
                    assertTrue(parts.length == 3 && parts[1].matches("plain|sealed|secret"), line);
                    list.put(parts[0], parts[1]);
                }
            }
        }
        return list;
    }
}
