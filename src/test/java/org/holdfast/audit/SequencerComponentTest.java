// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.TestStack;
import org.holdfast.tlog.Checkpoint;
import org.holdfast.tlog.Malformed;
import org.holdfast.tlog.SignedNote;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class SequencerComponentTest {
    private static final AuditEvent READ = AuditEvent.of(Act.LOG_READ);
    /** What was written then is due. */
    private static final Instant PAST = Instant.parse("2026-01-01T10:20:00Z");

    private LogDatabase log;

    @BeforeEach
    void begin() throws Exception {
        log = new LogDatabase(TestStack::superuser, LogSettings.ReportDoor.HOURLY, Clock.systemUTC());
    }

    @AfterEach
    void end() throws Exception {
        log.close();
    }

    @Test
    void numbers_follow_the_order_of_writing_from_zero_on() throws Exception {
        List<UUID> written = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            written.addAll(log.record(READ, READ));
        }
        assertEquals(10, log.sequencer.run());
        assertEquals(0, log.sequencer.run());
        assertEquals(written, ids("select id from audit_sequence order by seq"));
        assertEquals(9, log.number("select max(seq) from audit_sequence"));
        assertEquals(0, log.number("select count(*) from audit_pending"));
    }

    @Test
    void two_sequencers_at_once_give_dense_numbers() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            AtomicBoolean writing = new AtomicBoolean(true);
            List<Future<Object>> work = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                work.add(threads.submit((Callable<Object>) () -> {
                    try (Connection connection = log.as("holdfast_app")) {
                        for (int i = 0; i < 200; i++) {
                            log.transaction(connection, c -> log.log.record(READ));
                        }
                    }
                    return null;
                }));
            }
            List<Future<Object>> numbering = new ArrayList<>();
            for (int node = 0; node < 2; node++) {
                numbering.add(threads.submit((Callable<Object>) () -> {
                    while (writing.get()) {
                        log.sequencer.run();
                    }
                    return null;
                }));
            }
            for (Future<Object> one : work) {
                one.get();
            }
            writing.set(false);
            for (Future<Object> one : numbering) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        log.sequencer.run();
        assertEquals(800, log.number("select count(*) from audit_sequence"));
        assertEquals(0, log.number("select min(seq) from audit_sequence"));
        assertEquals(799, log.number("select max(seq) from audit_sequence"));
        assertEquals(3, log.number("select count(*) from audit_tile"));
        assertTrue(log.verify().verdict().sound());
    }

    @Test
    void a_transaction_that_dies_leaves_neither_an_entry_nor_a_hole() throws Exception {
        log.record(READ);
        Connection victim = log.as("holdfast_app");
        long process;
        try (Statement sql = victim.createStatement();
                ResultSet row = sql.executeQuery("select pg_backend_pid()")) {
            row.next();
            process = row.getLong(1);
        }
        assertThrows(
                SQLException.class,
                () -> log.transaction(victim, connection -> {
                    log.log.record(List.of(READ, READ));
                    log.number("select pg_terminate_backend(" + process + ")::int");
                    return null;
                }));
        log.record(READ);
        assertEquals(2, log.sequencer.run());
        assertEquals(1, log.number("select max(seq) from audit_sequence"));
        assertEquals(2, log.number("select count(*) from audit_entry"));
    }

    @Test
    void a_sequencer_that_dies_in_the_middle_leaves_nothing_behind() throws Exception {
        log.record(READ, READ);
        try (Connection dying = log.as("holdfast_log");
                Statement sql = dying.createStatement()) {
            dying.setAutoCommit(false);
            sql.execute("delete from audit_pending");
            assertThrows(
                    SQLException.class,
                    () -> log.number("set lock_timeout = '1ms'; lock table audit_pending in access exclusive mode"));
        }
        assertEquals(2, log.sequencer.run());
    }

    @Test
    void entries_of_the_report_door_wait_for_the_full_hour() throws Exception {
        Instant soon = soon();
        try (LogDatabase held = at(soon)) {
            held.acting.reportDoor();
            held.record(AuditEvent.of(Act.REPORT_ACCEPTED).on(name(1)));
            assertEquals(0, held.sequencer.run());
            assertEquals(
                    1, held.transaction(connection -> held.reader.waiting()).intValue());
            Instant fullHour = soon.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
            assertEquals(1, held.number("select count(*) from audit_pending where held_until = '" + fullHour + "'"));
        }
    }

    @Test
    void entries_of_the_report_door_are_numbered_in_an_order_that_tells_nothing() throws Exception {
        try (LogDatabase old = at(PAST)) {
            old.acting.reportDoor();
            List<UUID> written = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                written.addAll(old.record(AuditEvent.of(Act.REPORT_ACCEPTED).on(name(i))));
            }
            assertEquals(40, old.sequencer.run());
            List<UUID> numbered = ids(old, "select id from audit_sequence order by seq");
            assertEquals(40, numbered.size());
            // One order in 40! is the order of writing.
            assertNotEquals(written, numbered);
        }
    }

    @Test
    void entries_about_one_object_keep_their_order_even_when_shuffled() throws Exception {
        try (LogDatabase old = at(PAST)) {
            old.acting.reportDoor();
            for (int i = 0; i < 20; i++) {
                old.record(AuditEvent.of(Act.REPORT_ACCEPTED).on(name(i)));
            }
            for (int i = 0; i < 20; i++) {
                old.record(AuditEvent.of(Act.REPORT_CARD).on(name(i)));
            }
            old.sequencer.run();
            assertEquals(
                    20,
                    old.number("select count(*) from audit_sequence s join audit_entry a on a.id = s.id"
                            + " join audit_entry b on b.object_name = a.object_name"
                            + " join audit_sequence t on t.id = b.id"
                            + " where a.act = 'report.accepted' and b.act = 'report.card' and s.seq < t.seq"));
        }
    }

    @Test
    void an_act_on_a_report_lets_its_held_entries_go_before_it() throws Exception {
        try (LogDatabase held = at(soon())) {
            held.acting.reportDoor();
            List<UUID> order = new ArrayList<>(
                    held.record(AuditEvent.of(Act.REPORT_ACCEPTED).on(name(1)).hash(new byte[32])));
            held.record(AuditEvent.of(Act.REPORT_ACCEPTED).on(name(2)).hash(new byte[32]));
            order.addAll(held.record(AuditEvent.of(Act.REPORT_CARD).on(name(1)).hash(new byte[32])));
            held.acting.actor(UUID.randomUUID(), true);
            order.addAll(held.record(
                    READ, AuditEvent.of(Act.REPORT_REMOVED).on(name(1)).hash(RowHash.gone())));
            assertEquals(4, held.sequencer.run());
            assertEquals(order, ids(held, "select id from audit_sequence order by seq"));
            assertEquals(1, held.number("select count(*) from audit_pending"));
        }
    }

    @Test
    void what_a_pass_reads_depends_on_what_it_numbers_and_not_on_what_is_held() throws Exception {
        try (LogDatabase flooded = at(soon())) {
            flooded.flood(20_000);
            flooded.acting.actor(UUID.randomUUID(), true);
            flooded.sequencer.run();
            long before = rowsRead(flooded);
            flooded.record(AuditEvent.of(Act.REPORT_REMOVED).on(name(1)).hash(RowHash.gone()), READ);
            assertEquals(2, flooded.sequencer.run());
            long read = rowsRead(flooded) - before;
            assertTrue(read < 100, read + " rows read");
            assertEquals(20_001, flooded.number("select count(*) from audit_pending"));
        }
    }

    @Test
    void what_staff_do_is_numbered_before_a_full_hour_of_reports_is_done() throws Exception {
        try (LogDatabase old = at(PAST)) {
            old.acting.reportDoor();
            AuditEvent[] accepted = new AuditEvent[3 * Sequencer.BATCH];
            for (int i = 0; i < accepted.length; i++) {
                accepted[i] = AuditEvent.of(Act.REPORT_ACCEPTED).on(name(i));
            }
            old.record(accepted);
            old.acting.actor(UUID.randomUUID(), true);
            old.record(READ);
            assertEquals(accepted.length + 1, old.sequencer.run());
            assertEquals(
                    1,
                    old.number("select count(*) from audit_sequence s join audit_entry e on e.id = s.id"
                            + " where e.act = 'log.read' and s.seq < " + Sequencer.BATCH));
        }
    }

    @Test
    void rows_in_the_queue_that_belong_to_no_entry_stop_nothing() throws Exception {
        try (LogDatabase old = at(PAST)) {
            String none = " from generate_series(1, " + (2 * Sequencer.BATCH) + ") g";
            old.past("insert into audit_pending (id) select gen_random_uuid()" + none);
            old.past("insert into audit_pending (id, held_until)"
                    + " select '00000000-0000-0000-0000-000000000000', '2026-01-01'" + none);
            old.record(READ);
            old.acting.reportDoor();
            old.record(AuditEvent.of(Act.REPORT_ACCEPTED).on(name(1)));
            assertEquals(2, old.sequencer.run());
        }
    }

    @Test
    void an_entry_queued_twice_is_numbered_once_stops_nothing_and_is_named() throws Exception {
        List<UUID> written = log.record(READ, READ);
        try (Connection app = log.as("holdfast_app");
                Statement sql = app.createStatement()) {
            sql.execute("insert into audit_pending (id) values ('" + written.get(0) + "')");
        }
        assertEquals(2, log.sequencer.run());
        assertEquals(1, log.sequencer.run() + log.record(READ).size());
        assertEquals(1, log.sequencer.run());
        assertEquals(2, log.number("select max(seq) from audit_sequence"));
        assertTrue(log.verify().verdict().findings().stream()
                .anyMatch(finding -> finding.kind().equals("queue.repeated")));
    }

    @Test
    void an_entry_that_is_held_for_ever_is_named() throws Exception {
        log.record(READ);
        log.past("update audit_pending set held_until = 'infinity'");
        log.record(READ);
        assertEquals(1, log.sequencer.run());
        assertTrue(log.verify().verdict().findings().stream()
                .anyMatch(finding -> finding.kind().equals("queue.held")));
    }

    @Test
    void more_reports_at_the_full_hour_than_one_batch_still_stand_before_what_was_done_to_them() throws Exception {
        try (LogDatabase old = at(PAST)) {
            old.acting.reportDoor();
            AuditEvent[] written = new AuditEvent[Sequencer.BATCH + 500];
            for (int i = 0; i < written.length; i++) {
                written[i] = AuditEvent.of(Act.REPORT_ACCEPTED).on(name(i));
            }
            old.record(written);
            for (int i = 0; i < written.length; i++) {
                written[i] = AuditEvent.of(Act.REPORT_CARD).on(name(i));
            }
            old.record(written);
            old.acting.actor(UUID.randomUUID(), true);
            for (int i = 0; i < written.length; i++) {
                written[i] = AuditEvent.of(Act.REPORT_REMOVED).on(name(i));
            }
            old.record(written);
            assertEquals(3L * written.length, old.sequencer.run());
            assertEquals(
                    written.length,
                    old.number("select count(*) from (select array_agg(act order by seq) as acts"
                            + " from audit_sequence s join audit_entry e on e.id = s.id group by object_name) o"
                            + " where acts = '{report.accepted,report.card,report.removed}'"));
        }
    }

    @Test
    void entries_about_one_object_keep_their_order_when_they_are_more_than_one_batch() throws Exception {
        try (LogDatabase old = at(PAST)) {
            old.acting.reportDoor();
            AuditEvent[] written = new AuditEvent[Sequencer.BATCH + 500];
            for (Act act : List.of(Act.REPORT_ACCEPTED, Act.REPORT_CARD)) {
                for (int i = 0; i < written.length; i++) {
                    written[i] = AuditEvent.of(act).on(name(i));
                }
                old.record(written);
            }
            assertEquals(2L * written.length, old.sequencer.run());
            assertEquals(
                    written.length,
                    old.number("select count(*) from (select array_agg(act order by seq) as acts"
                            + " from audit_sequence s join audit_entry e on e.id = s.id group by object_name) o"
                            + " where acts = '{report.accepted,report.card}'"));
        }
    }

    @Test
    void two_nodes_that_sign_the_same_head_at_once_both_have_it() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 1; round <= 40; round++) {
                log.record(READ);
                log.sequencer.run();
                CyclicBarrier together = new CyclicBarrier(2);
                List<Future<byte[]>> notes = new ArrayList<>();
                for (int node = 0; node < 2; node++) {
                    notes.add(threads.submit(() -> {
                        together.await();
                        return log.notary.checkpointNow().orElseThrow();
                    }));
                }
                assertEquals(text(notes.get(0).get()), text(notes.get(1).get()));
                assertEquals(round, log.number("select count(*) from audit_checkpoint"));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_checkpoint_that_the_log_did_not_sign_stops_neither_signing_nor_verifying_and_is_named() throws Exception {
        log.record(READ);
        log.sequencer.run();
        log.notary.checkpointNow();
        log.past("insert into audit_checkpoint select 1000000000000000, convert_to(replace(convert_from(note, 'UTF8'),"
                + " E'\\n1\\n', E'\\n1000000000000000\\n'), 'UTF8') from audit_checkpoint");
        log.record(READ);
        log.sequencer.run();
        assertEquals(
                2,
                Checkpoint.parse(text(log.notary.checkpointNow().orElseThrow())).size());
        LogCheck.Result result = log.verify();
        assertEquals(2, result.verdict().counts().entries());
        assertEquals(
                "checkpoint.altered", result.verdict().first().orElseThrow().kind());
        String newest = log.transaction(connection -> StoredCheckpoints.newest(
                        connection, log.notary.policy().orElseThrow())
                .orElseThrow()
                .text());
        assertEquals(2, Checkpoint.parse(newest).size());
    }

    private static LogDatabase at(Instant time) throws Exception {
        return new LogDatabase(TestStack::superuser, LogSettings.ReportDoor.HOURLY, Clock.fixed(time, ZoneOffset.UTC));
    }

    /** What is written then is not due while a test runs, even one that runs over a full hour. */
    private static Instant soon() {
        return Clock.systemUTC().instant().plus(1, ChronoUnit.HOURS);
    }

    /** Rows of the log's tables that were read so far, by whoever has ended its connection. */
    private static long rowsRead(LogDatabase of) throws Exception {
        String others = "select count(*) from pg_stat_activity where datname = current_database()"
                + " and backend_type = 'client backend' and pid <> pg_backend_pid()";
        for (int i = 0; of.number(others) > 0; i++) {
            assertTrue(i < 200, "somebody is still connected");
            Thread.sleep(50);
        }
        return of.number("select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) from pg_stat_user_tables"
                + " where relname in ('audit_entry', 'audit_pending', 'audit_sequence')");
    }

    private static String text(byte[] note) throws Malformed {
        return SignedNote.parse(note).text();
    }

    private List<UUID> ids(String query) throws SQLException {
        return ids(log, query);
    }

    private static List<UUID> ids(LogDatabase from, String query) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (Connection connection = from.superuser();
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery(query)) {
            while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
            }
        }
        return ids;
    }

    private static Pseudonym name(int n) {
        return Pseudonym.ofRow(new UUID(0, n));
    }
}
