// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The database goes away at the worst moment, when a report is on the disk and nobody was told, and in the middle of a save at the desk: what
 * the page says is true. What happens before and at the commit of a report is in {@code ReportFateComponentTest}.
 */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class AwayComponentTest {
    private static final Set<String> SAYS_STORED =
            Set.of("Your report is stored.", "Your report is stored", "This report is stored already.");
    private static final String CANNOT_TELL = "We cannot tell yet";

    private final ExecutorService people = Executors.newCachedThreadPool();
    private Tamperer database;

    @BeforeEach
    void begin() throws Exception {
        Organisation.ofTests();
        database = new Tamperer("holdfast");
    }

    @AfterEach
    void everythingIsBack() throws Exception {
        database.run("alter database holdfast connection limit -1");
        database.run("alter role holdfast_app reset synchronous_commit");
        database.run("alter system reset synchronous_standby_names");
        database.run("select pg_reload_conf()");
        database.close();
        people.shutdownNow();
        for (int i = 0; Visitor.at(TestStack.report()).get("/form/a").statusCode() != 200 && i < 50; i++) {
            Thread.sleep(100);
        }
        Visitor reporter = Visitor.at(TestStack.report());
        for (int i = 0; i < 50; i++) {
            if (SAYS_STORED.contains(
                    Outcome.heading(send(reporter, ticket(reporter)).body()))) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("the server does not find its database again");
    }

    @Test
    void a_connection_that_breaks_behind_the_commit_is_told_as_stored() throws Exception {
        Visitor reporter = Visitor.at(TestStack.report());
        String ticket = ticket(reporter);
        waitForAStandbyThatIsNotThere();
        Future<HttpResponse<String>> sent = later(() -> send(reporter, ticket));
        breakWhoWaitsFor("IPC");
        HttpResponse<String> page = sent.get(60, TimeUnit.SECONDS);
        assertEquals(1, stored(ticket));
        assertTrue(SAYS_STORED.contains(Outcome.heading(page.body())), Outcome.heading(page.body()));
    }

    @Test
    void a_database_that_stays_away_leaves_the_answer_open_and_the_same_form_can_be_sent_again() throws Exception {
        Visitor reporter = Visitor.at(TestStack.report());
        String ticket = ticket(reporter);
        waitForAStandbyThatIsNotThere();
        Future<HttpResponse<String>> sent = later(() -> send(reporter, ticket));
        awaitOneWhoWaitsFor("IPC");
        database.run("alter database holdfast connection limit 0");
        breakAll();
        HttpResponse<String> page = sent.get(60, TimeUnit.SECONDS);
        assertEquals(CANNOT_TELL, Outcome.heading(page.body()));
        assertEquals(503, page.statusCode());
        assertTrue(page.body().contains(ticket), "the form can be sent again from the page");
        database.run("alter database holdfast connection limit -1");
        database.run("alter role holdfast_app reset synchronous_commit");
        breakAll();
        assertEquals(1, stored(ticket));
        tryAgain(reporter, ticket);
    }

    @Test
    void a_desk_post_that_breaks_gives_the_text_back_and_says_whether_it_is_saved() throws Exception {
        Visitor amina = Organisation.ofTests().unlocked("amina");
        amina.get("/desk/cases/new");
        String address = amina.submit("main form[action=/desk/cases]", Map.of("working", "Away Auk"))
                .uri()
                .getPath();
        amina.get(address + "/edit");
        database.run("""
                create or replace function end_at_commit() returns trigger language plpgsql security definer as $$
                begin
                  perform pg_terminate_backend(pg_backend_pid());
                  perform pg_sleep(1);
                  return null;
                end $$;
                create constraint trigger end_at_commit after update on case_file deferrable initially deferred
                  for each row execute function end_at_commit();
                """);
        HttpResponse<String> page;
        try {
            page = amina.submit("main form", Map.of("summary", "a text that took an hour"));
        } finally {
            database.run("drop trigger end_at_commit on case_file; drop function end_at_commit()");
        }
        assertEquals(503, page.statusCode());
        assertEquals("The database does not answer", Outcome.heading(page.body()));
        assertTrue(page.body().contains("a text that took an hour"), "the text comes back");
        assertTrue(page.body().contains("Nothing was saved")
                || page.body().contains("We cannot tell whether it was saved"));
        HttpResponse<String> file = amina.get(address);
        for (int i = 0; file.statusCode() != 200 && i < 20; i++) {
            Thread.sleep(100);
            file = amina.get(address);
        }
        assertEquals(200, file.statusCode());
        assertEquals(false, file.body().contains("a text that took an hour"));
    }

    @Test
    void a_desk_post_that_breaks_behind_the_commit_says_that_nobody_can_tell_and_to_look_first() throws Exception {
        Visitor amina = Organisation.ofTests().unlocked("amina");
        amina.get("/desk/cases/new");
        long before = database.count("select count(*) from case_file");
        waitForAStandbyThatIsNotThere();
        Future<HttpResponse<String>> sent =
                later(() -> amina.submit("main form[action=/desk/cases]", Map.of("working", "Behind Bittern")));
        breakWhoWaitsFor("IPC");
        HttpResponse<String> page = sent.get(60, TimeUnit.SECONDS);
        assertEquals(before + 1, database.count("select count(*) from case_file"), "it was to be saved");
        assertEquals(503, page.statusCode());
        assertEquals("The database does not answer", Outcome.heading(page.body()));
        Document said = Jsoup.parse(page.body());
        assertTrue(said.text().contains("We cannot tell whether it was saved."));
        saysToLookFirst(said, "Behind Bittern", "/desk/cases");
    }

    @Test
    void a_desk_post_that_ends_in_a_fault_says_to_look_first_too() throws Exception {
        Visitor amina = Organisation.ofTests().unlocked("amina");
        amina.get("/desk/cases/new");
        String address = amina.submit("main form[action=/desk/cases]", Map.of("working", "Faulty Finch"))
                .uri()
                .getPath();
        amina.get(address + "/edit");
        database.run("""
                create or replace function fault() returns trigger language plpgsql as $$
                begin raise exception 'no'; end $$;
                create trigger fault before update on case_file for each row execute function fault();
                """);
        HttpResponse<String> page;
        try {
            page = amina.submit("main form", Map.of("summary", "a text that took an hour"));
        } finally {
            database.run("drop trigger fault on case_file; drop function fault()");
        }
        assertEquals(500, page.statusCode());
        assertEquals("Something went wrong", Outcome.heading(page.body()));
        saysToLookFirst(Jsoup.parse(page.body()), "a text that took an hour", address);
    }

    private static void saysToLookFirst(Document page, String typed, String place) {
        String text = page.select("main").text();
        assertFalse(text.matches("(?i).*(not|nothing was) (saved|changed|stored).*"), text);
        assertTrue(page.select("dd").text().contains(typed), "the text comes back");
        int look = text.indexOf("Look first whether it is there");
        int again = text.indexOf("It is not there: send it again");
        assertTrue(look >= 0 && look < again, text);
        assertEquals(
                place, page.select("a:containsOwn(Look whether it is there)").attr("href"));
        assertEquals(1, page.select("main button").size(), text);
    }

    @Test
    void an_answer_whose_deletion_breaks_behind_the_commit_is_not_said_to_be_there_still() throws Exception {
        Visitor reporter = Visitor.at(TestStack.report());
        String number = answered(reporter);
        String answer = "";
        for (int i = 0; answer.isEmpty() && i < 60; i++) {
            Thread.sleep(500);
            reporter.post("/reply", Map.of("number", number));
            answer = reporter.page().select("input[name=remove]").val();
        }
        Map<String, String> removing = Map.of("number", number, "remove", answer);
        waitForAStandbyThatIsNotThere();
        Future<HttpResponse<String>> sent = later(() -> reporter.post("/reply", removing));
        breakWhoWaitsFor("IPC");
        HttpResponse<String> page = sent.get(60, TimeUnit.SECONDS);
        assertEquals(
                0, database.count("select count(*) from reply where id::text = ?", answer), "it was to be deleted");
        assertEquals(503, page.statusCode());
        assertEquals(CANNOT_TELL, Outcome.heading(page.body()));
        Document said = Jsoup.parse(page.body());
        assertTrue(said.text().contains("We cannot tell whether it is deleted."), said.text());
        assertFalse(said.text().contains("Nothing was stored"));
        database.run("alter role holdfast_app reset synchronous_commit");
        breakAll();
        Map<String, String> again = new LinkedHashMap<>();
        said.select("main form input").forEach(input -> again.put(input.attr("name"), input.val()));
        String heading = "";
        for (int i = 0; !heading.equals("Read our answer") && i < 50; i++) {
            Thread.sleep(200);
            heading = Outcome.heading(reporter.post("/reply", again).body());
        }
        assertTrue(reporter.page().text().contains("No message under this number"));
    }

    /** A report with a number, made a case and answered; gives the number. */
    private static String answered(Visitor reporter) throws Exception {
        send(reporter, ticket(reporter));
        String report = reporter.page().select("input[name=report]").val();
        reporter.submit("form:has(input[name=proof])", Map.of());
        String number = reporter.page().select("#number").text();
        Visitor amina = Organisation.ofTests().unlocked("amina");
        amina.get("/desk/intake/" + report);
        amina.submit("form[action$=/case]", Map.of());
        amina.submit("form[action$=/reply]", Map.of("text", "an answer"));
        return number;
    }

    private void waitForAStandbyThatIsNotThere() throws Exception {
        // The commit is on the disk, and its answer waits for a second server: the moment of the worst doubt, held
        // still.
        database.run("alter role holdfast_app set synchronous_commit = 'on'");
        breakAll();
        // A connection that lay idle for five seconds is tried before it is used: from then on each is one of the new
        // role.
        Thread.sleep(5500);
        database.run("alter system set synchronous_standby_names = 'nobody'");
        database.run("select pg_reload_conf()");
        Thread.sleep(200);
    }

    private void breakAll() throws Exception {
        database.run("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'holdfast_app'");
    }

    private void breakWhoWaitsFor(String kind) throws Exception {
        awaitOneWhoWaitsFor(kind);
        database.run(
                "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'holdfast_app' and wait_event_type = '"
                        + kind + "'");
    }

    private void awaitOneWhoWaitsFor(String kind) throws Exception {
        for (int i = 0; i < 300; i++) {
            if (database.count(
                            "select count(*) from pg_stat_activity where usename = 'holdfast_app' and wait_event_type = '"
                                    + kind + "'")
                    > 0) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("nobody waits for " + kind);
    }

    private Future<HttpResponse<String>> later(Callable<HttpResponse<String>> work) {
        return people.submit(work);
    }

    private static String ticket(Visitor reporter) throws Exception {
        reporter.get("/form/a");
        return reporter.page().select("form[action=/form/a] input[name=ticket]").val();
    }

    private static HttpResponse<String> send(Visitor reporter, String ticket) throws Exception {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("ticket", ticket);
        fields.put("step", "send");
        fields.put("narrative", "words");
        return reporter.post("/form/a", fields);
    }

    private void tryAgain(Visitor reporter, String ticket) throws Exception {
        for (int i = 0; i < 50; i++) {
            if (SAYS_STORED.contains(Outcome.heading(send(reporter, ticket).body()))) {
                assertEquals(1, stored(ticket));
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("never stored");
    }

    private long stored(String ticket) throws Exception {
        return database.count(
                "select count(*) from intake_report where encode(ticket, 'hex') = ?", ReportLoad.idOf(ticket));
    }
}
