// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.TestStack;
import org.holdfast.tools.HoldfastTools;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job from end to end in a real browser with scripts off: an organisation is founded, an exile reports, caseworkers work on the
 * case, the exile reads the answer, a supervisor finds every act in the log and proves that it was not altered. Each test is a chapter
 * and needs the ones before it.
 */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
@TestProfile(MainJourneyTest.NewOrganisation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MainJourneyTest {
    private final Map<String, Person> staff = new LinkedHashMap<>();
    private final Map<String, String> passphrases = new LinkedHashMap<>();

    @TempDir
    static Path folder;

    /** The journey may run over midnight. */
    private static final LocalDate BEGUN = LocalDate.now(Clock.systemUTC());

    private Browsing browsing;
    private Person exile;
    private String number = "";
    private String reportAddress = "";
    private String caseAddress = "";

    /** A profile of its own means a stack of its own: nobody has founded anything in it. */
    public static final class NewOrganisation implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "holdfast.languages.drafts", "true",
                    // An organisation waits, so that times tell nothing; a journey cannot.
                    "holdfast.log.report-door", "at-once",
                    "holdfast.intake.reply-delay.min", "PT0S",
                    "holdfast.intake.reply-delay.max", "PT0S");
        }
    }

    /** A chapter that fails says where everybody was. */
    @RegisterExtension
    final TestExecutionExceptionHandler told = (context, failure) -> {
        staff.forEach((name, person) ->
                failure.addSuppressed(new IllegalStateException(name + " at " + person.whereabouts())));
        throw failure;
    };

    @BeforeAll
    void start() {
        browsing = Browsing.start();
    }

    @AfterAll
    void end() {
        browsing.close();
    }

    @Test
    @Order(1)
    void a_supervisor_founds_the_organisation() {
        Person sara = logsIn("sara");
        sara.look("desk-first-visit");
        sara.follow("Begin the first start");
        sara.look("start");
        sara.press("Make the keys");
        sara.look("start-keys");
        passphrases.put("sara", sara.shown("passphrase-shown").strip());
        sara.type("Type your six words again", "not these words");
        sara.type("Your name, as colleagues shall see it", "Sara Lindqvist");
        sara.press("Found the organisation");
        sara.reads("There is a problem");
        sara.look("start-words-wrong");
        sara.type("Type your six words again", passphrases.get("sara"));
        sara.press("Found the organisation");
        sara.sees("Your organisation is founded");
        assertTrue(sara.shown("pin").strip().matches("[0-9a-f]{64}"));
        sara.look("start-founded");
        sara.follow("Go to the desk");
        sara.sees("Home");
        sara.look("desk-home-supervisor");
    }

    @Test
    @Order(2)
    void each_colleague_makes_keys_and_is_let_in_after_eight_words() {
        Person sara = staff.get("sara");
        for (Map.Entry<String, String> each : Map.of(
                        "amina",
                        "Amina Rahimi",
                        "tenzin",
                        "Tenzin Dolma",
                        "noor",
                        "Noor Haddad",
                        "audrey",
                        "Audrey Novak")
                .entrySet()) {
            Person new_ = logsIn(each.getKey());
            new_.follow("Make your keys");
            new_.look("enrol");
            new_.press("Make my keys");
            passphrases.put(each.getKey(), new_.shown("passphrase-shown").strip());
            new_.look("enrol-keys");
            new_.type("Type your six words again", passphrases.get(each.getKey()));
            new_.type("Your name, as colleagues shall see it", each.getValue());
            new_.press("Ask a supervisor");
            new_.look("enrol-waiting");
            String words = new_.shown("words").strip();
            assertEquals(8, words.split("\\s+").length);
            sara.follow("People");
            sara.reads(words);
            sara.look("people-waiting");
            sara.tick("I compared all eight words with this person, and they are equal");
            sara.press("Approve " + each.getValue());
            sara.reads(each.getValue());
            new_.open("/desk");
            new_.look("desk-locked");
            unlocks(new_, each.getKey());
            new_.look(each.getKey().equals("audrey") ? "desk-home-auditor" : "desk-home-caseworker");
        }
        sara.open("/oversight/people");
        sara.look("people");
    }

    @Test
    @Order(3)
    void an_exile_reports_and_keeps_a_number() {
        exile = browsing.exile(TestStack.report());
        assertEquals(200, exile.open("/"));
        exile.look("report-first-page");
        exile.followStarting("My family was threatened");
        exile.look("report-form");
        exile.press("Continue: check what you wrote");
        exile.reads("There is a problem");
        exile.look("report-form-problem");
        Story.reportFamilyThreat(exile);
        exile.press("Continue: check what you wrote");
        exile.sees("Check before you send");
        exile.look("report-review");
        exile.press("Send this report");
        exile.sees("Your report is stored.");
        exile.look("report-stored");
        exile.press("Give me a number");
        exile.sees("Your number");
        number = exile.shown("number").replaceAll("\\s", "");
        assertTrue(number.matches("[0-9]{32}"), "not a number");
        exile.look("report-number");
        assertEquals(List.of(), exile.cookies());
        exile.press("Leave this page");
        exile.sees("World clock");
        exile.look("report-left");
    }

    @Test
    @Order(4)
    void the_report_door_speaks_persian_and_chinese() {
        try (Person visitor = browsing.exile(TestStack.report())) {
            for (String lang : List.of("fa", "zh-Hans")) {
                for (String page : List.of("/", "/form/a", "/form/b", "/form/c", "/reply")) {
                    assertEquals(200, visitor.open(page + "?lang=" + lang));
                    assertEquals(lang, visitor.language());
                    visitor.look("report-" + lang
                            + page.replace("/form/", "/form-")
                                    .replaceAll("/$", "/first")
                                    .replace('/', '-'));
                }
            }
            for (String page : List.of("b", "c")) {
                visitor.open("/form/" + page);
                visitor.look("report-form-" + page);
            }
        }
    }

    @Test
    @Order(5)
    void a_caseworker_makes_the_report_a_case_and_records_three_kinds() {
        Person amina = staff.get("amina");
        amina.follow("New reports");
        amina.look("intake");
        amina.reads("Danger now");
        amina.followStarting("Open the report");
        reportAddress = amina.path();
        amina.reads("They knew about the speech I gave in Berlin.");
        amina.look("intake-report");
        amina.choose("Reason", "On-call duty");
        amina.press("Open name and contact");
        amina.reads("Lark");
        amina.look("intake-report-identity");
        amina.press("Make it a case");
        caseAddress = amina.path();
        assertTrue(caseAddress.startsWith("/desk/cases/"), caseAddress);
        amina.look("case-new");

        amina.follow("Record a threat to family");
        amina.look("case-record-family");
        Story.recordFamilyThreat(amina);
        amina.press("Save the report");
        amina.look("case-report-family");
        amina.open(caseAddress);
        amina.follow("Record an approach by an agent or proxy");
        amina.look("case-record-approach");
        Story.recordApproach(amina);
        amina.press("Save the report");
        amina.look("case-report-approach");
        amina.open(caseAddress);
        amina.follow("Record a travel risk");
        amina.look("case-record-journey");
        Story.recordJourney(amina);
        amina.press("Save the report");
        amina.look("case-report-journey");

        amina.open(caseAddress);
        amina.follow("Change summary and state");
        amina.look("case-edit");
        amina.type("Summary", Story.SUMMARY);
        amina.type("Next step", "Call the lawyer about the travel document");
        amina.choose("Status", "Open");
        amina.choose("Risk level", "High");
        amina.date("Review by", "3", "12", "2026");
        amina.press("Save");
        amina.reads(Story.SUMMARY);
        amina.choose("Open who it is about, because of", "Work on my case");
        amina.press("Open the persons");
        amina.reads("Lark");
        amina.look("case-persons");
        amina.open(caseAddress + "/person");
        amina.look("case-person-new");
        amina.open("/desk/cases");
        amina.look("cases");
        amina.open("/desk/cases/new");
        amina.look("case-create");
    }

    @Test
    @Order(6)
    void the_second_caseworker_can_open_the_case_and_the_third_neither_case_nor_report() {
        Person amina = staff.get("amina");
        Person tenzin = staff.get("tenzin");
        Person noor = staff.get("noor");
        assertEquals(404, tenzin.open(caseAddress));
        amina.open(caseAddress);
        amina.choose("Assign to", "Tenzin Dolma (caseworker)");
        amina.press("Assign");
        amina.reads("Tenzin Dolma");
        amina.look("case-assigned");
        assertEquals(200, tenzin.open(caseAddress));
        tenzin.reads(Story.SUMMARY);

        supervisorAsks(amina, staff.get("sara"));

        assertEquals(404, noor.open(caseAddress));
        noor.look("desk-nothing-here");
        assertEquals(404, noor.open(reportAddress));
        noor.open("/desk/intake");
        noor.look("intake-empty");
        noor.open("/desk/cases");
        noor.look("cases-empty");
        assertEquals(403, noor.open("/oversight/log"));
        noor.look("desk-refused");
    }

    /** The supervisor sees the summary, asks for the rest, is given it and hands it back. */
    private void supervisorAsks(Person amina, Person sara) {
        assertEquals(200, sara.open(caseAddress));
        sara.reads("You hold the summary only");
        sara.look("case-summary-only");
        sara.chooseNumber("Ask for this case, because of", 3);
        sara.type("What they should know (may stay empty)", "I review the cases of this month");
        sara.press("Ask for this case");
        sara.reads("Nobody has answered yet");
        sara.look("case-waiting");
        amina.open(caseAddress);
        amina.reads("I review the cases of this month");
        amina.look("case-asked-for");
        amina.press("Give everything to Sara Lindqvist");
        sara.open(caseAddress);
        sara.look("case-supervisor");
        sara.press("Give it back");
        sara.open(caseAddress);
        sara.reads("You hold the summary only");
    }

    @Test
    @Order(7)
    void two_who_change_the_same_text_lose_none() {
        Person amina = staff.get("amina");
        Person tenzin = staff.get("tenzin");
        amina.open(caseAddress + "/edit");
        tenzin.open(caseAddress + "/edit");
        tenzin.type("Next step", "Tenzin calls the lawyer on Monday");
        tenzin.press("Save");
        amina.type("Next step", "Ask the reporter about the passport");
        amina.press("Save");
        amina.reads("Somebody else saved this meanwhile");
        amina.reads("Tenzin calls the lawyer on Monday");
        amina.look("case-edit-conflict");
    }

    @Test
    @Order(8)
    void the_exile_comes_back_with_the_number_and_reads_the_answer() {
        Person tenzin = staff.get("tenzin");
        tenzin.open(caseAddress);
        tenzin.type("New answer", Story.ANSWER);
        tenzin.press("Send the answer");
        tenzin.reads(Story.ANSWER);
        tenzin.look("case");

        exile.open("/");
        exile.follow("I have a number and want to read the answer");
        exile.look("reply");
        exile.type("Your number", "1234");
        exile.press("Open");
        exile.reads("There is a problem");
        exile.look("reply-problem");
        for (int tries = 0; tries < 40 && !exile.text().contains(Story.ANSWER); tries++) {
            exile.pause(500);
            exile.open("/reply");
            exile.type("Your number", number);
            exile.press("Open");
        }
        exile.sees("Our answer");
        exile.reads(Story.ANSWER);
        exile.look("reply-read");
        assertEquals(List.of(), exile.cookies());
    }

    @Test
    @Order(9)
    void a_supervisor_finds_every_act_in_the_log_and_verifies_it() throws Exception {
        Person sara = staff.get("sara");
        sara.open("/oversight");
        sara.look("oversight");
        sara.follow("Log");
        sara.pause(1500);
        sara.open("/oversight/log");
        sara.look("log");
        String all = everyLine(sara);
        for (String act : List.of(
                "Sara Lindqvist founded the organisation",
                "The report door took in a report",
                "The report door gave out a return number",
                "Amina Rahimi unlocked the keys",
                "Amina Rahimi looked at the list of new reports",
                "Amina Rahimi read a report",
                "Amina Rahimi opened who a report is from",
                "Amina Rahimi made a case",
                "Amina Rahimi removed a report from the new ones",
                "Amina Rahimi wrote a part of the case",
                "Amina Rahimi changed the case",
                "Amina Rahimi opened who the case is about",
                "Amina Rahimi assigned the case",
                "Sara Lindqvist asked for the case",
                "Sara Lindqvist gave back the case",
                "Tenzin Dolma read the case",
                "Tenzin Dolma wrote a reply to the reporter",
                "The report door laid a reply into the mailbox",
                "The report door showed replies for a return number",
                "Noor Haddad was refused",
                "Sara Lindqvist read the log")) {
            assertTrue(all.contains(act), () -> "no line \"" + act + "\" in:\n" + all);
        }

        sara.open("/oversight/log");
        sara.choose("Who", "Amina Rahimi");
        sara.press("Show");
        String hers = everyLine(sara);
        assertTrue(hers.contains("Amina Rahimi made a case"), hers);
        assertFalse(hers.contains("Tenzin Dolma read"), hers);
        sara.open("/oversight/log");
        sara.chooseNumber("Case", 1);
        sara.press("Show");
        String ofCase = everyLine(sara);
        assertTrue(ofCase.contains("Tenzin Dolma read the case"), ofCase);
        assertFalse(ofCase.contains("founded"), ofCase);
        sara.look("log-of-a-case");
        sara.open("/oversight/log");
        sara.choose("What", "Case read");
        sara.press("Show");
        String reads = everyLine(sara);
        assertTrue(reads.contains("Amina Rahimi read the case"), reads);
        assertFalse(reads.contains("made a case"), reads);
        sara.open("/oversight/log");
        sara.type("From", BEGUN.toString());
        sara.type("To", LocalDate.now(Clock.systemUTC()).toString());
        sara.press("Show");
        assertTrue(everyLine(sara).contains("Amina Rahimi made a case"));
        sara.open("/oversight/log");
        sara.type("To", "2026-01-01");
        sara.press("Show");
        sara.reads("No line");

        sara.open("/oversight/log");
        sara.press("Verify the log");
        sara.reads("Sound up to");
        sara.look("log-verified");
    }

    /** Everything the log shows under its filter, page by page. */
    private static String everyLine(Person reader) {
        StringBuilder all = new StringBuilder(reader.table());
        while (reader.hasButton("Older lines")) {
            reader.press("Older lines");
            all.append(reader.table());
        }
        return all.toString();
    }

    @Test
    @Order(10)
    void the_verifier_without_the_server_says_sound_and_names_the_entry_that_was_changed() throws Exception {
        Person sara = staff.get("sara");
        sara.open("/oversight/log");
        Path kept = sara.download("Keep a checkpoint", folder, "checkpoint.txt");
        Path bundle = sara.download("Download the bundle", folder, "log.zip");
        StringWriter said = new StringWriter();
        assertEquals(0, verify(said, bundle, kept), said::toString);
        assertTrue(said.toString().contains("SOUND up to entry"), said::toString);

        byte[] bytes = Files.readAllBytes(bundle);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\"case.created\"");
        bytes[at + 1] ^= 1;
        Path changed = Files.write(folder.resolve("changed.zip"), bytes);
        StringWriter saidOfChanged = new StringWriter();
        assertEquals(1, verify(saidOfChanged, changed, kept), saidOfChanged::toString);
        assertTrue(saidOfChanged.toString().contains("NOT SOUND"), saidOfChanged::toString);
        sara.choose("What", "Case made");
        sara.press("Show");
        String entry = sara.table().strip().split("\\s", 2)[0].replace(",", "");
        assertTrue(
                saidOfChanged.toString().contains("[entry " + entry + ", entry.altered]"),
                () -> "not entry " + entry + " in:\n" + saidOfChanged);
        assertTrue(
                saidOfChanged.toString().indexOf("[")
                        == saidOfChanged.toString().indexOf("[entry " + entry + ","),
                () -> "entry " + entry + " is not named first:\n" + saidOfChanged);
    }

    @Test
    @Order(11)
    void the_auditor_proves_the_log_and_reads_no_content() {
        Person audrey = staff.get("audrey");
        audrey.open("/desk");
        audrey.follow("Log");
        String seen = everyLine(audrey);
        assertTrue(seen.contains("Amina Rahimi made a case"), seen);
        assertFalse(seen.contains("Lark") || seen.contains(Story.SUMMARY), "content in the log");
        audrey.open("/oversight/log");
        audrey.look("log-auditor");
        audrey.press("Verify the log");
        audrey.reads("Sound up to");
        Path bundle = audrey.download("Download the bundle", folder, "audited.zip");
        Path kept = audrey.download("Keep a checkpoint", folder, "audited.txt");
        StringWriter said = new StringWriter();
        assertEquals(0, verify(said, bundle, kept), said::toString);
        for (String address : List.of(caseAddress, caseAddress + "/edit", reportAddress)) {
            int status = audrey.open(address);
            assertTrue(status == 404 || status == 403, address + " answers " + status);
            assertFalse(audrey.text().contains(Story.SUMMARY) || audrey.text().contains("Lark"), audrey.text());
        }
        audrey.look("desk-auditor-refused");
        audrey.open("/desk/cases");
        assertFalse(audrey.text().contains("Lark") || audrey.text().contains(Story.SUMMARY), audrey.text());
    }

    private static int verify(StringWriter said, Path bundle, Path kept) {
        PrintWriter out = new PrintWriter(said, true);
        return HoldfastTools.run(out, out, "verify", bundle.toString(), "--kept", kept.toString(), "--signatures");
    }

    @Test
    @Order(12)
    void every_page_is_accessible_and_fits_a_narrow_screen() {
        assertEquals(List.of(), browsing.check().findings());
    }

    /** At the real login page. */
    private Person logsIn(String name) {
        Person person = browsing.staff(TestStack.desk());
        staff.put(name, person);
        person.open("/desk");
        person.look("login");
        person.type("Username", name);
        person.type("Password", name + "-demo-passphrase");
        person.press("Sign In");
        person.arrives();
        return person;
    }

    private void unlocks(Person person, String name) {
        person.open("/desk/unlock");
        person.look("unlock");
        person.type("Your six words", passphrases.get(name));
        person.press("Unlock");
        person.sees("Home");
    }
}
