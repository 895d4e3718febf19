// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.oversight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.audit.Act;
import org.holdfast.audit.LogLine;
import org.holdfast.audit.Outcome;
import org.holdfast.audit.Pseudonym;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ActWordsTest {
    private static final UUID STAFF = UUID.fromString("00112233-4455-4677-8899-aabbccddeeff");
    private static final UUID SARA = UUID.fromString("0a0b0c0d-2233-4677-8899-aabbccddeeff");
    private static final Pseudonym CASE = Pseudonym.ofRow(STAFF);
    private static final Pseudonym LET_IN = Pseudonym.ofRow(UUID.fromString("11111111-1111-4111-8111-111111111111"));
    private static final Pseudonym ENDED = Pseudonym.ofRow(UUID.fromString("22222222-2222-4222-8222-222222222222"));

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
        LogLines lines = new LogLines(Map.of(), Map.of(), Map.of(), Map.of());
        assertEquals(
                "The server read the case 00112233.",
                lines.line(line("system", Act.CASE_READ, Outcome.DONE)).sentence());
    }

    @Test
    void what_is_done_to_somebody_says_to_whom() {
        String sara = LogLines.actorOf(SARA);
        assertEquals("Sara let Amina in.", about(sara, Act.DIRECTORY_PERSON, LET_IN, null));
        assertEquals("Sara ended the access of Amina.", about(sara, Act.DIRECTORY_PERSON_ENDED, ENDED, null));
        assertEquals(
                "Amina became the first person of the directory.",
                about(LogLines.actorOf(STAFF), Act.DIRECTORY_PERSON, LET_IN, null));
        assertEquals(
                "Sara answered the request of Amina to be let in.",
                about(sara, Act.ENROLMENT_ANSWERED, Pseudonym.ofRow(STAFF), null));
        assertEquals(
                "Somebody who is not enrolled asked to be let in: it was Amina.",
                about("unknown", Act.ENROLMENT_REQUESTED, Pseudonym.ofRow(STAFF), null));
    }

    @Test
    void whoever_cannot_be_named_is_not_made_up() {
        Pseudonym nobody = Pseudonym.ofRow(UUID.fromString("99999999-9999-4999-8999-999999999999"));
        String sara = LogLines.actorOf(SARA);
        assertEquals("Sara let a person in.", about(sara, Act.DIRECTORY_PERSON, nobody, null));
        assertEquals("Sara ended a person's access.", about(sara, Act.DIRECTORY_PERSON_ENDED, nobody, null));
        assertEquals("Sara answered a request to be let in.", about(sara, Act.ENROLMENT_ANSWERED, nobody, null));
        LogLines locked = new LogLines(Map.of(), Map.of(), Map.of(), Map.of(ENDED, STAFF));
        assertEquals(
                "Person 0a0b0c0d ended the access of Person 00112233.",
                locked.line(line(sara, Act.DIRECTORY_PERSON_ENDED, ENDED, null)).sentence());
    }

    @Test
    void only_who_logs_out_is_said_to_log_out() {
        Pseudonym session = Pseudonym.ofRow(UUID.fromString("99999999-9999-4999-8999-999999999999"));
        assertEquals("Sara logged out.", about(LogLines.actorOf(SARA), Act.SESSION_ENDED, null, "logout"));
        for (String why : List.of("person-ended", "login-ended", "idle")) {
            assertEquals(
                    "Sara ended an unlocked session.", about(LogLines.actorOf(SARA), Act.SESSION_ENDED, session, why));
            assertEquals("The server ended an unlocked session.", about("system", Act.SESSION_ENDED, session, why));
        }
    }

    private static String about(String actor, Act act, @Nullable Pseudonym object, @Nullable String reason) {
        LogLines lines = new LogLines(
                Map.of(LogLines.actorOf(STAFF), "Amina", LogLines.actorOf(SARA), "Sara"),
                Map.of(),
                Map.of(),
                Map.of(LET_IN, STAFF, ENDED, STAFF));
        return lines.line(line(actor, act, object, reason)).sentence();
    }

    private static LogLine line(String actor, Act act, @Nullable Pseudonym object, @Nullable String reason) {
        return new LogLine(
                7,
                STAFF,
                "2026-11-25T20:31Z",
                actor,
                act.code(),
                null,
                object,
                Outcome.DONE,
                reason,
                true,
                false,
                Optional.empty());
    }

    private static String sentence(String actor, Act act, Outcome outcome) {
        LogLines lines =
                new LogLines(Map.of(LogLines.actorOf(STAFF), "Amina"), Map.of(CASE, "26-001"), Map.of(), Map.of());
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
