// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody presses a button twice, at once or later: what a form of the desk makes is made once, and the page says so. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class SecondClickComponentTest {
    private static final String SAVED_ALREADY = "Saved already";
    private static final int CLICKS = 4;

    private final Organisation organisation = Organisation.ofTests();
    private final ExecutorService clicks = Executors.newFixedThreadPool(CLICKS);
    private Visitor amina;
    private Tamperer database;
    private String report = "";
    private String address = "";

    @BeforeEach
    void work() throws Exception {
        database = new Tamperer("holdfast");
        amina = organisation.unlocked("amina");
        report = reported();
        amina.get("/desk/intake/" + report);
        address = amina.submit("form[action$=/case]", Map.of()).uri().getPath();
    }

    @AfterEach
    void close() throws Exception {
        clicks.shutdownNow();
        database.close();
    }

    @Test
    void a_case_is_made_once() throws Exception {
        once("/desk/cases", Map.of("working", "Twice Tern"), "case_file", "/desk/cases");
    }

    @Test
    void a_report_in_a_case_is_made_once() throws Exception {
        // The first of its kind changes the summary too; the second does not.
        for (int i = 0; i < 2; i++) {
            once(
                    address + "/reports/new/b",
                    Map.of("incidents", "aa.home_visit", "narrative", "words"),
                    "case_report",
                    address);
        }
    }

    @Test
    void a_person_is_made_once() throws Exception {
        once(
                address + "/person",
                Map.of("role", "pr.person_at_risk", "names.1.name", "Twice Tern"),
                "case_person",
                address);
    }

    @Test
    void an_answer_is_written_once_and_what_was_written_since_can_be_sent() throws Exception {
        once(address + "/reply", Map.of("text", "an answer"), "case_message", address);
        long before = database.count("select count(*) from case_message");
        Map<String, String> form = form(address + "/reply", Map.of("text", "first words"));
        assertEquals(200, amina.post(address + "/reply", form).statusCode());
        form.put("text", "other words");
        HttpResponse<String> page = amina.post(address + "/reply", form);
        assertEquals(SAVED_ALREADY, Outcome.heading(page.body()));
        Document said = Jsoup.parse(page.body());
        assertTrue(said.text().contains("Did you write something else since? That is not saved."));
        assertTrue(said.select("dd").text().contains("other words"));
        amina.submit("main form:has(button:contains(something new))", Map.of());
        assertTrue(amina.last().body().contains("other words"));
        assertEquals(before + 2, database.count("select count(*) from case_message"));
    }

    @Test
    void a_report_of_the_queue_becomes_one_case_and_the_second_click_is_not_told_that_nothing_is_there()
            throws Exception {
        report = reported();
        once("/desk/intake/" + report + "/case", Map.of(), "case_file", "/desk/cases");
        // Somebody else's click is another form.
        String path = "/desk/intake/" + report + "/case";
        Visitor noor = organisation.unlocked("noor");
        String ticket = TicketForger.desk(TestStack.subject("noor"), path, Duration.ZERO);
        assertEquals(404, noor.post(path, Map.of("ticket", ticket)).statusCode());
    }

    @Test
    void a_form_that_was_not_accepted_is_not_used_up() throws Exception {
        Map<String, String> form = form(address + "/reply", Map.of("text", " "));
        assertEquals(422, amina.post(address + "/reply", form).statusCode());
        form.put("text", "now with words");
        assertEquals(200, amina.post(address + "/reply", form).statusCode());
        assertTrue(amina.last().body().contains("now with words"));
    }

    /** Sends one form many times at once and once more later; then another one, which is not the same click. */
    private void once(String path, Map<String, String> typed, String table, String place) throws Exception {
        String rows = "select count(*) from " + table;
        long before = database.count(rows);
        Map<String, String> form = form(path, typed);
        Map<String, Integer> said = new LinkedHashMap<>();
        List<Future<HttpResponse<String>>> all = new ArrayList<>();
        for (int i = 0; i < CLICKS; i++) {
            Visitor tab = Visitor.at(TestStack.desk());
            amina.cookieNames().forEach(name -> tab.put(name, amina.cookie(name)));
            all.add(clicks.submit(() -> tab.post(path, form)));
        }
        for (Future<HttpResponse<String>> one : all) {
            HttpResponse<String> page = one.get();
            assertEquals(200, page.statusCode(), Outcome.heading(page.body()));
            said.merge(Outcome.heading(page.body()), 1, Integer::sum);
        }
        assertEquals(CLICKS - 1, said.getOrDefault(SAVED_ALREADY, 0), said.toString());
        assertEquals(before + 1, database.count(rows));
        Document later = Jsoup.parse(amina.post(path, form).body());
        assertEquals(SAVED_ALREADY, later.select("h1").text());
        assertEquals(place, later.select("a:containsOwn(See what was saved)").attr("href"));
        assertFalse(later.text().contains("Not saved."));
        assertEquals(before + 1, database.count(rows));
    }

    private static Map<String, String> form(String path, Map<String, String> typed) throws Exception {
        Map<String, String> form = new LinkedHashMap<>(typed);
        form.put("ticket", TicketForger.desk(TestStack.subject("amina"), path, Duration.ZERO));
        return form;
    }

    /** A report with a number; gives its id. */
    private static String reported() throws Exception {
        Visitor reporter = Visitor.at(TestStack.report());
        reporter.get("/form/a");
        reporter.post(
                "/form/a",
                Map.of(
                        "ticket",
                        reporter.page()
                                .select("form[action=/form/a] input[name=ticket]")
                                .val(),
                        "step",
                        "send",
                        "narrative",
                        "words"));
        String id = reporter.page().select("input[name=report]").val();
        reporter.submit("form:has(input[name=proof])", Map.of());
        return id;
    }
}
