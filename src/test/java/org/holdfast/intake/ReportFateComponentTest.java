// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.web.RawHttp;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that goes away in mid-request: the page says truthfully what became of the report. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class ReportFateComponentTest {
    /** Ends the connection at the moment of commit: always, or the first time only. */
    private static final String KILLER = """
            create sequence if not exists kill_count;
            create or replace function kill_at_commit() returns trigger language plpgsql security definer as $$
            begin
              if nextval('kill_count') <= %d then
                perform pg_terminate_backend(pg_backend_pid());
                perform pg_sleep(1);
              end if;
              return null;
            end $$;
            create constraint trigger kill_at_commit after insert on intake_report deferrable initially deferred
              for each row execute function kill_at_commit();
            """;

    private final URI door = TestStack.report();

    @BeforeEach
    void found() {
        Organisation.ofTests();
    }

    @Test
    void away_before_storing_means_not_stored_and_the_same_form_stores_it_later() throws Exception {
        String body = ticketOf(open()) + "&narrative=kept+through+the+outage&step=send";
        int before = reports();
        RawHttp.Answer answer;
        sql("alter database holdfast connection limit 0");
        try {
            sql(
                    "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'holdfast_app' and datname = 'holdfast'");
            answer = RawHttp.post(door, "/form/a", body, "Sec-Fetch-Site: same-origin");
        } finally {
            sql("alter database holdfast connection limit -1");
        }
        assertEquals(503, answer.status());
        assertEquals(32 * 1024, answer.body().length);
        Document page = Jsoup.parse(answer.text());
        assertEquals("Not stored", page.selectFirst("h1").text());
        assertEquals(before, reports());
        StringBuilder again = new StringBuilder();
        for (Element input : page.select("main form input")) {
            again.append(again.isEmpty() ? "" : "&")
                    .append(input.attr("name"))
                    .append('=')
                    .append(java.net.URLEncoder.encode(input.val(), java.nio.charset.StandardCharsets.UTF_8));
        }
        assertTrue(again.toString().contains("kept+through+the+outage"));
        // Connections that lay idle for a second are tried before they are used; the dead ones are found so.
        Thread.sleep(1500);
        assertEquals(200, RawHttp.post(door, "/form/a", again.toString()).status());
        assertEquals(before + 1, reports());
    }

    @Test
    void an_answer_lost_at_commit_is_found_out_and_told() throws Exception {
        String body = ticketOf(open()) + "&narrative=once&step=send";
        int before = reports();
        RawHttp.Answer answer = sendKillingCommits(1, body);
        assertEquals(200, answer.status());
        assertEquals(
                "Your report is stored.",
                Jsoup.parse(answer.text()).selectFirst("h1").text());
        assertEquals(before + 1, reports());
    }

    @Test
    void where_nobody_can_tell_the_page_says_so_and_trying_again_never_stores_twice() throws Exception {
        String body = ticketOf(open()) + "&narrative=unknown&step=send";
        int before = reports();
        RawHttp.Answer answer = sendKillingCommits(1000, body);
        assertEquals(503, answer.status());
        Document page = Jsoup.parse(answer.text());
        assertEquals("We cannot tell yet", page.selectFirst("h1").text());
        assertTrue(page.text().contains("the same report is never stored twice"));
        assertEquals(200, RawHttp.post(door, "/form/a", body).status());
        assertEquals(200, RawHttp.post(door, "/form/a", body).status());
        assertEquals(before + 1, reports());
    }

    private Document open() throws Exception {
        return Jsoup.parse(RawHttp.get(door, "/form/a").text());
    }

    private static String ticketOf(Document page) {
        return "ticket=" + page.selectFirst("input[name=ticket]").val();
    }

    /** Sends while so many commits lose their connection. */
    private RawHttp.Answer sendKillingCommits(int commits, String body) throws Exception {
        sql(KILLER.formatted(commits));
        try {
            return RawHttp.post(door, "/form/a", body, "Sec-Fetch-Site: same-origin");
        } finally {
            sql("drop trigger if exists kill_at_commit on intake_report; drop function if exists kill_at_commit();"
                    + " drop sequence if exists kill_count");
        }
    }

    private static void sql(String text) throws Exception {
        try (Connection connection = TestStack.superuser("holdfast");
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private static int reports() throws Exception {
        try (Connection connection = TestStack.superuser("holdfast");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from intake_report")) {
            row.next();
            return row.getInt(1);
        }
    }
}
