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
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.TestStack;
import org.holdfast.tlog.Checkpoint;
import org.holdfast.tlog.SignedNote;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class LogReaderComponentTest {
    private LogDatabase own;

    @BeforeEach
    void begin() throws Exception {
        own = new LogDatabase(TestStack::superuser, LogSettings.ReportDoor.AT_ONCE, Clock.systemUTC());
    }

    @AfterEach
    void end() throws Exception {
        own.close();
    }

    @Test
    void the_newest_hash_is_the_one_written_last_in_the_same_transaction_too() throws Exception {
        own.unlock();
        Pseudonym aCase = random();
        Pseudonym row = random();
        Pseudonym other = random();
        byte[] last = bytes(2);
        Map<Pseudonym, byte[]> newest = own.transaction(c -> {
            own.log.record(
                    AuditEvent.of(Act.CASE_ROW_WRITTEN).inCase(aCase).on(row).hash(bytes(1)));
            own.log.record(List.of(
                    AuditEvent.of(Act.CASE_ROW_WRITTEN).inCase(aCase).on(row).hash(last),
                    AuditEvent.of(Act.CASE_ROW_DELETED).inCase(aCase).on(other).hash(RowHash.gone()),
                    AuditEvent.of(Act.CASE_READ).inCase(aCase).on(row)));
            return own.reader.newestHashes(aCase, Map.of());
        });
        assertEquals(2, newest.size());
        assertArrayEquals(last, newest.get(row));
        assertArrayEquals(new byte[32], newest.get(other));
        assertArrayEquals(
                last, own.transaction(c -> own.reader.newestHashes(List.of(row)).get(row)));
    }

    @Test
    void a_grant_stands_from_its_entry_until_it_is_revoked_and_never_again() throws Exception {
        own.unlock();
        byte[] grant = AuditEntry.sha256(random().value());
        assertEquals(Standing.UNKNOWN, standing(grant));
        own.transaction(c -> own.log.record(AuditEvent.of(Act.GRANT_GIVEN).hash(grant)));
        assertEquals(Standing.GIVEN, standing(grant));
        own.transaction(c -> own.log.record(AuditEvent.of(Act.GRANT_REVOKED).hash(grant)));
        assertEquals(Standing.REVOKED, standing(grant));
        own.transaction(c -> own.log.record(AuditEvent.of(Act.GRANT_GIVEN).hash(grant)));
        assertEquals(Standing.REVOKED, standing(grant));
    }

    @Test
    void a_line_that_nobody_signed_or_somebody_else_counts_for_no_row_and_no_grant() throws Exception {
        Pseudonym aCase = random();
        Pseudonym row = random();
        byte[] grant = AuditEntry.sha256(random().value());
        byte[] planted = AuditEntry.sha256(random().value());
        own.unlock();
        own.record(
                AuditEvent.of(Act.CASE_ROW_WRITTEN).inCase(aCase).on(row).hash(bytes(2)),
                AuditEvent.of(Act.GRANT_GIVEN).hash(grant));
        List<Runnable> forgers = List.of(
                () -> own.acting.reportDoor(),
                () -> own.acting.actor(UUID.randomUUID(), true),
                () -> own.acting.actor(null, false),
                () -> {
                    // Signed, by a key that the directory does not have.
                    own.unlock();
                    own.staffKeys.replaceAll((staff, key) -> staff.equals(own.newest) ? new byte[32] : key);
                });
        for (Runnable forger : forgers) {
            forger.run();
            own.record(
                    AuditEvent.of(Act.CASE_ROW_WRITTEN).inCase(aCase).on(row).hash(bytes(1)),
                    AuditEvent.of(Act.REPORT_CARD).inCase(aCase).on(row).hash(bytes(1)),
                    AuditEvent.of(Act.CASE_ROW_DELETED).inCase(aCase).on(row).hash(RowHash.gone()),
                    AuditEvent.of(Act.GRANT_REVOKED).hash(grant),
                    AuditEvent.of(Act.GRANT_GIVEN).hash(planted));
            Map<Pseudonym, byte[]> newest = own.transaction(c -> own.reader.newestHashes(aCase, Map.of()));
            assertArrayEquals(bytes(2), newest.get(row));
            assertEquals(Standing.GIVEN, standing(grant));
            assertEquals(Standing.UNKNOWN, standing(planted));
            assertTrue(own.transaction(c -> own.reader.position(planted)).isEmpty());
        }
    }

    @Test
    void an_answer_that_rests_on_an_altered_entry_is_refused() throws Exception {
        own.unlock();
        Pseudonym aCase = random();
        own.record(
                AuditEvent.of(Act.CASE_ROW_WRITTEN).inCase(aCase).on(random()).hash(bytes(1)));
        own.sequencer.run();
        own.past("update audit_entry set hash = set_byte(hash, 0, 9)");
        assertThrows(AlteredLog.class, () -> own.transaction(c -> own.reader.newestHashes(aCase, Map.of())));
        own.past("update audit_entry set hash = set_byte(hash, 0, 1), body = set_byte(body, 20, 49)");
        assertThrows(AlteredLog.class, () -> own.transaction(c -> own.reader.newestHashes(aCase, Map.of())));
    }

    @Test
    void a_line_of_a_row_that_is_hidden_taken_away_or_exchanged_has_the_answer_refused() throws Exception {
        own.unlock();
        Pseudonym aCase = random();
        Pseudonym row = random();
        write(aCase, row, 1);
        write(aCase, row, 2);
        Pseudonym other = random();
        own.record(
                AuditEvent.of(Act.CASE_ROW_WRITTEN).inCase(random()).on(other).hash(bytes(3)));
        own.sequencer.run();
        keep();
        for (String change : List.of(
                "update audit_entry set case_name = null, object_name = null where id = " + line(1),
                "update audit_entry set hash = null where id = " + line(1),
                "update audit_entry set act = 'grant.x' where id = " + line(1),
                "delete from audit_entry where id = " + line(1),
                "delete from audit_sequence where seq >= 1",
                // Another line about the row stands at its number.
                "delete from audit_sequence where seq = 1; update audit_sequence set seq = 1 where seq = 0")) {
            assertArrayEquals(bytes(2), newest(own.reader, aCase).get(row));
            own.past(change);
            assertThrows(AlteredLog.class, () -> newest(own.reader, aCase), change);
            assertNull(own.transaction(c -> own.reader.newestHashesThatAreLeft(List.of(row, other)))
                    .get(row));
            assertThrows(AlteredLog.class, () -> own.transaction(c -> own.reader.isNamed(row)), change);
            putBack();
        }
        assertArrayEquals(bytes(2), newest(own.reader, aCase).get(row));
        // Whose line alone is hidden is alone damaged.
        own.past("update audit_entry set hash = null where id = " + line(1));
        assertEquals(
                Set.of(other),
                own.transaction(c -> own.reader.newestHashes(List.of(row, other)))
                        .keySet());
    }

    @Test
    void a_revocation_that_is_hidden_or_taken_away_leaves_no_grant() throws Exception {
        own.unlock();
        byte[] grant = AuditEntry.sha256(random().value());
        own.record(AuditEvent.of(Act.GRANT_GIVEN).hash(grant));
        own.record(AuditEvent.of(Act.GRANT_REVOKED).hash(grant));
        own.sequencer.run();
        keep();
        for (String change : List.of(
                "update audit_entry set hash = null where id = " + line(1),
                "update audit_entry set outcome = 'refused' where id = " + line(1),
                "update audit_entry set act = 'case.read' where id = " + line(1),
                "delete from audit_entry where id = " + line(1),
                "delete from audit_sequence where seq = 1; delete from audit_entry where act = 'grant.revoked'")) {
            assertEquals(Standing.REVOKED, standing(grant));
            own.past(change);
            assertThrows(AlteredLog.class, () -> standing(grant), change);
            putBack();
        }
        assertEquals(Standing.REVOKED, standing(grant));
    }

    @Test
    void a_server_that_starts_on_a_log_that_misses_a_line_opens_no_row_but_those_to_log_in() throws Exception {
        own.unlock();
        Pseudonym aCase = random();
        Pseudonym row = random();
        byte[] grant = AuditEntry.sha256(random().value());
        write(aCase, row, 1);
        own.record(AuditEvent.of(Act.CASE_READ));
        own.record(AuditEvent.of(Act.GRANT_GIVEN).hash(grant));
        own.sequencer.run();
        keep();
        for (String change : List.of(
                "delete from audit_entry where id = " + line(1),
                "delete from audit_sequence where seq = 1",
                "update audit_entry set body = set_byte(body, 20, 49) where id = " + line(1))) {
            own.past(change);
            LogReader started = own.reader();
            assertThrows(AlteredLog.class, () -> newest(started, aCase), change);
            assertThrows(
                    AlteredLog.class, () -> own.transaction(c -> started.newestSignedHashes(List.of(row))), change);
            assertArrayEquals(
                    bytes(1),
                    own.transaction(c -> started.newestHashesThatAreLeft(List.of(row)))
                            .get(row));
            assertEquals(Standing.GIVEN, own.transaction(c -> started.standing(grant)));
            putBack();
            assertArrayEquals(bytes(1), newest(started, aCase).get(row));
        }
    }

    @Test
    void a_server_that_was_stopped_opens_nothing_from_a_log_that_was_exchanged_or_cut_off_meanwhile() throws Exception {
        own.unlock();
        Pseudonym aCase = random();
        Pseudonym row = random();
        write(aCase, row, 1);
        byte[] grant = AuditEntry.sha256(random().value());
        own.record(AuditEvent.of(Act.GRANT_GIVEN).hash(grant));
        own.record(AuditEvent.of(Act.CASE_READ));
        write(aCase, row, 2);
        own.record(AuditEvent.of(Act.GRANT_REVOKED).hash(grant));
        own.sequencer.run();
        keep();
        own.notary.keepHead();
        String cut = "delete from audit_entry where id in (select id from audit_sequence where seq >= 3);"
                + " delete from audit_sequence where seq >= 3";
        String exchanged =
                "update audit_sequence set seq = -seq; update audit_sequence set seq = case seq when 0 then 3"
                        + " when -3 then 0 else -seq end";
        String continued = cut + "; analyze audit_sequence";
        for (String change : List.of(cut, exchanged, continued)) {
            own.past(change);
            LogReader started = own.reader();
            if (change.equals(continued)) {
                own.record(AuditEvent.of(Act.CASE_READ), AuditEvent.of(Act.CASE_READ), AuditEvent.of(Act.CASE_READ));
                own.sequencer.run();
            }
            AlteredLog refused = assertThrows(AlteredLog.class, () -> newest(started, aCase), change);
            assertEquals(
                    change.equals(cut)
                            ? "its end was cut off at line 3"
                            : "its first 5 lines are not those that this server had read before it was stopped",
                    refused.getMessage());
            assertThrows(AlteredLog.class, () -> own.notary().checkpointNow(), "it signs no such log");
            putBack();
            assertArrayEquals(bytes(2), newest(own.reader(), aCase).get(row));
            assertEquals(Standing.REVOKED, own.transaction(c -> own.reader().standing(grant)));
        }
        assertEquals(
                5,
                Checkpoint.parse(SignedNote.parse(own.notary().checkpointNow().orElseThrow())
                                .text())
                        .size());
    }

    @Test
    void a_line_that_the_server_wrote_and_that_is_taken_or_exchanged_before_it_has_a_number_stops_it()
            throws Exception {
        String reading = "(select id from audit_entry where act = 'case.read')";
        String fromQueue = "delete from audit_pending where id in " + reading;
        String gone = "a line that this server wrote was taken away before it had a number";
        String another = "line 1 is not the one that this server wrote";
        for (List<String> change : List.of(
                List.of(fromQueue, gone),
                List.of("delete from audit_entry where act = 'case.read'", gone),
                List.of(fromQueue + "; delete from audit_entry where act = 'case.read'", gone),
                List.of("update audit_entry set body = set_byte(body, 20, 49) where act = 'case.read'", another))) {
            own.close();
            begin();
            own.unlock();
            Pseudonym aCase = random();
            Pseudonym row = random();
            write(aCase, row, 1);
            own.sequencer.run();
            own.record(AuditEvent.of(Act.CASE_READ).inCase(aCase));
            assertArrayEquals(bytes(1), newest(own.reader, aCase).get(row), "a line that waits is nothing bad");
            own.past("create table kept_entry as select * from audit_entry;"
                    + " create table kept_pending as select * from audit_pending");
            own.past(change.get(0));
            own.record(AuditEvent.of(Act.LOG_READ));
            own.sequencer.run();
            AlteredLog stopped = assertThrows(AlteredLog.class, () -> newest(own.reader, aCase), change.get(0));
            assertEquals(change.get(1), stopped.getMessage());
            assertEquals(change.get(1), own.reader.trouble().orElseThrow());
            assertArrayEquals(bytes(1), newest(own.reader(), aCase).get(row), "another server cannot know");
            if (change.get(1).equals(gone)) {
                own.past(
                        "insert into audit_entry select * from kept_entry on conflict do nothing;"
                                + " insert into audit_pending overriding system value select * from kept_pending on conflict do nothing");
                assertArrayEquals(bytes(1), newest(own.reader, aCase).get(row), "it is back");
                assertTrue(own.reader.trouble().isEmpty());
            }
        }
    }

    @Test
    void a_report_that_is_taken_away_with_its_lines_before_the_full_hour_is_missed_among_many() throws Exception {
        try (LogDatabase hourly =
                new LogDatabase(TestStack::superuser, LogSettings.ReportDoor.HOURLY, Clock.systemUTC())) {
            hourly.acting.reportDoor();
            AuditEvent[] many = new AuditEvent[5_000];
            Arrays.fill(many, AuditEvent.of(Act.REPORT_ACCEPTED));
            hourly.record(many);
            UUID gone = hourly.record(AuditEvent.of(Act.REPORT_ACCEPTED)).get(0);
            hourly.past("create table kept_pending as select * from audit_pending where id = '" + gone + "';"
                    + " delete from audit_pending where id = '" + gone + "'");
            for (int look = 1; look <= 6; look++) {
                assertEquals(look < 3, isWhole(hourly), "at look " + look);
            }
            hourly.past("insert into audit_pending overriding system value select * from kept_pending");
            assertTrue(isWhole(hourly), "it is back");
        }
    }

    private static boolean isWhole(LogDatabase log) {
        try {
            log.memory.catchUp();
            return true;
        } catch (AlteredLog e) {
            assertEquals("a line that this server wrote was taken away before it had a number", e.getMessage());
            return false;
        }
    }

    @Test
    void a_trigger_that_drops_a_line_on_its_way_in_has_the_act_refused() throws Exception {
        own.unlock();
        own.past("create function drop_it() returns trigger language plpgsql as 'begin return null; end';"
                + " create trigger drop_it before insert on audit_entry for each row execute function drop_it()");
        assertThrows(AlteredLog.class, () -> own.record(AuditEvent.of(Act.CASE_READ)));
        own.past("drop trigger drop_it on audit_entry;"
                + " create trigger drop_it before insert on audit_pending for each row execute function drop_it()");
        assertThrows(AlteredLog.class, () -> own.record(AuditEvent.of(Act.CASE_READ), AuditEvent.of(Act.CASE_READ)));
        assertEquals(0, own.number("select count(*) from audit_entry"), "rolled back");
    }

    @Test
    void lines_that_a_writer_puts_in_stop_nothing_that_they_are_not_about() throws Exception {
        own.unlock();
        Pseudonym aCase = random();
        Pseudonym row = random();
        byte[] grant = AuditEntry.sha256(random().value());
        write(aCase, row, 1);
        own.record(AuditEvent.of(Act.GRANT_GIVEN).on(Pseudonym.ofHash(grant)).hash(grant));
        own.sequencer.run();
        assertArrayEquals(bytes(1), newest(own.reader, aCase).get(row));
        // No entry at all; a row that is called like the grant; names that begin like those of row and case.
        own.past("insert into audit_entry (id, body, act, actor, outcome, day) values ('" + UUID.randomUUID()
                + "', 'no entry', 'case.read', 'system', 'done', current_date);"
                + " insert into audit_pending (id) select id from audit_entry where body = 'no entry'");
        own.acting.reportDoor();
        own.record(AuditEvent.of(Act.REPORT_CARD).on(Pseudonym.ofHash(grant)).hash(bytes(7)));
        own.record(
                AuditEvent.of(Act.REPORT_CARD).inCase(like(aCase)).on(like(row)).hash(bytes(7)));
        own.sequencer.run();
        for (LogReader reader : List.of(own.reader, own.reader())) {
            assertArrayEquals(bytes(1), newest(reader, aCase).get(row));
            assertEquals(Standing.GIVEN, own.transaction(c -> reader.standing(grant)));
        }
    }

    @Test
    void lines_that_are_kept_from_the_servers_role_alone_are_missed_before_long() throws Exception {
        own.unlock();
        Pseudonym aCase = random();
        Pseudonym row = random();
        write(aCase, row, 1);
        write(aCase, row, 2);
        own.sequencer.run();
        assertArrayEquals(bytes(2), newest(own.reader, aCase).get(row));
        own.past("alter table audit_sequence enable row level security;"
                + " create policy one on audit_sequence for select to holdfast_app using (seq < 1);"
                + " create policy two on audit_sequence to holdfast_log using (true)");
        // It could be a transaction that began before.
        own.transaction(c -> own.reader.newestHashes(aCase, Map.of()));
        for (int look = 0; look < 3; look++) {
            own.nanos.addAndGet(11_000_000_000L);
            try {
                newest(own.reader, aCase);
            } catch (AlteredLog early) {
                break;
            }
        }
        assertThrows(AlteredLog.class, () -> newest(own.reader, aCase));
    }

    private static Pseudonym like(Pseudonym name) {
        byte[] bytes = name.value();
        bytes[15] ^= 1;
        return new Pseudonym(bytes);
    }

    @Test
    void who_reads_in_an_older_view_of_the_database_is_not_refused_for_what_came_later() throws Exception {
        own.unlock();
        Pseudonym aCase = random();
        Pseudonym row = random();
        write(aCase, row, 1);
        own.sequencer.run();
        try (Connection older = own.as("holdfast_app")) {
            older.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            own.transaction(older, c -> {
                assertArrayEquals(
                        bytes(1), own.reader.newestHashes(aCase, Map.of()).get(row));
                CompletableFuture.runAsync(() -> {
                            try {
                                own.record(AuditEvent.of(Act.CASE_ROW_WRITTEN)
                                        .inCase(aCase)
                                        .on(row)
                                        .hash(bytes(2)));
                                own.sequencer.run();
                                assertArrayEquals(
                                        bytes(2), newest(own.reader, aCase).get(row));
                            } catch (SQLException e) {
                                throw new IllegalStateException(e);
                            }
                        })
                        .join();
                assertArrayEquals(
                        bytes(1), own.reader.newestHashes(aCase, Map.of()).get(row));
                return null;
            });
        }
        assertArrayEquals(bytes(2), newest(own.reader, aCase).get(row));
    }

    private void write(Pseudonym aCase, Pseudonym row, int value) throws SQLException {
        own.record(AuditEvent.of(Act.CASE_ROW_WRITTEN).inCase(aCase).on(row).hash(bytes(value)));
    }

    private static String line(int number) {
        return "(select id from audit_sequence where seq = " + number + ")";
    }

    private void keep() throws SQLException {
        own.past("create table kept_entry as select * from audit_entry;"
                + " create table kept_sequence as select * from audit_sequence");
    }

    private void putBack() throws SQLException {
        own.past("delete from audit_entry; insert into audit_entry select * from kept_entry;"
                + " delete from audit_sequence; insert into audit_sequence select * from kept_sequence");
    }

    private Map<Pseudonym, byte[]> newest(LogReader reader, Pseudonym aCase) throws SQLException {
        return own.transaction(c -> reader.newestHashes(aCase, Map.of()));
    }

    @Test
    void news_are_what_was_recorded_since_a_mark_numbered_or_not() throws Exception {
        own.unlock();
        Pseudonym row = random();
        byte[] grant = AuditEntry.sha256(random().value());
        byte[] statement = AuditEntry.sha256(random().value());
        own.record(AuditEvent.of(Act.CASE_ROW_WRITTEN).on(row).hash(bytes(1)));
        own.sequencer.run();
        LogMark mark = own.transaction(c -> own.reader.mark());
        assertEquals(1, mark.size());
        assertEquals(0, news(mark).entries());
        own.record(
                AuditEvent.of(Act.CASE_ROW_WRITTEN).on(row).hash(bytes(2)),
                AuditEvent.of(Act.DIRECTORY_PERSON)
                        .on(Pseudonym.ofHash(statement))
                        .hash(statement),
                AuditEvent.of(Act.CASE_ROW_WRITTEN).on(row).hash(bytes(9)).refused("role"),
                AuditEvent.of(Act.CASE_READ).on(row));
        own.sequencer.run();
        UUID entry = own.record(AuditEvent.of(Act.GRANT_GIVEN)
                        .on(Pseudonym.ofHash(grant))
                        .hash(grant))
                .get(0);
        own.record(
                AuditEvent.of(Act.CASE_ROW_WRITTEN).on(row).hash(bytes(3)),
                AuditEvent.of(Act.GRANT_REVOKED).hash(grant));
        LogNews news = news(mark);
        assertEquals(7, news.entries());
        assertEquals(5, news.mark().size());
        assertEquals(0, news.written().get(row).length, "written with several hashes");
        assertEquals(1, news.written().size());
        assertEquals(Set.of(entry), news.given());
        assertEquals(Set.of(HexFormat.of().formatHex(grant)), news.revoked());
        // Those without a number are read again from the next mark.
        assertEquals(3, news(news.mark()).entries());
        own.sequencer.run();
        assertEquals(3, news(news.mark()).entries());
        assertArrayEquals(bytes(3), news(news.mark()).written().get(row));
        assertEquals(8, news(new LogMark(0, new byte[0])).entries());
    }

    @Test
    void there_are_no_news_from_a_log_that_does_not_go_on_from_the_mark() throws Exception {
        own.unlock();
        for (int i = 0; i < 4; i++) {
            own.record(AuditEvent.of(Act.CASE_ROW_WRITTEN).on(random()).hash(bytes(i)));
        }
        own.sequencer.run();
        byte[] leaf = own.transaction(c -> own.reader.mark()).leaf();
        assertEquals(0, news(new LogMark(4, leaf)).entries());
        assertNone(new LogMark(5, leaf), "a longer log");
        assertNone(new LogMark(4, bytes(1)), "another log");
        own.record(AuditEvent.of(Act.CASE_ROW_WRITTEN).on(random()).hash(bytes(7)));
        own.record(AuditEvent.of(Act.CASE_READ));
        own.sequencer.run();
        LogMark mark = new LogMark(4, leaf);
        assertEquals(2, news(mark).entries());
        for (String change : List.of(
                "update audit_entry set hash = null where id = (select id from audit_sequence where seq = 4)",
                "update audit_entry set object_name = null where id = (select id from audit_sequence where seq = 4)",
                "update audit_entry set act = 'case.read' where id = (select id from audit_sequence where seq = 4)",
                "delete from audit_entry where id = (select id from audit_sequence where seq = 4)",
                "delete from audit_sequence where seq = 4")) {
            own.past("create table if not exists e as select * from audit_entry");
            own.past("create table if not exists s as select * from audit_sequence");
            own.past(change);
            assertNone(mark, change);
            own.past("delete from audit_entry");
            own.past("insert into audit_entry select * from e");
            own.past("delete from audit_sequence");
            own.past("insert into audit_sequence select * from s");
            assertEquals(2, news(mark).entries());
        }
    }

    private LogNews news(LogMark mark) throws SQLException {
        return own.transaction(c -> own.reader.since(mark)).orElseThrow();
    }

    private void assertNone(LogMark mark, String why) throws SQLException {
        assertTrue(own.transaction(c -> own.reader.since(mark)).isEmpty(), why);
    }

    @Test
    void a_row_keeps_its_hash_when_a_column_is_added_and_loses_it_with_any_value() throws Exception {
        UUID id = UUID.randomUUID();
        own.past("create table vouched (id uuid, note text, sealed bytea not null, due date);"
                + " grant select on vouched to holdfast_app; insert into vouched values ('" + id
                + "', 'a', '\\x01', null)");
        byte[] before = hash(id);
        own.past("alter table vouched add column a_first bytea not null default ''; alter table vouched add column"
                + " zone text; alter table vouched add column heavy boolean");
        assertArrayEquals(before, hash(id));
        List<String> seen = new ArrayList<>(List.of(HexFormat.of().formatHex(before)));
        for (String change : List.of(
                "zone = ''",
                "zone = 'a', note = null",
                "zone = null, note = 'a', a_first = '\\x01', sealed = ''",
                "a_first = '\\x01', sealed = '\\x01'",
                "a_first = '', heavy = false",
                "heavy = null, due = '2026-11-25'")) {
            own.past("update vouched set " + change);
            String hash = HexFormat.of().formatHex(hash(id));
            assertFalse(seen.contains(hash), change);
            seen.add(hash);
        }
    }

    private byte[] hash(UUID id) throws Exception {
        return own.transaction(c -> own.rowHash.of("vouched", id));
    }

    @Test
    void pages_go_by_number_in_both_directions_and_lose_nothing() throws Exception {
        for (int i = 0; i < 120; i++) {
            own.record(AuditEvent.of(i % 2 == 0 ? Act.LOG_READ : Act.LOG_VERIFIED));
        }
        own.sequencer.run();
        LogPage newest = page(LogFilter.ALL, null);
        assertEquals(50, newest.lines().size());
        assertEquals(119, newest.lines().get(0).number());
        assertNull(newest.newerThan());
        LogPage second = page(LogFilter.ALL, newest.olderThan());
        assertEquals(69, second.lines().get(0).number());
        LogPage last = page(LogFilter.ALL, second.olderThan());
        assertEquals(20, last.lines().size());
        assertNull(last.olderThan());
        LogPage back = own.transaction(c -> own.reader.pageNewerThan(LogFilter.ALL, last.newerThan()));
        assertEquals(second.lines(), back.lines());
        assertEquals(Long.valueOf(69), back.newerThan());
        LogFilter verified = new LogFilter(null, null, Act.LOG_VERIFIED, null, null, null);
        List<Long> numbers = new ArrayList<>();
        for (Long older = null; ; ) {
            LogPage page = page(verified, older);
            page.lines().forEach(line -> numbers.add(line.number()));
            older = page.olderThan();
            if (older == null) {
                break;
            }
        }
        assertEquals(60, numbers.size());
        assertTrue(numbers.stream().allMatch(number -> number % 2 == 1));
    }

    @Test
    void each_filter_lets_through_what_it_names_and_nothing_else() throws Exception {
        UUID person = UUID.randomUUID();
        Pseudonym aCase = random();
        own.record(AuditEvent.of(Act.LOG_READ));
        own.acting.actor(person, true);
        own.record(AuditEvent.of(Act.CASE_READ).inCase(aCase));
        own.record(AuditEvent.of(Act.CASE_READ).refused("role"));
        own.sequencer.run();
        assertEquals(2, count(new LogFilter(LogFilter.actorOf(person), null, null, null, null, null)));
        assertEquals(1, count(new LogFilter("system", null, null, null, null, null)));
        assertEquals(1, count(new LogFilter(null, aCase, null, null, null, null)));
        assertEquals(1, count(new LogFilter(null, null, Act.LOG_READ, null, null, null)));
        assertEquals(1, count(new LogFilter(null, null, null, Outcome.REFUSED, null, null)));
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        assertEquals(3, count(new LogFilter(null, null, null, null, today.minusDays(1), today.plusDays(1))));
        assertEquals(0, count(new LogFilter(null, null, null, null, today.plusDays(2), null)));
        assertEquals(0, count(new LogFilter(null, null, null, null, null, today.minusDays(2))));
    }

    @Test
    void a_line_whose_copy_was_altered_says_so() throws Exception {
        own.record(AuditEvent.of(Act.LOG_READ));
        own.sequencer.run();
        assertTrue(page(LogFilter.ALL, null).lines().get(0).trouble().isEmpty());
        own.past("update audit_entry set actor = 'unknown'");
        LogLine line = page(LogFilter.ALL, null).lines().get(0);
        assertEquals("the copy in column actor was altered", line.trouble().orElseThrow());
        assertEquals("system", line.actor());
    }

    @Test
    void a_detail_that_is_not_the_one_of_its_entry_is_not_handed_out() throws Exception {
        UUID entry = own.record(AuditEvent.of(Act.CASE_READ).detail(new byte[] {1, 2}))
                .get(0);
        assertEquals(
                1,
                own.transaction(c -> own.reader.sealedDetails(List.of(entry))).size());
        own.past("update audit_detail set sealed = '\\x03'");
        assertEquals(
                0,
                own.transaction(c -> own.reader.sealedDetails(List.of(entry))).size());
    }

    private int count(LogFilter filter) throws SQLException {
        return page(filter, null).lines().size();
    }

    private LogPage page(LogFilter filter, Long older) throws SQLException {
        return own.transaction(c -> own.reader.page(filter, older));
    }

    private Standing standing(byte[] hash) throws SQLException {
        return own.transaction(c -> own.reader.standing(hash));
    }

    private static Pseudonym random() {
        return Pseudonym.ofRow(UUID.randomUUID());
    }

    private static byte[] bytes(int value) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) value;
        return bytes;
    }
}
