// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class LogVerifierTest {
    private static Verdict verify(SampleLog log, KeptCheckpoint... kept) throws Exception {
        return new LogVerifier(SampleLog.POLICY).keeping(List.of(kept)).verify(log);
    }

    private static Verdict withSignatures(SampleLog log) throws Exception {
        return new LogVerifier(SampleLog.POLICY).withSignatures().verify(log);
    }

    private static void found(Verdict verdict, long index, String kind) {
        assertFalse(verdict.sound());
        Finding first = verdict.first().orElseThrow();
        assertEquals(
                kind + " at " + index,
                first.kind() + " at " + first.index(),
                verdict.findings().toString());
    }

    private static boolean has(Verdict verdict, String kind) {
        return verdict.findings().stream().anyMatch(f -> f.kind().equals(kind));
    }

    private static int indexOf(SampleLog log, Predicate<String> entry) {
        for (int i = 0; i < log.entries.size(); i++) {
            if (entry.test(text(log.entries.get(i)))) {
                return i;
            }
        }
        throw new AssertionError("the sample has no such entry");
    }

    private static String utf8(byte[] note) {
        return new String(note, StandardCharsets.UTF_8);
    }

    private static String text(byte[] entry) {
        return new String(entry, StandardCharsets.US_ASCII);
    }

    @Test
    void logs_of_every_size_are_sound() throws Exception {
        for (int size : new int[] {0, 1, 2, 3, 4, 5, 100, 255, 256, 257, 511, 512, 513, 1_000}) {
            Verdict verdict = withSignatures(SampleLog.of(size, size));
            assertTrue(verdict.sound(), size + ": " + verdict.findings());
            assertEquals(size, verdict.counts().entries());
        }
    }

    @Test
    void a_sound_verdict_says_what_it_rests_on() throws Exception {
        SampleLog log = SampleLog.of(1_000, 3);
        Verdict verdict = withSignatures(log);
        assertTrue(verdict.sound());
        assertEquals(log.rows.size(), verdict.counts().rows());
        assertEquals(3 + 1 + 1, verdict.counts().tiles());
        assertEquals(3, verdict.counts().statements());
        assertTrue(verdict.counts().signatures() > 700);
        assertEquals(SampleLog.sha256(log.statements.get(0)), verdict.counts().founding());
    }

    @Test
    void any_flipped_bit_in_an_entry_is_found_at_its_index() throws Exception {
        SampleLog log = SampleLog.of(40, 4);
        byte[] good = log.entries.get(17);
        for (int bit = 0; bit < 8 * good.length; bit += 3) {
            byte[] flipped = good.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            log.entries.set(17, flipped);
            Verdict verdict = verify(log);
            assertFalse(verdict.sound());
            assertEquals(17, verdict.first().orElseThrow().index(), "bit " + bit);
        }
    }

    @Test
    void any_flipped_bit_in_a_tile_is_found() throws Exception {
        SampleLog log = SampleLog.of(600, 5);
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 200; round++) {
            Tile tile = new ArrayList<>(log.tiles.keySet()).get(random.nextInt(log.tiles.size()));
            byte[] hashes = log.tiles.get(tile);
            int bit = random.nextInt(8 * hashes.length);
            hashes[bit / 8] ^= (byte) (1 << bit % 8);
            Verdict verdict = verify(log);
            long leaf = tile.start() + ((long) (bit / 256) << (8 * tile.level()));
            found(verdict, leaf, tile.level() == 0 ? "entry.altered" : "tile.altered");
            assertEquals(1, verdict.total());
            hashes[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertTrue(verify(log).sound());
    }

    @Test
    void swapped_removed_and_copied_entries_are_named() throws Exception {
        SplittableRandom random = new SplittableRandom(6);
        for (int round = 0; round < 25; round++) {
            int size = random.nextInt(10, 700);
            int index = random.nextInt(size - 1);

            SampleLog swapped = SampleLog.of(size, round);
            Collections.swap(swapped.entries, index, size - 1);
            found(verify(swapped), index, "entry.altered");

            SampleLog removed = SampleLog.of(size, round);
            removed.entries.remove(index);
            found(verify(removed), index, "entry.altered");

            SampleLog copied = SampleLog.of(size, round);
            copied.entries.add(index + 1, copied.entries.get(index));
            Finding first = verify(copied).first().orElseThrow();
            assertEquals(index + 1, first.index());
        }
    }

    @Test
    void a_last_entry_cut_off_is_named() throws Exception {
        SampleLog log = SampleLog.of(300, 7);
        log.entries.remove(299);
        found(verify(log), 299, "entry.unreadable");
        SampleLog whole = SampleLog.of(257, 7);
        whole.entries.remove(256);
        found(verify(whole), 256, "entry.missing");
    }

    @Test
    void a_forged_size_ends_soon() throws Exception {
        SampleLog log = SampleLog.of(10, 7);
        log.note = SampleLog.SIGNER.sign(Long.MAX_VALUE / 512, new byte[32], 0).encode();
        assertFalse(verify(log).sound());
    }

    @Test
    void entries_and_tiles_changed_together_do_not_fit_the_checkpoint() throws Exception {
        SampleLog log = SampleLog.of(300, 26);
        byte[] note = log.note;
        Collections.swap(log.entries, 10, 11);
        log.seal();
        log.note = note;
        Verdict verdict = verify(log);
        found(verdict, Finding.NOWHERE, "root.mismatch");
        assertEquals(1, verdict.total());
    }

    @Test
    void a_log_of_another_origin_or_by_other_keys_is_refused() throws Exception {
        SampleLog log = SampleLog.of(20, 8);
        log.note = utf8(log.note).replace("0123", "0124").getBytes(StandardCharsets.UTF_8);
        assertTrue(has(verify(log), "checkpoint.origin"));
        SampleLog other = SampleLog.of(20, 8);
        byte[] note = other.note;
        other.entries.add(other.entries.get(3));
        other.seal();
        String forged = utf8(other.note).split("\n\n")[0] + "\n\n" + utf8(note).split("\n\n")[1];
        other.note = forged.getBytes(StandardCharsets.UTF_8);
        found(verify(other), Finding.NOWHERE, "checkpoint.signature");
    }

    @Test
    void the_log_is_held_to_kept_checkpoints() throws Exception {
        SplittableRandom random = new SplittableRandom(9);
        for (int round = 0; round < 15; round++) {
            int size = random.nextInt(5, 600);
            SampleLog log = SampleLog.of(size, round);
            List<KeptCheckpoint> kept = new ArrayList<>();
            List<byte[]> all = new ArrayList<>(log.entries);
            for (int part : new int[] {0, 1, size / 3, size / 2, size}) {
                log.entries.clear();
                log.entries.addAll(all.subList(0, part));
                kept.add(log.seal().keep("kept-" + part));
            }
            Verdict verdict = new LogVerifier(SampleLog.POLICY).keeping(kept).verify(log);
            assertTrue(verdict.sound(), verdict.findings().toString());
        }
    }

    @Test
    void a_split_view_is_found_although_it_is_signed() throws Exception {
        SampleLog log = SampleLog.of(500, 10);
        KeptCheckpoint whole = log.keep("whole");
        List<byte[]> all = new ArrayList<>(log.entries);
        log.entries.subList(200, 500).clear();
        KeptCheckpoint early = log.seal().keep("early");
        log.entries.clear();
        log.entries.addAll(all);
        int read = indexOf(log, e -> e.contains("\"e\":\"case.read\""));
        byte[] forged = text(log.entries.get(read))
                .replace("not_assigned", "not_assignee")
                .getBytes(StandardCharsets.US_ASCII);
        log.entries.set(read, forged);
        log.seal();
        assertTrue(verify(log).sound(), "whoever holds the keys can forge until somebody kept a checkpoint");
        found(verify(log, early, whole), 0, "kept.split");

        SampleLog late = SampleLog.of(500, 10);
        KeptCheckpoint before = cutAt(late, 300).keep("300");
        SampleLog changed = SampleLog.of(500, 10);
        KeptCheckpoint after = changed.keep("500");
        Collections.swap(changed.entries, 400, 401);
        changed.seal();
        found(verify(changed, after, before), 300, "kept.split");
    }

    private static SampleLog cutAt(SampleLog log, int size) {
        log.entries.subList(size, log.entries.size()).clear();
        return log.seal();
    }

    @Test
    void a_log_that_shrank_and_a_kept_checkpoint_of_strangers_are_findings() throws Exception {
        SampleLog log = SampleLog.of(100, 11);
        KeptCheckpoint kept = log.keep("kept");
        cutAt(log, 90);
        assertTrue(has(verify(log, kept), "kept.shrunk"));
        String foreign = utf8(kept.note().encode()).replace("log.example", "log.elsewhere");
        KeptCheckpoint other = KeptCheckpoint.parse("other", foreign.getBytes(StandardCharsets.UTF_8));
        assertTrue(has(verify(SampleLog.of(100, 11), other), "kept.signature"));
    }

    @Test
    void a_missing_and_a_repeated_session_number_are_named_even_if_all_is_signed_again() throws Exception {
        SampleLog log = SampleLog.of(400, 12);
        int second = indexOf(log, e -> e.contains("\"n\":2,") && !e.contains("\"h\""));
        String session = Entry.parse(log.entries.get(second)).session();
        assertTrue(log.entries.stream().anyMatch(e -> text(e).contains(session) && text(e).contains("\"n\":3,")));
        byte[] taken = log.entries.remove(second);
        Verdict gap = verify(log.seal());
        assertTrue(has(gap, "session.gap"), gap.findings().toString());
        assertTrue(gap.findings().stream().anyMatch(f -> f.sentence().startsWith("Number 2 of a session")));

        log.entries.add(second, taken);
        log.entries.add(second + 5, taken);
        found(verify(log.seal()), second + 5, "session.repeated");
    }

    @Test
    void entries_of_a_session_may_stand_in_another_order() throws Exception {
        SampleLog log = SampleLog.of(400, 13);
        int second = indexOf(log, e -> e.contains("\"n\":2,") && !e.contains("\"h\""));
        log.entries.add(log.entries.remove(second));
        Verdict verdict = verify(log.seal());
        assertTrue(verdict.sound(), verdict.findings().toString());
    }

    @Test
    void rows_set_back_changed_removed_or_put_in_are_found() throws Exception {
        SampleLog log = SampleLog.of(600, 14);
        int row = rowOf(log, "case_");
        String[] good = log.rows.get(row);

        log.rows.set(row, new String[] {good[0], good[1], "ab".repeat(32)});
        assertTrue(has(verify(log), "row.changed"));

        log.rows.remove(row);
        Verdict missing = verify(log);
        assertTrue(has(missing, "row.missing"));
        assertTrue(missing.first().orElseThrow().sentence().contains(good[1]));

        log.rows.add(good);
        assertTrue(verify(log).sound());
        log.rows.add(good);
        assertTrue(has(verify(log), "row.repeated"));
        log.rows.set(log.rows.size() - 1, new String[] {"case_file", "cd".repeat(16), good[2]});
        assertTrue(has(verify(log), "row.extra"));
        log.rows.remove(log.rows.size() - 1);
        log.rows.remove(good);
        log.rows.add(new String[] {"access_grant", good[1], good[2]});
        assertTrue(has(verify(log), "row.extra"), "a row of one kind does not stand for another");
    }

    private static int rowOf(SampleLog log, String table) {
        for (int i = 0; i < log.rows.size(); i++) {
            if (log.rows.get(i)[0].startsWith(table)) {
                return i;
            }
        }
        throw new AssertionError("the sample has no such row");
    }

    @Test
    void a_row_set_back_to_an_older_version_is_told_with_both_entries() throws Exception {
        SampleLog log = SampleLog.of(10, 15);
        log.sign(log.worker, "case.row-written", b -> b.object("77".repeat(16)).rowHash("01".repeat(32)));
        log.sign(log.worker, "case.row-written", b -> b.object("77".repeat(16)).rowHash("02".repeat(32)));
        log.rows.add(new String[] {"case_file", "77".repeat(16), "01".repeat(32)});
        Verdict verdict = verify(log.seal());
        found(verdict, 11, "row.older");
        assertTrue(verdict.first().orElseThrow().sentence().contains("as entry 10 wrote it"));
    }

    @Test
    void a_deleted_row_that_is_back_is_found() throws Exception {
        SampleLog log = SampleLog.of(10, 16);
        log.sign(log.worker, "case.row-written", b -> b.object("77".repeat(16)).rowHash("01".repeat(32)));
        log.sign(log.worker, "case.row-deleted", b -> b.object("77".repeat(16)).rowHash(Entry.DELETED));
        assertTrue(verify(log.seal()).sound());
        log.rows.add(new String[] {"case_file", "77".repeat(16), "01".repeat(32)});
        found(verify(log), 11, "row.extra");
    }

    @Test
    void an_entry_that_nobody_signed_vouches_for_no_row_that_was_written_before() throws Exception {
        String object = "77".repeat(16);
        String older = "01".repeat(32);
        List<String[]> forgers = List.of(
                new String[] {Entry.REPORT_DOOR, "report.card"},
                new String[] {Entry.REPORT_DOOR, "report.accepted"},
                new String[] {Entry.REPORT_DOOR, "case.row-written"},
                new String[] {Entry.UNKNOWN, "slot.written"},
                new String[] {Entry.UNKNOWN, "case.row-written"},
                new String[] {Entry.SYSTEM, "staff.written"},
                new String[] {Entry.SYSTEM, "reply.delivered"},
                new String[] {Entry.SYSTEM, "reply.cleared"},
                new String[] {Entry.REPORT_DOOR, "reply.removed"},
                new String[] {"ab".repeat(16), "staff.written"},
                new String[] {"ab".repeat(16), "session.ended"});
        for (String[] forger : forgers) {
            for (boolean waits : new boolean[] {false, true}) {
                for (String hash : List.of(older, Entry.DELETED)) {
                    SampleLog log = SampleLog.of(10, 30);
                    log.sign(
                            log.worker,
                            "case.row-written",
                            b -> b.object(object).rowHash(older));
                    log.sign(
                            log.worker,
                            "case.row-written",
                            b -> b.object(object).rowHash("02".repeat(32)));
                    byte[] forged = unsigned(forger[0], forger[1], object, hash);
                    (waits ? log.waiting : log.entries).add(forged);
                    if (hash.equals(older)) {
                        log.rows.add(new String[] {"case_file", object, older});
                    }
                    Verdict verdict = verify(log.seal());
                    assertTrue(
                            has(verdict, "row.forged") || has(verdict, "signature.missing"),
                            forger[0] + " " + forger[1] + " " + hash);
                    assertTrue(
                            has(verdict, hash.equals(older) ? "row.older" : "row.missing"),
                            forger[0] + " " + forger[1] + " " + hash);
                }
            }
        }
    }

    private static byte[] unsigned(String actor, String kind, String object, String hash) {
        String time = actor.equals(Entry.REPORT_DOOR) ? "2026-11-25" : "2026-11-25T23:00Z";
        return Entry.builder(time, actor, kind, "0f".repeat(16))
                .object(object)
                .rowHash(hash)
                .build()
                .encode();
    }

    @Test
    void an_unsigned_entry_gives_no_grant_and_frames_nobody() throws Exception {
        SampleLog log = SampleLog.of(10, 31);
        String grant = "5a".repeat(32);
        log.entries.add(unsigned(log.supervisor.staff, "grant.given", "00".repeat(16), grant));
        log.rows.add(new String[] {"access_grant", grant.substring(0, 32), grant});
        Verdict verdict = verify(log.seal());
        found(verdict, 10, "signature.missing");
        assertTrue(has(verdict, "row.extra"));

        log = SampleLog.of(10, 31);
        log.entries.add(Entry.builder("2026-11-25T23:00Z", log.worker.staff, "case.read", "0f".repeat(16))
                .build()
                .encode());
        found(verify(log.seal()), 10, "signature.missing");
    }

    @Test
    void the_report_door_and_newcomers_write_their_own_rows_unsigned() throws Exception {
        SampleLog log = SampleLog.of(10, 32);
        String card = "01".repeat(32);
        log.entries.add(unsigned(Entry.REPORT_DOOR, "report.card", "71".repeat(16), "02".repeat(32)));
        log.entries.add(unsigned(Entry.REPORT_DOOR, "report.card", "71".repeat(16), card));
        log.entries.add(unsigned(Entry.REPORT_DOOR, "report.accepted", "72".repeat(16), card));
        log.entries.add(unsigned(Entry.UNKNOWN, "slot.written", "73".repeat(16), card));
        for (String object : List.of("71", "72", "73")) {
            log.rows.add(new String[] {"intake_report", object.repeat(16), card});
        }
        Verdict verdict = verify(log.seal());
        assertTrue(verdict.sound(), verdict.findings().toString());
        log.entries.add(unsigned(Entry.REPORT_DOOR, "report.accepted", "72".repeat(16), card));
        found(verify(log.seal()), 14, "row.forged");
    }

    @Test
    void an_answer_is_carried_and_removed_unsigned_and_no_other_row_is() throws Exception {
        SampleLog log = SampleLog.of(10, 38);
        String hash = "01".repeat(32);
        log.sign(log.worker, "reply.queued", b -> b.object("71".repeat(16)).rowHash(hash));
        log.entries.add(unsigned(Entry.REPORT_DOOR, "reply.delivered", "72".repeat(16), hash));
        log.entries.add(unsigned(Entry.SYSTEM, "reply.cleared", "71".repeat(16), Entry.DELETED));
        log.entries.add(unsigned(Entry.REPORT_DOOR, "reply.removed", "72".repeat(16), Entry.DELETED));
        Verdict verdict = verify(log.seal());
        assertTrue(verdict.sound(), verdict.findings().toString());
        log.entries.add(unsigned(Entry.REPORT_DOOR, "reply.delivered", "72".repeat(16), hash));
        log.rows.add(new String[] {"reply", "72".repeat(16), hash});
        found(verify(log.seal()), 14, "row.forged");
    }

    @Test
    void a_refused_act_writes_no_row() throws Exception {
        SampleLog log = SampleLog.of(10, 17);
        log.sign(
                log.worker,
                "case.row-written",
                b -> b.object("77".repeat(16)).rowHash("01".repeat(32)).refused());
        assertTrue(verify(log.seal()).sound());
    }

    @Test
    void a_revoked_grant_that_is_put_back_stays_dead_even_if_it_is_given_again() throws Exception {
        SampleLog log = SampleLog.of(10, 18);
        String grant = "5a".repeat(32);
        log.sign(log.supervisor, "grant.given", b -> b.rowHash(grant));
        log.sign(log.supervisor, "grant.revoked", b -> b.rowHash(grant));
        assertTrue(verify(log.seal()).sound());
        log.rows.add(new String[] {"access_grant", grant.substring(0, 32), grant});
        found(verify(log), 11, "grant.revoked");
        log.sign(log.supervisor, "grant.given", b -> b.rowHash(grant));
        found(verify(log.seal()), 11, "grant.revoked");
    }

    @Test
    void a_waiting_entry_counts_where_rows_are_compared() throws Exception {
        SampleLog log = SampleLog.of(20, 19);
        log.rows.add(new String[] {"intake_report", "66".repeat(16), "01".repeat(32)});
        assertTrue(has(verify(log), "row.extra"));
        log.waiting.add(Entry.builder("2026-11-25", Entry.REPORT_DOOR, "report.accepted", "00".repeat(16))
                .object("66".repeat(16))
                .rowHash("01".repeat(32))
                .build()
                .encode());
        Verdict verdict = verify(log);
        assertTrue(verdict.sound(), verdict.findings().toString());
        assertEquals(1, verdict.counts().waiting());
        log.waiting.add("{}".getBytes(StandardCharsets.US_ASCII));
        assertThrows(Malformed.class, () -> verify(log));
    }

    @Test
    void forged_and_borrowed_signatures_are_found_and_only_when_asked_for() throws Exception {
        SampleLog log = SampleLog.of(60, 20);
        int read = indexOf(log, e -> e.contains("\"e\":\"case.read\"") && e.contains(log.worker.keyId));
        String good = text(log.entries.get(read));
        String signature = Entry.parse(log.entries.get(read)).signature();

        replace(log, read, good.replace(signature, "0".repeat(128)));
        assertTrue(verify(log).sound());
        found(withSignatures(log), read, "signature.wrong");

        replace(log, read, good.replace("not_assigned", "not_assignee"));
        found(withSignatures(log), read, "signature.wrong");

        replace(log, read, good.replace(log.worker.staff, log.supervisor.staff));
        found(withSignatures(log), read, "signature.actor");

        replace(log, read, good.replace(log.worker.keyId, "0123456789abcdef"));
        found(withSignatures(log), read, "signature.key");

        replace(
                log,
                read,
                good.replace(",\"k\":\"" + log.worker.keyId + '"', "").replace(",\"g\":\"" + signature + '"', ""));
        found(withSignatures(log), read, "signature.missing");
    }

    private static void replace(SampleLog log, int index, String entry) throws Malformed {
        Entry.parse(entry.getBytes(StandardCharsets.US_ASCII));
        log.entries.set(index, entry.getBytes(StandardCharsets.US_ASCII));
        log.seal();
    }

    @Test
    void a_key_is_good_until_its_holder_is_ended_and_what_he_signed_before_stays_good() throws Exception {
        SampleLog log = SampleLog.of(60, 21);
        int rows = log.rows.size();
        log.end(log.worker);
        String hash = SampleLog.sha256(log.statements.get(3));
        log.rows.add(new String[] {"directory_statement", hash.substring(0, 32), hash});
        Verdict verdict = withSignatures(log.seal());
        assertTrue(verdict.sound(), verdict.findings().toString());
        assertEquals(rows + 1, log.rows.size());
        log.sign(log.worker, "case.read", b -> b);
        found(withSignatures(log.seal()), 61, "signature.key");
    }

    @Test
    void a_directory_that_was_tampered_with_is_found() throws Exception {
        SampleLog log = SampleLog.of(60, 22);
        List<byte[]> good = List.copyOf(log.statements);
        for (int i = 0; i < good.size(); i++) {
            String statement = text(good.get(i));
            log.statements.set(i, statement.replace("2026-11-25", "2026-11-24").getBytes(StandardCharsets.US_ASCII));
            assertTrue(has(withSignatures(log), "directory.chain"), "changed " + i);
            log.statements.set(i, (statement + " ").getBytes(StandardCharsets.US_ASCII));
            assertTrue(has(withSignatures(log), "directory.chain"), "spelled otherwise " + i);
            log.statements.remove(i);
            assertFalse(withSignatures(log).sound(), "removed " + i);
            log.statements.clear();
            log.statements.addAll(good);
        }
        Collections.swap(log.statements, 1, 2);
        assertTrue(has(withSignatures(log), "directory.chain"));
        log.statements.clear();
        log.statements.addAll(good);
        log.entries.remove(2);
        assertTrue(has(withSignatures(log.seal()), "directory.chain"), "a statement that no entry records");
    }

    @Test
    void the_founder_states_nothing_more_once_she_was_ended() throws Exception {
        SampleLog log = SampleLog.of(60, 27);
        log.end(log.supervisor);
        log.end(log.worker);
        for (byte[] statement : log.statements.subList(3, 5)) {
            String hash = SampleLog.sha256(statement);
            log.rows.add(new String[] {"directory_statement", hash.substring(0, 32), hash});
        }
        Verdict verdict = withSignatures(log.seal());
        assertTrue(verdict.findings().stream()
                .anyMatch(f -> f.sentence().equals("Statement 4 of the directory is not signed by somebody who may.")));
    }

    @Test
    void a_person_who_names_herself_supervisor_is_none() throws Exception {
        SampleLog log = SampleLog.of(60, 33);
        SampleLog.Member stranger = new SampleLog.Member(7);
        log.state(stranger, "person", log.person(stranger, "supervisor"), "directory.person");
        assertTrue(statementFinding(log, "Statement 3 of the directory is not signed by somebody who may."));
    }

    @Test
    void the_root_key_names_the_first_supervisor_and_nothing_else() throws Exception {
        SampleLog log = SampleLog.of(60, 34);
        log.statements.subList(1, 3).clear();
        log.state(log.supervisor, "person", log.person(log.worker, "supervisor"), "directory.person");
        assertTrue(statementFinding(log, "Statement 1 of the directory is not signed by somebody who may."));
    }

    @Test
    void a_supervisor_may_end_herself_and_is_gone_then() throws Exception {
        SampleLog log = SampleLog.of(60, 35);
        log.end(log.supervisor);
        Verdict verdict = withSignatures(log.seal());
        assertFalse(has(verdict, "directory.chain"), verdict.findings().toString());
    }

    @Test
    void a_key_of_somebody_who_left_is_not_made_good_by_naming_it_again() throws Exception {
        SampleLog log = SampleLog.of(60, 36);
        log.end(log.worker);
        log.state(log.supervisor, "person", log.person(log.worker, "caseworker"), "directory.person");
        assertTrue(statementFinding(log, "Statement 4 of the directory does not fit those before it."));
        log.sign(log.worker, "case.read", b -> b);
        assertTrue(has(withSignatures(log.seal()), "signature.key"));
    }

    @Test
    void a_directory_without_end_is_unusable() throws Exception {
        SampleLog log = SampleLog.of(60, 37);
        log.statements.addAll(Collections.nCopies(20_000, new byte[] {1}));
        assertThrows(Malformed.class, () -> withSignatures(log));
    }

    private static boolean statementFinding(SampleLog log, String sentence) throws Exception {
        return withSignatures(log.seal()).findings().stream()
                .anyMatch(finding -> finding.sentence().equals(sentence));
    }

    @Test
    void a_statement_names_the_one_before_it() throws Exception {
        SampleLog log = SampleLog.of(60, 28);
        SampleLog other = SampleLog.of(60, 29);
        log.statements.set(0, other.statements.get(0));
        assertTrue(withSignatures(log).findings().stream()
                .anyMatch(f -> f.sentence().equals("Statement 1 of the directory does not follow the one before it.")));
    }

    @Test
    void a_log_that_does_not_fit_is_verified_in_several_passes_with_the_same_result() throws Exception {
        SampleLog log = SampleLog.of(2_000, 23);
        for (int ids : new int[] {7, 50, 1_000_000}) {
            assertTrue(
                    new LogVerifier(SampleLog.POLICY)
                            .idsPerPass(ids)
                            .verify(log)
                            .sound(),
                    ids + " ids");
        }
        for (int broken = 0; broken < 12; broken++) {
            log.rows.remove(broken * 7);
        }
        int second = indexOf(log, e -> e.contains("\"n\":2,") && !e.contains("\"h\""));
        log.entries.remove(second);
        log.seal();
        long all = verify(log).total();
        assertTrue(all >= 12);
        for (int ids : new int[] {7, 50, 300}) {
            assertEquals(
                    all,
                    new LogVerifier(SampleLog.POLICY)
                            .idsPerPass(ids)
                            .verify(log)
                            .total(),
                    ids + " ids");
        }
    }

    @Test
    void a_hundred_findings_are_kept_and_all_are_counted() throws Exception {
        SampleLog log = SampleLog.of(2_000, 24);
        int rows = log.rows.size();
        log.rows.clear();
        Verdict verdict = verify(log);
        assertEquals(100, verdict.findings().size());
        assertEquals(rows, verdict.total());
        long last = -1;
        for (Finding finding : verdict.findings()) {
            assertTrue(finding.index() > last);
            last = finding.index();
        }
    }

    @Test
    void progress_is_told_up_to_the_end() throws Exception {
        List<Long> told = new ArrayList<>();
        new LogVerifier(SampleLog.POLICY).onProgress(told::add).verify(SampleLog.of(600, 25));
        assertEquals(List.of(256L, 512L, 600L), told);
    }
}
