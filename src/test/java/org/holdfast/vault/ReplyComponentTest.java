// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.holdfast.access.Bracket;
import org.holdfast.local.LivingFolder;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.TestStack;
import org.holdfast.local.Trouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Answers between the case and the mailbox: they outlive a crash, nothing stored ties the one to the other, and what somebody wrote
 * past the server is neither delivered nor shown. The courier that delivers is the server's own.
 */
@Order(Integer.MAX_VALUE - 1)
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class ReplyComponentTest {

    private static final Duration LONG = Duration.ofSeconds(9);

    record Words(String text) {}

    /** A parcel that was handed over, and the mailbox it is for. */
    private record Sent(MailboxKeys.Issued issued, UUID parcel, UUID reply) {}

    @BeforeEach
    void found() {
        new Office().organisation();
    }

    @Test
    void an_answer_that_waits_outlives_a_crash_of_the_database() throws Exception {
        Sent sent = send(LONG, "after the crash");
        assertEquals(0, count("select count(*) from reply where id = '" + sent.reply() + "'"), "it should wait still");
        crash();
        Replies.Waiting found = await(sent);
        assertTrue(found.asWritten());
        assertEquals(
                "after the crash",
                sent.issued()
                        .mailbox()
                        .openReply(found.id(), found.sealed(), Words.class)
                        .text());
    }

    @Test
    void an_answer_lies_in_its_mailbox_when_its_time_has_come_and_not_before() throws Exception {
        long begin = System.nanoTime();
        Sent sent = send(LONG, "not before");
        while (System.nanoTime() - begin < LONG.minusSeconds(1).toNanos()) {
            assertEquals(List.of(), waiting(sent.issued().mailbox()));
            Thread.sleep(300);
        }
        await(sent);
    }

    @Test
    void answers_wait_between_five_and_sixty_minutes_by_chance() throws Exception {
        Duration min = Duration.ofMinutes(5);
        Duration max = Duration.ofMinutes(60);
        List<Duration> waits = new java.util.ArrayList<>();
        MailboxKeys.Issued issued = Office.bean(MailboxKeys.class).issue();
        Card card = issued.mailbox().card(new byte[32]);
        for (int i = 0; i < 40; i++) {
            waits.add(Office.as(new Office().founder(), () -> {
                ReplyOutbox outbox = outbox(min, max);
                java.time.Instant now = Office.bean(Clock.class).instant();
                ReplyOutbox.Parcel parcel = outbox.seal(card, UUID.randomUUID(), new byte[4096]);
                long due = outbox.open(parcel).due();
                outbox.erase(parcel.id());
                return Duration.between(now, java.time.Instant.ofEpochMilli(due));
            }));
        }
        java.util.Collections.sort(waits);
        assertTrue(waits.get(0).plusMillis(1).compareTo(min) >= 0, waits.toString());
        assertTrue(waits.get(39).compareTo(max.plusSeconds(5)) <= 0, waits.toString());
        assertTrue(waits.get(39).minus(waits.get(0)).compareTo(Duration.ofMinutes(25)) > 0, "spread: " + waits);
    }

    private static ReplyOutbox outbox(Duration min, Duration max) {
        return new ReplyOutbox(
                Office.bean(DataSource.class),
                Office.bean(Directory.class),
                Office.bean(ShredSecrets.class),
                Office.bean(OwnRows.class),
                Office.bean(Clock.class),
                min,
                max);
    }

    @Test
    void neither_the_tables_nor_the_write_ahead_log_know_the_mailbox_before_the_answer_lies_in_it() throws Exception {
        Sent sent = send(LONG.multipliedBy(2), "not yet");
        byte[] lookup = sent.issued().mailbox().lookup();
        byte[] reply = Bytes.of(sent.reply());
        sql("checkpoint");
        assertEquals(Set.of(), standing(Map.of("look-up id", lookup, "id of the answer", reply)));
        assertEquals(List.of(), waiting(sent.issued().mailbox()), "the search took longer than the answer waits");
        await(sent);
        sql("checkpoint");
        assertEquals(Set.of("look-up id"), standing(Map.of("look-up id", lookup)), "the search finds nothing");
    }

    @Test
    void the_lines_of_a_parcel_and_of_its_answer_have_nothing_in_common() throws Exception {
        Sent sent = send(Duration.ZERO, "quiet");
        await(sent);
        String of = "from audit_entry where object_name = '\\x%s'";
        String answer = of.formatted(Bytes.hex(sent.reply()));
        assertEquals(1, count("select count(*) " + answer + " and act = 'reply.delivered' and actor = 'report-door'"));
        assertEquals(1, count("select count(*) " + answer));
        assertEquals(
                0,
                count("select count(*) " + answer + " and convert_from(body, 'UTF8') ~ '\"t\":\"[0-9-]+T'"),
                "the line tells the minute");
        assertEquals(
                1, count("select count(*) " + of.formatted(Bytes.hex(sent.parcel())) + " and act = 'reply.queued'"));
        awaitNone("select count(*) from reply_outbox where id = '" + sent.parcel() + "'");
        awaitNone("select count(*) from shred_secret where object_id = '" + sent.parcel() + "'");
        assertEquals(
                1,
                count("select count(*) " + of.formatted(Bytes.hex(sent.parcel()))
                        + " and act = 'reply.cleared' and actor = 'system'"));
    }

    @Test
    void a_parcel_that_was_changed_is_named_once_and_does_not_stop_the_others() throws Exception {
        Sent changed = send(Duration.ofSeconds(4), "changed on the way");
        sql("update reply_outbox set sealed = set_byte(sealed, 99, get_byte(sealed, 99) # 1) where id = '"
                + changed.parcel() + "'");
        UUID planted = UUID.randomUUID();
        sql("insert into reply_outbox (id, tenant, sealed) select '" + planted + "', tenant, sealed from reply_outbox"
                + " where id = '" + changed.parcel() + "'");
        Sent sound = send(Duration.ZERO, "sound");
        await(sound);
        Thread.sleep(5000);
        assertEquals(1, tampering(planted));
        sql("delete from reply_outbox where id in ('" + planted + "', '" + changed.parcel() + "')");
    }

    @Test
    void an_answer_that_was_changed_or_planted_in_a_mailbox_is_told_from_the_others() throws Exception {
        Sent sent = send(Duration.ZERO, "sound");
        await(sent);
        Mailbox mailbox = sent.issued().mailbox();
        UUID planted = UUID.randomUUID();
        byte[] fitting = Office.bean(MailboxKeys.class)
                .sealReply(mailbox.card(new byte[32]), planted, new Words("come to the station"));
        Office.alter(
                "insert into reply (id, lookup, sealed, day) values (?, ?, ?, ?)",
                planted,
                mailbox.lookup(),
                fitting,
                LocalDate.of(2026, 11, 25));
        List<Replies.Waiting> found = waiting(mailbox);
        assertEquals(2, found.size());
        for (Replies.Waiting row : found) {
            assertEquals(row.id().equals(sent.reply()), row.asWritten());
        }
        Office.alter("delete from reply where id = ?", planted);
        Office.alter("update reply set day = day - 1 where id = ?", sent.reply());
        assertFalse(waiting(mailbox).get(0).asWritten());
        Office.alter("update reply set day = day + 1 where id = ?", sent.reply());
        assertTrue(waiting(mailbox).get(0).asWritten());
    }

    @Test
    void an_answer_that_was_removed_does_not_come_back() throws Exception {
        Sent sent = send(Duration.ZERO, "read and removed");
        Replies.Waiting found = await(sent);
        Replies replies = Office.bean(Replies.class);
        Mailbox mailbox = sent.issued().mailbox();
        try (Mailbox other = Office.bean(MailboxKeys.class).issue().mailbox()) {
            assertFalse(write(() -> replies.remove(other, found.id())), "removed with another number");
        }
        assertTrue(write(() -> replies.remove(mailbox, found.id())));
        assertFalse(write(() -> replies.remove(mailbox, found.id())));
        var again = new ReplyOutbox.Delivery(found.id(), mailbox.lookup(), found.sealed(), 0);
        assertFalse(write(() -> replies.lay(again, LocalDate.of(2026, 11, 25))), "laid a second time");
        assertEquals(List.of(), waiting(mailbox));
    }

    private static Sent send(Duration delay, String words) throws Exception {
        MailboxKeys keys = Office.bean(MailboxKeys.class);
        MailboxKeys.Issued issued = keys.issue();
        Card card = issued.mailbox().card(new byte[32]);
        UUID reply = UUID.randomUUID();
        byte[] sealed = keys.sealReply(card, reply, new Words(words));
        // Whose line it is that hands over an answer is signed for.
        UUID parcel = Office.as(new Office().founder(), () -> {
            ReplyOutbox outbox = outbox(delay, delay);
            ReplyOutbox.Parcel packed = outbox.seal(card, reply, sealed);
            Office.bean(Bracket.class).write(() -> outbox.put(packed));
            return packed.id();
        });
        return new Sent(issued, parcel, reply);
    }

    private static List<Replies.Waiting> waiting(Mailbox mailbox) {
        return Office.bean(Bracket.class).read(() -> Office.bean(Replies.class).waiting(mailbox));
    }

    private static boolean write(Callable<Boolean> work) throws Exception {
        return Office.inRequest(() -> Office.bean(Bracket.class).write(() -> {
            try {
                return work.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }));
    }

    /** What lies in the mailbox, as soon as it does. */
    private static Replies.Waiting await(Sent sent) throws Exception {
        for (int i = 0; i < 100; i++) {
            try {
                List<Replies.Waiting> found = waiting(sent.issued().mailbox());
                if (!found.isEmpty()) {
                    return found.get(0);
                }
            } catch (RuntimeException away) {
                // The database comes back within seconds.
                assertTrue(i < 60, away.getMessage());
            }
            Thread.sleep(300);
        }
        throw new AssertionError("the answer was not delivered");
    }

    private static void awaitNone(String question) throws Exception {
        for (int i = 0; count(question) > 0; i++) {
            assertTrue(i < 60, question);
            Thread.sleep(500);
        }
    }

    /** Kills a process of PostgreSQL, which then ends all others, recovers from its log and empties what is unlogged. */
    private static void crash() throws Exception {
        long unlogged;
        try (Connection connection = TestStack.superuser("holdfast");
                Statement statement = connection.createStatement()) {
            statement.execute("create unlogged table crash_mark as select 1 as one");
            statement.execute("checkpoint");
            try (ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
                row.next();
                assertTrue(ProcessHandle.of(row.getLong(1)).orElseThrow().destroyForcibly());
            }
        }
        for (int i = 0; ; i++) {
            try {
                unlogged = count("select count(*) from crash_mark");
                break;
            } catch (SQLException notYet) {
                assertTrue(i < 100, notYet.getMessage());
                Thread.sleep(200);
            }
        }
        sql("drop table crash_mark");
        assertEquals(0, unlogged, "that was no crash");
        awaitKeycloak();
    }

    /** Its database went away too; the next test is not to find its first answer, which is a fault of its own. */
    private static void awaitKeycloak() throws Exception {
        for (int i = 0; ; i++) {
            try {
                new Office().organisation().signedIn("amina");
                return;
            } catch (Trouble notYet) {
                assertTrue(i < 50, notYet.getMessage());
                Thread.sleep(200);
            }
        }
    }

    /** Which of these bytes, as they are or in hexadecimal digits, stand in a file of the database. */
    private static Set<String> standing(Map<String, byte[]> wanted) throws Exception {
        Set<String> found = new TreeSet<>();
        LivingFolder.forEachFile(TestStack.data().resolve("pgdata"), file -> {
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            wanted.forEach((name, bytes) -> {
                if (content.contains(new String(bytes, StandardCharsets.ISO_8859_1))
                        || content.contains(Bytes.hex(bytes).toLowerCase(Locale.ROOT))) {
                    found.add(name);
                }
            });
        });
        return found;
    }

    private static long tampering(UUID object) throws Exception {
        return count("select count(*) from audit_entry where act = 'access.tampering' and object_name = '\\x"
                + Bytes.hex(object) + "'");
    }

    private static void sql(String text) throws Exception {
        try (Connection connection = TestStack.superuser("holdfast");
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private static long count(String question) throws SQLException {
        String database = question.contains("shred_secret") ? "holdfast_shred" : "holdfast";
        try (Connection connection = TestStack.superuser(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getLong(1);
        }
    }
}
