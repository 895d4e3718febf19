// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.TestStack;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(Integer.MAX_VALUE)
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class AuditLogComponentTest {
    private static final List<String> TABLES =
            List.of("audit_entry", "audit_pending", "audit_sequence", "audit_tile", "audit_checkpoint", "audit_detail");

    @Inject
    AuditLog log;

    @Inject
    AgroalDataSource database;

    @BeforeAll
    static void makeBusinessTable() throws Exception {
        try (Connection connection = TestStack.superuser("holdfast");
                Statement sql = connection.createStatement()) {
            sql.execute("create table if not exists audit_test_business (id uuid primary key)");
            sql.execute("grant select, insert on audit_test_business to holdfast_app");
        }
    }

    @AfterAll
    static void dropBusinessTable() throws Exception {
        try (Connection connection = TestStack.superuser("holdfast");
                Statement sql = connection.createStatement()) {
            sql.execute("drop table audit_test_business");
        }
    }

    @Test
    void an_entry_outside_a_transaction_is_refused() {
        assertThrows(RuntimeException.class, () -> log.record(AuditEvent.of(Act.LOG_READ)));
    }

    @Test
    void a_business_row_and_its_entry_commit_together() throws Exception {
        UUID row = UUID.randomUUID();
        UUID entry = QuarkusTransaction.requiringNew().call(() -> {
            write(row);
            return log.record(AuditEvent.of(Act.POLICY_CHANGED).detail(new byte[] {1}));
        });
        assertTrue(exists("audit_entry", "id", entry));
        assertTrue(exists("audit_detail", "entry_id", entry));
        assertTrue(exists("audit_test_business", "id", row));
    }

    @Test
    void a_business_row_and_its_entry_vanish_together() throws Exception {
        UUID row = UUID.randomUUID();
        List<UUID> entry = new ArrayList<>();
        assertThrows(
                IllegalStateException.class,
                () -> QuarkusTransaction.requiringNew().run(() -> {
                    write(row);
                    entry.add(log.record(AuditEvent.of(Act.POLICY_CHANGED)));
                    throw new IllegalStateException("the desk changed its mind");
                }));
        assertFalse(exists("audit_entry", "id", entry.get(0)));
        assertFalse(exists("audit_pending", "id", entry.get(0)));
        assertFalse(exists("audit_test_business", "id", row));
    }

    @Test
    void the_application_can_neither_update_nor_delete_nor_truncate_any_table_of_the_log() throws Exception {
        int refused = 0;
        for (String table : TABLES) {
            String column = firstColumn(table);
            for (String statement : List.of(
                    "update " + table + " set " + column + " = " + column,
                    "delete from " + table,
                    "truncate " + table)) {
                try (Connection connection = database.getConnection();
                        Statement sql = connection.createStatement()) {
                    sql.execute(statement);
                } catch (SQLException e) {
                    assertEquals("42501", e.getSQLState(), statement);
                    refused++;
                }
            }
        }
        assertEquals(3 * TABLES.size(), refused);
    }

    @Test
    void the_application_cannot_choose_the_place_of_an_entry_among_those_that_wait() throws Exception {
        try (Connection connection = database.getConnection();
                Statement sql = connection.createStatement()) {
            String chosen = "insert into audit_pending (ord, id) overriding system value"
                    + " select -1, id from audit_entry limit 1";
            SQLException refused = assertThrows(SQLException.class, () -> sql.execute(chosen));
            assertEquals("42501", refused.getSQLState());
        }
    }

    @Test
    void even_the_superuser_is_stopped_when_it_is_an_accident() throws Exception {
        for (String table : TABLES) {
            try (Connection connection = TestStack.superuser("holdfast");
                    Statement sql = connection.createStatement()) {
                SQLException refusal = assertThrows(SQLException.class, () -> sql.execute("truncate " + table));
                assertTrue(refusal.getMessage().contains("the log is written once"), table);
            }
        }
    }

    @Test
    void the_hash_of_a_row_changes_with_each_of_its_columns() throws Exception {
        try (LogDatabase own =
                new LogDatabase(TestStack::superuser, LogSettings.ReportDoor.AT_ONCE, Clock.systemUTC())) {
            own.past(
                    "create table hashed (id uuid primary key, parent_id uuid, b bytea, i int, l bigint, t text, d date, y boolean)");
            own.past("grant select on hashed to holdfast_app");
            UUID id = new UUID(0, 1);
            assertArrayEquals(new byte[32], hash(own, id));
            own.past("insert into hashed values ('" + id + "', '" + id
                    + "', '\\x0102', 7, -7, 'é', '2026-11-25', true)");
            // The parts by hand: lp(table), id, then lp(name) and lp(value) in the order b, d, i, l, parent_id, t, y.
            String parts = "00000006" + "686173686564" + "00000000000000000000000000000001"
                    + "00000001" + "62" + "00000002" + "0102"
                    + "00000001" + "64" + "0000000a" + "323032362d31312d3235"
                    + "00000001" + "69" + "00000008" + "0000000000000007"
                    + "00000001" + "6c" + "00000008" + "fffffffffffffff9"
                    + "00000009" + "706172656e745f6964" + "00000010" + "00000000000000000000000000000001"
                    + "00000001" + "74" + "00000002" + "c3a9"
                    + "00000001" + "79" + "00000001" + "01";
            byte[] first = hash(own, id);
            assertArrayEquals(AuditEntry.sha256(HexFormat.of().parseHex(parts)), first);
            for (String change :
                    List.of("parent_id = null", "b = ''", "i = null", "l = 0", "t = 'e'", "d = null", "y = null")) {
                own.past("update hashed set " + change);
                assertFalse(Arrays.equals(first, hash(own, id)), change);
                first = hash(own, id);
            }
            own.past("update hashed set parent_id = '" + id + "'");
            byte[] now = hash(own, id);
            assertArrayEquals(
                    now,
                    own.transaction(c -> own.rowHash.ofAll("hashed", "parent_id", id))
                            .get(id)
                            .hash());
            own.transaction(c -> {
                own.rowHash.forEach("hashed", "parent_id", (row, parent, h, revision) -> assertArrayEquals(now, h));
                return null;
            });
        }
    }

    private static byte[] hash(LogDatabase own, UUID id) throws SQLException {
        return own.transaction(connection -> own.rowHash.of("hashed", id));
    }

    /** A business row: the log of the shared database must stay as the application writes it. */
    private void write(UUID row) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("insert into audit_test_business (id) values (?)")) {
            statement.setObject(1, row);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private boolean exists(String table, String column, UUID id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select 1 from " + table + " where " + column + " = ?")) {
            statement.setObject(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private static String firstColumn(String table) {
        return table.equals("audit_tile")
                ? "level"
                : table.equals("audit_checkpoint")
                        ? "size"
                        : table.equals("audit_detail")
                                ? "entry_id"
                                : table.equals("audit_pending") ? "held_until" : "id";
    }
}
