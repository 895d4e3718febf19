// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.oversight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The page that verifies the log grows while it does, one at a time, and says the truth when it breaks off. */
@Order(3)
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class VerifyComponentTest {
    private static final String VERIFY = "main form[action=/oversight/log/verify]";
    private static final int READABLE = 256;

    private Organisation organisation;

    @BeforeEach
    void found() {
        organisation = Organisation.ofTests();
    }

    @Test
    void the_page_arrives_in_pieces_says_how_far_it_is_and_one_verification_runs_at_a_time() throws Exception {
        Visitor sara = organisation.unlocked("sara");
        Visitor audrey = organisation.unlocked("audrey");
        sara.get("/oversight/log");
        audrey.get("/oversight/log");
        try (Holding holding = new Holding()) {
            HttpResponse<InputStream> answer = verifySlowly(sara);
            assertEquals(200, answer.statusCode());
            assertTrue(answer.headers()
                    .firstValue("content-security-policy")
                    .orElse("")
                    .contains("script-src 'none'"));
            assertEquals(
                    "no-store", answer.headers().firstValue("cache-control").orElse(""));
            assertTrue(answer.headers().firstValue("content-length").isEmpty());
            String early = readUntil(answer.body(), "then the rows of the database");
            assertTrue(early.startsWith("<!DOCTYPE html>"), early.substring(0, 20));
            assertTrue(early.contains("<li>0 of "), early);
            assertFalse(early.contains("id=\"verdict\""), "the verdict before its time");

            sara.submit(VERIFY, Map.of());
            assertTrue(sara.text("#running").contains("Your verification is still running"), sara.text("main"));
            audrey.submit(VERIFY, Map.of());
            assertTrue(audrey.text("#running").contains("A colleague verifies the log"), audrey.text("main"));

            holding.letGo();
            String late = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(late.contains("Sound up to"), late);
            assertTrue(late.strip().endsWith("</html>"), "the page is whole");
        }
        audrey.get("/oversight/log");
        audrey.submit(VERIFY, Map.of());
        assertTrue(audrey.text("#verdict").startsWith("Sound up to"), audrey.text("main"));
    }

    @Test
    void signatures_of_people_are_verified_too() throws Exception {
        Visitor sara = organisation.unlocked("sara");
        sara.get("/oversight/log");
        sara.submit(VERIFY, Map.of());
        assertTrue(sara.text("main").matches("(?s).* [1-9][0-9,]* signatures of people.*"), sara.text("main"));
    }

    @Test
    void a_reader_who_leaves_ends_the_verification_and_the_next_one_begins() throws Exception {
        Visitor sara = organisation.unlocked("sara");
        sara.get("/oversight/log");
        try (Holding holding = new Holding()) {
            HttpResponse<InputStream> answer = verifySlowly(sara);
            readUntil(answer.body(), "then the rows of the database");
            answer.body().close();
        }
        for (int i = 0; ; i++) {
            sara.submit(VERIFY, Map.of());
            if (!sara.page().select("#verdict").isEmpty()) {
                break;
            }
            assertTrue(i < 50, sara.text("main"));
            Thread.sleep(100);
        }
        assertTrue(sara.text("#verdict").startsWith("Sound up to"), sara.text("main"));
    }

    @Test
    void a_database_that_goes_away_in_the_middle_is_no_verdict_and_the_page_is_whole() throws Exception {
        Visitor sara = organisation.unlocked("sara");
        sara.get("/oversight/log");
        try (Holding holding = new Holding()) {
            HttpResponse<InputStream> answer = verifySlowly(sara);
            readUntil(answer.body(), "then the rows of the database");
            holding.endWhoWaits();
            String rest = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(rest.contains("No verdict") && rest.contains("The database stopped answering"), rest);
            assertTrue(rest.strip().endsWith("</html>"), "the page is whole");
        }
    }

    /** Several times: without waiting for the close it fails three times in ten. */
    @RepeatedTest(5)
    void a_bundle_that_breaks_off_ends_its_connection_instead_of_keeping_the_reader_waiting() throws Exception {
        Visitor sara = organisation.unlocked("sara");
        try (Holding holding = new Holding()) {
            HttpRequest request = HttpRequest.newBuilder(TestStack.desk().resolve("/oversight/log/bundle"))
                    .header("Cookie", cookies(sara))
                    .build();
            CompletableFuture<HttpResponse<byte[]>> whole =
                    HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
            holding.endWhoWaits();
            try {
                HttpResponse<byte[]> answer = whole.get(30, TimeUnit.SECONDS);
                assertTrue(answer.statusCode() >= 500, answer.statusCode() + ", " + answer.body().length + " bytes");
            } catch (ExecutionException broken) {
                assertInstanceOf(IOException.class, broken.getCause());
            }
        }
    }

    private static String cookies(Visitor visitor) {
        return visitor.cookieNames().stream()
                .map(name -> name + "=" + visitor.cookie(name))
                .collect(Collectors.joining("; "));
    }

    /** Whoever reads the rows of reports waits until it lets go: a verification stands still in the middle. */
    private static final class Holding implements AutoCloseable {
        private final Connection connection = TestStack.superuser("holdfast");

        Holding() throws SQLException {
            connection.setAutoCommit(false);
            try (Statement sql = connection.createStatement()) {
                sql.execute("lock table intake_report in access exclusive mode");
            }
        }

        void letGo() throws SQLException {
            connection.rollback();
        }

        /**
         * Ends the connection of who waits for the rows of reports, but not of the sweep, which reads both places where secrets are in use;
         * the page may be ahead of the query that will.
         */
        void endWhoWaits() throws Exception {
            for (int i = 0; i < 500; i++) {
                try (Statement sql = connection.createStatement();
                        ResultSet ended = sql.executeQuery("select pg_terminate_backend(pid) from pg_stat_activity"
                                + " where usename = 'holdfast_app' and wait_event_type = 'Lock'"
                                + " and query not like '%reply_outbox%'")) {
                    if (ended.next()) {
                        return;
                    }
                }
                Thread.sleep(20);
            }
            throw new AssertionError("nobody waits for the lock");
        }

        @Override
        public void close() throws SQLException {
            letGo();
            connection.close();
        }
    }

    private static HttpResponse<InputStream> verifySlowly(Visitor visitor) throws Exception {
        String ticket = visitor.page().select(VERIFY + " [name=ticket]").val();
        HttpRequest request = HttpRequest.newBuilder(TestStack.desk().resolve("/oversight/log/verify"))
                .header("Cookie", cookies(visitor))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "ticket=" + URLEncoder.encode(ticket, StandardCharsets.UTF_8)))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    private static String readUntil(InputStream in, String words) throws Exception {
        StringBuilder seen = new StringBuilder();
        byte[] buffer = new byte[READABLE];
        while (seen.indexOf(words) < 0) {
            int read = in.read(buffer);
            assertTrue(read >= 0, "the page ended before \"" + words + "\": " + seen);
            seen.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
        }
        return seen.toString();
    }
}
