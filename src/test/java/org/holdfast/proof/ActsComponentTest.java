// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holdfast.audit.Act;
import org.holdfast.local.DemonstrationLogin;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A day at both doors: after each thing that somebody does the log has a line of each kind that belongs to it. Every kind that there is
 * happens on this day, or stands below with the test that sees it, or with nothing that could write it. A new kind does so too, or the
 * build fails.
 */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class ActsComponentTest {
    /** Kinds of which the line is seen elsewhere, by the test that does; its source names the code. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "server.stopped", "proof/UnsafeStartIT",
            "secret.erased", "vault/ShredSweepComponentTest",
            "enrolment.declined", "vault/EnrolmentComponentTest");

    /** Kinds that nothing writes yet: their codes are taken, so that they never mean anything else. */
    private static final Set<Act> NOBODY_YET =
            EnumSet.of(Act.DIRECTORY_HANDOVER, Act.CASE_ROW_DELETED, Act.POLICY_CHANGED);

    /** What founding wrote, once for all tests, and the start of the server. */
    private static final Set<Act> BEFORE = EnumSet.of(
            Act.DIRECTORY_FOUNDING,
            Act.DIRECTORY_INTAKE_EPOCH,
            Act.DIRECTORY_OVERSIGHT_KEY,
            Act.DIRECTORY_STAFF_KEY,
            Act.SERVER_STARTED);

    private final Organisation organisation = Organisation.ofTests();
    private final Set<Act> seen = EnumSet.noneOf(Act.class);
    private Tamperer database;

    @BeforeEach
    void look() throws Exception {
        database = new Tamperer("holdfast");
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    private interface Doing {
        void run() throws Exception;
    }

    @Test
    void every_kind_of_line_is_written_when_what_it_says_is_done() throws Exception {
        Map<Act, Long> before = lines();
        BEFORE.forEach(act -> assertTrue(before.getOrDefault(act, 0L) > 0, act + " of the beginning"));
        seen.addAll(BEFORE);

        Visitor amina = Visitor.at(TestStack.desk());
        comingAndGoing(amina);
        String address = casework(amina);
        Visitor sara = organisation.unlocked("sara");
        asking(sara, amina, address);
        reporting(amina);
        people(sara);
        theLogItself();
        does(
                () -> assertEquals(
                        "refused", Outcome.of(organisation.unlocked("audrey").get("/desk/cases"))),
                Act.ACCESS_REFUSED);
        try (Tamperer.Undo back = database.change(
                "case_file",
                "update case_file set due_day = '2031-01-01' where id = '" + address.replaceFirst(".*/", "") + "'")) {
            does(() -> assertEquals("tampering", Outcome.of(amina.get(address))), Act.ACCESS_TAMPERING);
        }

        Set<String> missing = Stream.of(Act.values())
                .filter(act -> !seen.contains(act) && !NOBODY_YET.contains(act))
                .map(Act::code)
                .collect(Collectors.toCollection(TreeSet::new));
        missing.removeAll(ELSEWHERE.keySet());
        assertEquals(Set.of(), missing, "no test sees the line of these");
    }

    private void comingAndGoing(Visitor amina) throws Exception {
        does(() -> amina.signIn(Organisation.login("amina")), Act.SESSION_LOGIN);
        String person = actorOfNewest(Act.SESSION_LOGIN);
        does(() -> Organisation.unlock(amina, "not these words"), Act.SESSION_UNLOCK_REFUSED);
        unlocks(amina);
        assertEquals(person, actorOfNewest(Act.SESSION_UNLOCKED));
        amina.get("/desk");
        does(() -> amina.submit("form[action=/desk/lock]", Map.of()), Act.SESSION_LOCKED);
        assertEquals(person, actorOfNewest(Act.SESSION_LOCKED));
        unlocks(amina);
        amina.get("/desk");
        does(() -> amina.submit("form[action=/desk/logout]", Map.of()), Act.SESSION_ENDED);
        assertEquals(person, actorOfNewest(Act.SESSION_ENDED));
        does(() -> amina.signIn(Organisation.login("amina")), Act.SESSION_LOGIN);
        unlocks(amina);
        Visitor other = Visitor.at(TestStack.desk());
        does(() -> other.signIn(Organisation.login("noor")), Act.SESSION_LOGIN);
        assertNotEquals(person, actorOfNewest(Act.SESSION_LOGIN), "each login names who it is");
    }

    private void unlocks(Visitor amina) throws Exception {
        does(() -> Organisation.unlock(amina, organisation.passphrase("amina")), Act.SESSION_UNLOCKED);
    }

    private String casework(Visitor amina) throws Exception {
        does(() -> amina.get("/desk/cases"), Act.CASE_LISTED);
        amina.get("/desk/cases/new");
        does(
                () -> amina.submit("main form[action=/desk/cases]", Map.of("working", "Diary Dipper")),
                Act.CASE_CREATED,
                Act.KEY_CREATED,
                Act.GRANT_GIVEN);
        String address = amina.last().uri().getPath();
        amina.get(address + "/person");
        does(() -> amina.submit("main form", Map.of("role", "pr.person_at_risk")), Act.CASE_ROW_WRITTEN);
        does(() -> amina.get(address + "/edit"), Act.CASE_READ);
        does(() -> amina.submit("main form", Map.of("summary", "what happened")), Act.CASE_WRITTEN);
        amina.get(address);
        does(
                () -> amina.submit("form[action$=/identity]", Map.of("reason", "ar.assigned_work")),
                Act.CASE_IDENTITY_READ);
        amina.get(address);
        does(
                () -> amina.submit("form[action$=/assign]", Map.of("to", amina.option("#to", "Tenzin (caseworker)"))),
                Act.CASE_ASSIGNED);
        amina.get(address);
        does(
                () -> amina.submit("form[action$=/unassign]:contains(Take it from Tenzin)", Map.of()),
                Act.CASE_UNASSIGNED,
                Act.GRANT_REVOKED);
        return address;
    }

    private void asking(Visitor sara, Visitor amina, String address) throws Exception {
        sara.get(address);
        does(
                () -> sara.submit("form[action$=/ask]", Map.of("because", "ar.supervision", "words", "")),
                Act.CASE_REQUESTED);
        amina.get(address);
        does(() -> amina.submit("form[action$=/decline]", Map.of("why", "")), Act.CASE_REQUEST_DECLINED);
    }

    private void reporting(Visitor amina) throws Exception {
        Visitor reporter = Visitor.at(TestStack.report());
        reporter.get("/form/a");
        Map<String, String> form = new LinkedHashMap<>();
        form.put(
                "ticket",
                reporter.page()
                        .select("form[action=/form/a] input[name=ticket]")
                        .val());
        form.put("step", "send");
        form.put("narrative", "They came.");
        does(() -> reporter.post("/form/a", form), Act.REPORT_ACCEPTED);
        String report =
                "/desk/intake/" + reporter.page().select("input[name=report]").val();
        does(() -> reporter.submit("form:has(input[name=proof])", Map.of()), Act.REPORT_CARD);
        String number = reporter.text("#number");

        does(() -> amina.get("/desk/intake"), Act.INTAKE_LISTED);
        does(() -> amina.get(report), Act.REPORT_READ);
        does(
                () -> amina.submit("form[action$=/identity]", Map.of("reason", "ar.assigned_work")),
                Act.REPORT_IDENTITY_READ);
        amina.get(report);
        does(() -> amina.submit("form[action$=/case]", Map.of()), Act.REPORT_REMOVED, Act.CASE_CREATED);
        amina.get(amina.last().uri().getPath());
        does(
                () -> amina.submit("form[action$=/reply]", Map.of("text", "We read it.")),
                Act.REPLY_WRITTEN,
                Act.REPLY_QUEUED,
                Act.REPLY_DELIVERED,
                Act.REPLY_CLEARED);
        does(() -> reporter.post("/reply", Map.of("number", number)), Act.MAILBOX_OPENED);
        String answer = reporter.page().select("input[name=remove]").val();
        assertFalse(answer.isEmpty(), reporter.text("main"));
        does(() -> reporter.post("/reply", Map.of("number", number, "remove", answer)), Act.REPLY_REMOVED);
    }

    private void people(Visitor sara) throws Exception {
        does(() -> sara.get("/oversight/people"), Act.PEOPLE_LISTED);
        assertEquals(actorOfNewest(Act.PEOPLE_LISTED), actorOfNewest(Act.CASE_REQUESTED), "both were Sara");
        does(
                () -> Newcomers.enrol(organisation, DemonstrationLogin.NEWCOMERS.get(1), sara, "Dorji"),
                Act.ENROLMENT_REQUESTED,
                Act.SLOT_WRITTEN,
                Act.ENROLMENT_ANSWERED,
                Act.DIRECTORY_PERSON,
                Act.STAFF_WRITTEN);
        sara.get("/oversight/people");
        does(
                () -> sara.submit("tr:contains(Dorji) form", Map.of("sure", "yes")),
                Act.DIRECTORY_PERSON_ENDED,
                Act.GRANT_REVOKED,
                Act.SESSION_ENDED);
    }

    private void theLogItself() throws Exception {
        Visitor audrey = organisation.unlocked("audrey");
        does(() -> audrey.get("/oversight/log"), Act.LOG_READ);
        does(() -> audrey.submit("form[action=/oversight/log/verify]", Map.of()), Act.LOG_VERIFIED);
        does(() -> Logbook.verify(TestStack.desk(), audrey), Act.LOG_BUNDLED);
    }

    @Test
    void what_is_seen_elsewhere_is_and_what_nobody_writes_nobody_does() throws Exception {
        for (Act act : Act.values()) {
            String test = ELSEWHERE.get(act.code());
            if (test != null) {
                String source = Files.readString(Path.of("src/test/java/org/holdfast", test + ".java"));
                assertTrue(
                        source.contains(act.code()) || source.contains("Act." + act.name()),
                        test + " does not look for " + act.code());
            }
        }
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                if (!Set.of("Act.java", "ActWords.java")
                        .contains(file.getFileName().toString())) {
                    String source = Files.readString(file);
                    for (Act act : NOBODY_YET) {
                        assertFalse(source.contains("Act." + act.name()), file + " writes " + act.code());
                    }
                }
            }
        }
    }

    /** Does something; then there is a line more of each of these kinds, at once or, of what the server does later, in a while. */
    private void does(Doing what, Act... kinds) throws Exception {
        Map<Act, Long> before = lines();
        what.run();
        Set<Act> missing = EnumSet.copyOf(List.of(kinds));
        for (int i = 0; i < 300 && !missing.isEmpty(); i++) {
            if (i > 0) {
                Thread.sleep(100);
            }
            Map<Act, Long> now = lines();
            missing.removeIf(act -> now.getOrDefault(act, 0L) > before.getOrDefault(act, 0L));
        }
        assertEquals(Set.of(), missing, "done, and no line of it");
        seen.addAll(List.of(kinds));
    }

    private Map<Act, Long> lines() throws Exception {
        Map<Act, Long> lines = new LinkedHashMap<>();
        for (String row : database.ask("select act || ' ' || count(*) from audit_entry group by act")) {
            String[] words = row.split(" ");
            Act.of(words[0]).ifPresent(act -> lines.put(act, Long.parseLong(words[1])));
        }
        return lines;
    }

    /** Who did the last of these that have a number. */
    private String actorOfNewest(Act act) throws Exception {
        for (int i = 0;
                i < 100 && database.count("select count(*) from audit_pending where held_until is null") > 0;
                i++) {
            Thread.sleep(50);
        }
        return database.ask("select actor from audit_entry join audit_sequence using (id) where act = '" + act.code()
                        + "' order by seq desc limit 1")
                .get(0);
    }
}
