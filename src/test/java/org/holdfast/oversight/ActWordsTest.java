// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.oversight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.audit.Act;
import org.holdfast.audit.LogLine;
import org.holdfast.audit.Outcome;
import org.holdfast.audit.Pseudonym;
import org.junit.jupiter.api.Test;

class ActWordsTest {
    private static final UUID STAFF = UUID.fromString("00112233-4455-4677-8899-aabbccddeeff");
    private static final Pseudonym CASE = Pseudonym.ofRow(STAFF);

    @Test
    void every_act_has_words() {
        assertTrue(ActWords.complete());
    }

    @Test
    void a_line_is_one_sentence_with_the_name_and_the_code_of_the_case() {
        assertEquals("Amina read the case 26-001.", sentence(LogLines.actorOf(STAFF), Act.CASE_READ, Outcome.DONE));
        assertEquals(
                "Amina took a key away, case 26-001.",
                sentence(LogLines.actorOf(STAFF), Act.GRANT_REVOKED, Outcome.DONE));
        assertEquals(
                "Amina tried to read the case and was refused, case 26-001.",
                sentence(LogLines.actorOf(STAFF), Act.CASE_READ, Outcome.REFUSED));
        assertEquals(
                "Amina was refused, case 26-001.",
                sentence(LogLines.actorOf(STAFF), Act.ACCESS_REFUSED, Outcome.REFUSED));
    }

    @Test
    void whoever_cannot_be_named_is_described() {
        assertEquals(
                "The report door took in a report, case 26-001.",
                sentence("report-door", Act.REPORT_ACCEPTED, Outcome.DONE));
        assertEquals(
                "Somebody who is not enrolled logged in, case 26-001.",
                sentence("unknown", Act.SESSION_LOGIN, Outcome.DONE));
        assertEquals(
                "Person ffffffff read the log, case 26-001.", sentence("f".repeat(32), Act.LOG_READ, Outcome.DONE));
    }

    @Test
    void a_case_that_the_reader_does_not_hold_is_named_by_the_log() {
        LogLines lines = new LogLines(Map.of(), Map.of(), Map.of());
        assertEquals(
                "The server read the case 00112233.",
                lines.line(line("system", Act.CASE_READ, Outcome.DONE)).sentence());
    }

    private static String sentence(String actor, Act act, Outcome outcome) {
        LogLines lines = new LogLines(Map.of(LogLines.actorOf(STAFF), "Amina"), Map.of(CASE, "26-001"), Map.of());
        return lines.line(line(actor, act, outcome)).sentence();
    }

    private static LogLine line(String actor, Act act, Outcome outcome) {
        return new LogLine(
                7,
                STAFF,
                "2026-11-25T20:31Z",
                actor,
                act.code(),
                CASE,
                null,
                outcome,
                null,
                true,
                false,
                Optional.empty());
    }
}
