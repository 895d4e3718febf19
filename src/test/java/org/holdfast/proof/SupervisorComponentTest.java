// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.audit.Sequencer;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A supervisor holds the summary of every case and nothing else of it. She asks for more, those who hold the case give or decline, and
 * what is said with it stands nowhere in clear.
 */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class SupervisorComponentTest {
    private static final String FOR_HOLDERS = "an account for those who hold the case";

    @Inject
    Sequencer sequencer;

    private final Organisation organisation = Organisation.ofTests();
    private final Markers markers = new Markers();
    private Tamperer database;
    private Visitor amina;
    private Visitor sara;
    private String address = "";
    private String report = "";
    private String label = "";

    @BeforeEach
    void work() throws Exception {
        database = new Tamperer("holdfast");
        amina = organisation.unlocked("amina");
        sara = organisation.unlocked("sara");
        amina.get("/desk/cases/new");
        address = amina.submit("main form[action=/desk/cases]", Map.of("working", "Asking Albatross"))
                .uri()
                .getPath();
        amina.get(address + "/reports/new/b");
        amina.submit("main form", Map.of("incidents", "aa.home_visit", "narrative", FOR_HOLDERS));
        amina.get(address);
        label = amina.text("h1");
        report = amina.page().select("main th a[href*=/reports/]").attr("href");
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    @Test
    void a_supervisor_asks_a_caseworker_gives_and_the_supervisor_assigns_it_further() throws Exception {
        Visitor tenzin = organisation.unlocked("tenzin");
        Visitor noor = organisation.unlocked("noor");
        seesTheSummaryOnly();
        assertEquals("nothing", Outcome.of(noor.get(address)));
        String tenzinsId = amina.option("#to", "Tenzin (caseworker)");
        HttpResponse<String> forced = sara.post(address + "/assign", signed("/assign", "to", tenzinsId));
        assertEquals("refused", Outcome.of(forced));
        assertEquals("nothing", Outcome.of(tenzin.get(address)));
        HttpResponse<String> identity =
                sara.post(address + "/identity", signed("/identity", "reason", "ar.supervision"));
        assertEquals("refused", Outcome.of(identity));
        assertEquals("You do not hold who this case is about", Outcome.heading(identity.body()));

        String words = markers.word("why she asks");
        ask("", words, 422);
        assertTrue(sara.page().select("textarea[name=words]").text().contains(words), "what was typed stays");
        ask("ar.supervision", "x".repeat(501), 422);
        ask("ar.supervision", words, 200);
        assertTrue(sara.text("#access").contains("Nobody has answered yet"), sara.text("#access"));
        assertTrue(sara.page().select("form[action$=/ask]").isEmpty(), "who waits does not ask again");
        assertEquals(
                200,
                sara.post(address + "/ask", signed("/ask", "because", "ar.emergency"))
                        .statusCode());
        assertEquals(1, requests(), "one request a person");
        assertEquals("refused", Outcome.of(sara.get(report)), "asking opens nothing");
        String row = row();
        for (String act : List.of("/give", "/decline")) {
            HttpResponse<String> self = sara.post(address + act, signed(act, "request", row));
            assertEquals("refused", Outcome.of(self), "nobody answers herself");
        }

        amina.get(address);
        assertTrue(amina.text("#access").contains(words));
        assertTrue(amina.page().select("#access article").text().contains("Sara (supervisor) asks for this case"));
        amina.submit("form[action$=/give]", Map.of());
        assertTrue(holders(amina).contains("Sara, supervisor: everything"), holders(amina));
        assertTrue(amina.page().select("form[action$=/give]").isEmpty());

        assertTrue(sara.get(report).body().contains(FOR_HOLDERS));
        sara.get(address);
        sara.submit("form[action$=/assign]", Map.of("to", sara.option("#to", "Tenzin (caseworker)")));
        assertTrue(tenzin.get(report).body().contains(FOR_HOLDERS));
        assertEquals("nothing", Outcome.of(noor.get(address)));
        sara.get(address);
        sara.submit("form[action$=/unassign]:contains(Take it from Tenzin)", Map.of());
        assertEquals("nothing", Outcome.of(tenzin.get(address)));

        amina.get(address);
        amina.submit("form[action$=/unassign]:contains(Take it from Sara)", Map.of());
        seesTheSummaryOnly();
        assertFalse(sara.page().select("form[action$=/ask]").isEmpty(), "and may ask again");
        theLogSays(
                "Sara was refused, case " + label + ". refused holds no reports and answers of this case signed",
                "Sara asked for the case " + label + ".",
                "Amina assigned the case " + label + " to Sara. done who it is about, reports and answers signed",
                "Sara assigned the case " + label
                        + " to Tenzin. done who it is about, reports and answers, summary signed",
                "Amina took the case " + label + " from Sara. done who it is about, reports and answers signed");
        standsNowhere();
    }

    @Test
    void what_is_declined_is_told_and_can_be_asked_again() throws Exception {
        String words = markers.word("why she asks");
        String why = markers.word("why not");
        ask("ar.link_review", words, 200);
        amina.get(address);
        String decline = "form[action$=/decline]";
        assertEquals(422, amina.submit(decline, Map.of("why", "y".repeat(501))).statusCode());
        assertTrue(amina.page().select(decline + " textarea").text().contains("yyy"), "what was typed stays");
        assertEquals(200, amina.submit(decline, Map.of("why", why)).statusCode());
        assertTrue(amina.page().select(decline).isEmpty());
        sara.get(address);
        assertTrue(sara.text("#access").contains("Amina declined what you asked"), sara.text("#access"));
        assertTrue(sara.text("#access").contains(why));
        assertEquals("refused", Outcome.of(sara.get(report)));
        sara.get(address);
        ask("ar.emergency", "", 200);
        assertEquals(1, requests());
        theLogSays("Amina declined a request for the case " + label + ".");
        standsNowhere();
    }

    @Test
    void a_case_given_by_the_list_of_colleagues_answers_what_was_asked() throws Exception {
        ask("ar.supervision", "", 200);
        amina.get(address);
        amina.submit("form[action$=/assign]", Map.of("to", amina.option("#to", "Sara (supervisor)")));
        assertTrue(sara.get(report).body().contains(FOR_HOLDERS));
        amina.get(address);
        amina.submit("form[action$=/unassign]:contains(Take it from Sara)", Map.of());
        assertTrue(amina.page().select("form[action$=/give]").isEmpty(), "it was answered and waits no longer");
    }

    @Test
    void a_case_from_which_somebody_was_taken_waits_for_new_keys() throws Exception {
        long before = keysDue();
        amina.get(address);
        amina.submit("form[action$=/assign]", Map.of("to", amina.option("#to", "Tenzin (caseworker)")));
        assertEquals(before, keysDue(), "giving is no reason");
        amina.get(address);
        amina.submit("form[action$=/unassign]:contains(Take it from Tenzin)", Map.of());
        assertEquals(before + 1, keysDue());
        amina.get(address);
        amina.submit("form[action$=/assign]", Map.of("to", amina.option("#to", "Tenzin (caseworker)")));
        assertEquals(before + 1, keysDue(), "the case still waits when she has it again");
        amina.get(address);
        amina.submit("form[action$=/unassign]:contains(Take it from Tenzin)", Map.of());
        assertEquals(before + 1, keysDue(), "a case waits once");
        assertTrue(sara.text("main").contains("only counts these cases"));
    }

    private long keysDue() throws Exception {
        sara.get("/oversight");
        Element count = sara.page().selectFirst("dt:contains(Cases that wait for new keys) + dd");
        return Long.parseLong(count == null ? "-1" : count.text());
    }

    private void seesTheSummaryOnly() throws Exception {
        HttpResponse<String> page = sara.get(address);
        assertEquals("page", Outcome.of(page));
        assertFalse(page.body().contains(FOR_HOLDERS));
        String access = sara.text("#access").replaceAll("\\s+", " ");
        assertTrue(access.contains("You hold the summary only"), access);
        assertTrue(access.contains("You do not hold its reports and answers, nor who it is about"), access);
        assertTrue(holders(sara).contains("Amina, caseworker: everything"), holders(sara));
        assertTrue(sara.page()
                .select("form[action$=/assign], form[action$=/unassign]")
                .isEmpty());
        assertEquals("refused", Outcome.of(sara.get(report)));
        sara.get(address);
    }

    private void ask(String reason, String words, int status) throws Exception {
        sara.get(address);
        HttpResponse<String> page = sara.submit("form[action$=/ask]", Map.of("because", reason, "words", words));
        assertEquals(status, page.statusCode(), sara.text("main"));
    }

    private static String holders(Visitor who) {
        return String.join("\n", who.page().select("#access li").eachText());
    }

    private long requests() throws Exception {
        return database.count("select count(*) from case_request where case_id = '" + id() + "'");
    }

    private String row() throws Exception {
        return database.ask("select id::text from case_request where case_id = '" + id() + "'")
                .get(0);
    }

    private String id() {
        return address.replaceFirst(".*/", "");
    }

    /** A form of Sara with a ticket as a page would have it, for a form that no page shows. */
    private Map<String, String> signed(String act, String field, String value) throws Exception {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("ticket", TicketForger.desk(TestStack.subject("sara"), address + act, Duration.ZERO));
        fields.put(field, value);
        return fields;
    }

    private void theLogSays(String... sentences) throws Exception {
        sequencer.run();
        sara.get("/oversight/log");
        sara.submit("main form.filters", Map.of("case", sara.option("#case", label)));
        String lines = String.join("\n", sara.page().select("tbody tr").eachText());
        for (String sentence : sentences) {
            assertTrue(lines.contains(sentence), sentence + " in\n" + lines);
        }
    }

    /** What was said is in the seals alone. */
    private void standsNowhere() throws Exception {
        List<String> found = Dump.values().stream()
                .filter(value -> markers.in(value.bytes()))
                .map(value -> value.column().full())
                .toList();
        assertEquals(List.of(), found);
    }
}
