// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.TestStack;
import org.holdfast.tlog.KeptCheckpoint;
import org.holdfast.tlog.Malformed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A writer to the database, whom nothing stops, changes the log: the verifier names each change. */
@Order(Integer.MAX_VALUE)
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class LogTamperComponentTest {
    private static final String TABLES =
            "'audit_entry', 'audit_sequence', 'audit_tile', 'audit_checkpoint', 'audit_detail', 'audit_pending'";

    private LogDatabase log;

    @BeforeEach
    void begin() throws Exception {
        log = new LogDatabase(TestStack::superuser, LogSettings.ReportDoor.HOURLY, Clock.systemUTC());
        for (int i = 0; i < 300; i++) {
            Pseudonym name = new Pseudonym(bytes(16, i));
            log.record(AuditEvent.of(Act.values()[i % Act.values().length])
                    .inCase(new Pseudonym(bytes(16, i % 7)))
                    .on(name)
                    .because("code." + i)
                    .detail(i % 10 == 0 ? bytes(40, i) : null));
            if (i == 100) {
                log.sequencer.run();
                log.notary.checkpointNow();
            }
        }
        log.sequencer.run();
        log.notary.checkpointNow();
        log.acting.reportDoor();
        for (int i = 0; i < 3; i++) {
            log.record(AuditEvent.of(Act.REPORT_ACCEPTED).on(new Pseudonym(bytes(16, 1000 + i))));
        }
    }

    @AfterEach
    void end() throws Exception {
        log.close();
    }

    @Test
    void an_untouched_log_is_sound() throws Exception {
        LogCheck.Result result = log.verify();
        assertEquals(List.of(), result.verdict().findings());
        assertEquals(300, result.verdict().counts().entries());
        assertEquals(3, result.verdict().counts().waiting());
    }

    @Test
    void a_changed_value_in_any_column_of_any_log_table_is_named() throws Exception {
        List<String> unnoticed = new ArrayList<>();
        int tried = 0;
        for (Column column : columns()) {
            for (String row : someRows(column.table)) {
                for (String value : column.changes()) {
                    tried++;
                    String set = "update " + column.table + " set " + column.name + " = " + value + row;
                    if (!named(set)) {
                        unnoticed.add(set);
                    }
                }
            }
        }
        assertEquals(List.of(), unnoticed);
        assertTrue(tried > 60, "only " + tried);
    }

    @Test
    void a_deleted_row_of_the_log_is_named() throws Exception {
        // A checkpoint more or less proves nothing: those that were kept outside are what counts.
        for (String table : List.of("audit_entry", "audit_sequence", "audit_tile", "audit_detail", "audit_pending")) {
            for (String row : someRows(table)) {
                assertTrue(named("delete from " + table + row), table);
            }
        }
    }

    @Test
    void entries_that_change_places_are_named() throws Exception {
        assertTrue(named("update audit_entry e set body = o.body from audit_entry o, audit_sequence s, audit_sequence t"
                + " where e.id = s.id and o.id = t.id and s.seq = 41 and t.seq = 42"));
        // As a whole, with all copies, which each look right on their own.
        assertTrue(named("create temp table two as select * from audit_sequence where seq in (41, 42);"
                + " delete from audit_sequence where seq in (41, 42);"
                + " insert into audit_sequence select 83 - seq, id, leaf from two"));
        assertTrue(named("create temp table two as select * from audit_detail order by 1 limit 2;"
                + " update audit_detail d set sealed = o.sealed from two o"
                + " where d.entry_id in (select entry_id from two) and o.entry_id <> d.entry_id"));
    }

    @Test
    void rows_that_are_put_in_again_are_named() throws Exception {
        assertTrue(named("insert into audit_pending (id) select id from audit_sequence where seq = 5"));
        assertTrue(named("insert into audit_pending (id) select id from audit_pending limit 1"));
        assertTrue(named(
                "insert into audit_detail select id, '\\x00' from audit_entry where detail_hash is null limit 1"));
        assertTrue(named("insert into audit_entry select gen_random_uuid(), body, act, actor, case_name, object_name,"
                + " outcome, day, hash, detail_hash from audit_entry limit 1"));
        assertTrue(named("insert into audit_checkpoint select size + 1, note from audit_checkpoint limit 1"));
    }

    @Test
    void a_log_cut_off_at_its_end_is_named_by_a_kept_checkpoint() throws Exception {
        KeptCheckpoint kept = log.keep();
        log.past("delete from audit_entry where id in (select id from audit_sequence where seq >= 280)");
        log.past("delete from audit_detail where not exists (select from audit_entry where id = entry_id)");
        log.past("delete from audit_sequence where seq >= 280");
        log.past("delete from audit_checkpoint where size > 280");
        assertTrue(log.verify().verdict().sound(), "nothing inside the database tells it");
        LogCheck.Result result = log.verify(List.of(kept));
        assertEquals(280, result.verdict().counts().entries());
        assertEquals("kept.shrunk", result.verdict().first().orElseThrow().kind());
    }

    @Test
    void two_writes_of_a_row_that_change_places_in_the_numbered_tail_are_named_and_open_nothing() throws Exception {
        Pseudonym row = new Pseudonym(bytes(16, 5000));
        byte[] older = bytes(32, 1);
        byte[] newer = bytes(32, 2);
        log.acting.actor(UUID.randomUUID(), true);
        log.unlock();
        log.record(AuditEvent.of(Act.CASE_ROW_WRITTEN).on(row).hash(older));
        log.record(AuditEvent.of(Act.CASE_ROW_WRITTEN).on(row).hash(newer));
        log.sequencer.run();
        assertArrayEquals(newer, newest(row));
        log.notary.checkpointNow();
        // A row that does not say how often it was written, set back.
        log.rows.add(sink -> sink.row("staff_state", row, older, 0));
        assertTrue(findings().contains("row.older"));

        // All that was signed since is taken away, so that a server which starts signs the other order.
        log.past("delete from audit_checkpoint where size > 300;"
                + " create table tail as select * from audit_sequence where seq >= 300;"
                + " delete from audit_sequence where seq >= 300;"
                + " insert into audit_sequence select 601 - seq, id, leaf from tail");
        assertEquals(302, log.number("select max(seq) + 1 from audit_sequence"));
        assertThrows(AlteredLog.class, () -> log.notary.checkpointNow(), "one that has read them does not sign it");
        TreeSet<String> findings = findings();
        assertTrue(findings.contains("row.order"), findings.toString());
        assertFalse(findings.contains("row.older"), "the log itself no longer tells which one is older");
        assertNull(newest(row), "the server that saw them in their order");
        LogReader started = log.reader();
        assertThrows(
                AlteredLog.class,
                () -> log.transaction(c -> started.newestHashes(List.of(row)).get(row)),
                "and one that did not");
    }

    private byte[] newest(Pseudonym row) throws SQLException {
        return log.transaction(c -> log.reader.newestHashes(List.of(row)).get(row));
    }

    private TreeSet<String> findings() throws Exception {
        TreeSet<String> kinds = new TreeSet<>();
        log.verify().verdict().findings().forEach(finding -> kinds.add(finding.kind()));
        return kinds;
    }

    /** Changes, verifies, and puts everything back by copying the table before. */
    private boolean named(String change) throws Exception {
        String table = change.replaceFirst("(?s).*?(audit_[a-z]+).*", "$1");
        log.past("create table copied as select * from " + table);
        try {
            assertTrue(log.past(change) > 0, change);
            try {
                return !log.verify().verdict().sound();
            } catch (AlteredLog e) {
                return true;
            } catch (Malformed e) {
                return true;
            }
        } finally {
            log.past("delete from " + table);
            log.past("insert into " + table + " overriding system value select * from copied");
            log.past("drop table copied");
            log.past("delete from audit_checkpoint where size not in (101, 300)");
            assertTrue(log.verify().verdict().sound(), "not restored after " + change);
        }
    }

    private record Column(String table, String name, String type) {
        /** Values that differ from what is there and are still possible. */
        List<String> changes() {
            return switch (type) {
                case "bytea" ->
                    List.of(
                            "set_byte(coalesce(" + name + ", '\\x00'), 0, get_byte(coalesce(" + name
                                    + ", '\\x00'), 0) # 1)",
                            "case when " + name + " is null then '\\x01'::bytea else substr(" + name + ", 2) end");
                case "uuid" -> List.of("gen_random_uuid()");
                case "text" -> List.of(name + " || 'x'");
                case "date" -> List.of(name + " + 1");
                case "bigint", "integer" -> List.of(name + " + 100000");
                default -> List.of();
            };
        }
    }

    private List<Column> columns() throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (Connection connection = log.superuser();
                Statement sql = connection.createStatement();
                ResultSet rows =
                        sql.executeQuery("select table_name, column_name, data_type from information_schema.columns"
                                + " where table_name in (" + TABLES + ") order by 1, 2")) {
            while (rows.next()) {
                Column column = new Column(rows.getString(1), rows.getString(2), rows.getString(3));
                // The place in the queue and the hour are not claims about what was done.
                if (!column.table.equals("audit_pending") || column.name.equals("id")) {
                    columns.add(column);
                }
            }
        }
        assertFalse(columns.isEmpty());
        return columns;
    }

    /** The first, the middle and the last row of a table, as conditions. */
    private List<String> someRows(String table) throws SQLException {
        long rows = log.number("select count(*) from " + table);
        List<String> conditions = new ArrayList<>();
        for (long offset : new TreeSet<>(List.of(0L, rows / 2, rows - 1))) {
            conditions.add(
                    " where ctid = (select ctid from " + table + " t order by t::text limit 1 offset " + offset + ")");
        }
        return conditions;
    }

    private static byte[] bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        assertFalse(Arrays.equals(bytes, new byte[length]));
        return bytes;
    }
}
