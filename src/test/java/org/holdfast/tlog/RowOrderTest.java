// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Entries about one row that change places before anybody keeps a checkpoint, so that an older row looks like the newest. */
class RowOrderTest {
    private static final String OBJECT = "77".repeat(16);
    private static final String FIRST = "01".repeat(32);
    private static final String SECOND = "02".repeat(32);

    private final SampleLog log = SampleLog.of(10, 40);

    private void write(SampleLog.Member member, String hash) {
        log.sign(member, "case.row-written", b -> b.object(OBJECT).rowHash(hash));
    }

    private void inOneSession() {
        log.worker.session = log.hex(32);
        log.worker.counter = 0;
        String session = log.worker.session;
        write(log.worker, FIRST);
        log.worker.session = session;
        write(log.worker, SECOND);
    }

    private void inTwoSessions() {
        write(log.worker, FIRST);
        write(log.supervisor, SECOND);
    }

    private void stands(String hash, int revision) {
        log.rows.add(new String[] {"case_report", OBJECT, hash, Integer.toString(revision)});
    }

    private Verdict verify() throws Exception {
        return new LogVerifier(SampleLog.POLICY).withSignatures().verify(log.seal());
    }

    private void sound() throws Exception {
        Verdict verdict = verify();
        assertTrue(verdict.sound(), verdict.findings().toString());
    }

    private void found(String... findings) throws Exception {
        assertEquals(
                List.of(findings),
                verify().findings().stream()
                        .map(f -> f.kind() + " at " + f.index())
                        .toList());
    }

    @Test
    void rows_that_tell_how_often_they_were_written_are_sound() throws Exception {
        inOneSession();
        stands(SECOND, 2);
        sound();
        write(log.supervisor, FIRST);
        log.rows.remove(log.rows.size() - 1);
        stands(FIRST, 3);
        sound();
    }

    @Test
    void two_entries_of_one_session_that_changed_places_are_named() throws Exception {
        inOneSession();
        Collections.swap(log.entries, 10, 11);
        // Of a row that does not count its writes.
        stands(FIRST, 0);
        found("row.order at 11");
        assertTrue(verify().first()
                .orElseThrow()
                .sentence()
                .contains("stands behind entry 10, which its author made later"));
    }

    @Test
    void two_waiting_entries_that_changed_places_are_named() throws Exception {
        inOneSession();
        log.waiting.add(log.entries.remove(11));
        log.waiting.add(log.entries.remove(10));
        stands(FIRST, 0);
        found("row.order at 11");
    }

    @Test
    void a_row_set_back_is_named_whoever_made_the_entries_that_changed_places() throws Exception {
        inTwoSessions();
        Collections.swap(log.entries, 10, 11);
        stands(FIRST, 1);
        found("row.older at 11");
        assertTrue(verify().first()
                .orElseThrow()
                .sentence()
                .contains("says that it was written once, and the log has 2 entries that wrote it"));
    }

    @Test
    void an_entry_about_a_row_that_was_taken_off_the_end_of_a_session_is_missed() throws Exception {
        inTwoSessions();
        write(log.worker, FIRST);
        stands(FIRST, 3);
        sound();
        // The supervisor's only one of her session.
        log.supervisor.session = "";
        log.entries.remove(11);
        assertTrue(verify().findings().stream().anyMatch(f -> f.kind().equals("row.gap")));
    }

    @Test
    void a_row_that_was_deleted_is_not_written_again() throws Exception {
        write(log.worker, FIRST);
        write(log.supervisor, Entry.DELETED);
        sound();
        Collections.swap(log.entries, 10, 11);
        stands(FIRST, 0);
        found("row.order at 11");
        assertTrue(verify().first().orElseThrow().sentence().contains("stands behind entry 10, which deleted it"));
    }

    @Test
    void a_clock_that_was_put_back_accuses_nobody() throws Exception {
        write(log.worker, FIRST);
        log.time = "2026-11-25T18:02Z";
        write(log.supervisor, SECOND);
        stands(SECOND, 2);
        sound();
    }

    @Test
    void an_entry_that_nobody_signed_counts_as_no_write() throws Exception {
        inTwoSessions();
        log.entries.add(Entry.builder("2026-11-25T23:00Z", Entry.SYSTEM, "case.row-written", "0f".repeat(16))
                .object(OBJECT)
                .rowHash(SECOND)
                .build()
                .encode());
        stands(SECOND, 2);
        found("signature.missing at 12");
    }

    @Test
    void what_is_found_in_an_early_pass_is_found_once() throws Exception {
        inOneSession();
        Collections.swap(log.entries, 10, 11);
        stands(FIRST, 1);
        while (log.entries.size() < 600) {
            log.sign(log.worker, "case.row-written", b -> b.object(log.hex(32)).rowHash(Entry.DELETED));
        }
        log.seal();
        for (int ids : new int[] {7, 50, 1_000_000}) {
            Verdict verdict = new LogVerifier(SampleLog.POLICY).idsPerPass(ids).verify(log);
            assertEquals(
                    List.of("row.order", "row.older"),
                    verdict.findings().stream().map(Finding::kind).toList(),
                    ids + " ids");
            assertEquals(2, verdict.total());
        }
    }
}
