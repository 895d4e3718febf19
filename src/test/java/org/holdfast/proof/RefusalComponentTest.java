// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is refused leaves one line that names who tried, signed by her if her keys were unlocked, and holds nothing of what was sent. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class RefusalComponentTest {
    private static final String SIGNATURE = "\"g\":\"";

    private final Organisation organisation = Organisation.ofTests();
    private Tamperer database;
    private String noorsId = "";
    private String subject = "";

    @BeforeEach
    void know() throws Exception {
        database = new Tamperer("holdfast");
        Visitor sara = organisation.unlocked("sara");
        sara.get("/oversight/log");
        noorsId = sara.page().select("#person option").stream()
                .filter(option -> option.text().equals("Noor"))
                .map(Element::val)
                .findFirst()
                .orElseThrow();
        subject = TestStack.subject("noor");
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    private interface Try {
        HttpResponse<String> go() throws Exception;
    }

    @Test
    void what_is_not_for_her_role_is_a_line_that_she_signed() throws Exception {
        Visitor noor = organisation.unlocked("noor");
        for (Try one : List.<Try>of(
                () -> noor.get("/oversight"),
                () -> noor.get("/oversight/log"),
                () -> noor.post("/oversight/log", Map.of("person", "x")),
                () -> noor.post("/oversight/log/verify", Map.of("kept", "x")),
                () -> noor.get("/oversight/people"))) {
            String line = line(one, "refused");
            assertTrue(line.contains("\"role\""), line);
            assertTrue(line.contains(SIGNATURE), line);
        }
        Visitor locked = organisation.signedIn("noor");
        String line = line(() -> locked.post("/oversight/log", Map.of("person", "x")), "refused");
        assertFalse(line.contains(SIGNATURE), line);
    }

    @Test
    void a_form_whose_ticket_does_not_hold_is_a_line() throws Exception {
        Visitor noor = organisation.unlocked("noor");
        noor.get("/desk/cases/new");
        String foreign = noor.page().select("main form input[name=ticket]").val();
        String address = "/desk/cases/" + UUID.randomUUID() + "/edit";
        for (String ticket : List.of("", "x", "A".repeat(48), foreign)) {
            String line = line(() -> noor.post(address, form(ticket)), "ticket");
            assertTrue(line.contains("\"ticket.forged\"") && line.contains(SIGNATURE), line);
        }
        String old = TicketForger.desk(subject, address, Duration.ofHours(25));
        String line = line(() -> noor.post(address, form(old)), "status-403");
        assertTrue(line.contains("\"ticket.expired\"") && line.contains(SIGNATURE), line);
    }

    @Test
    void a_form_that_is_sent_while_the_keys_are_locked_is_a_line_without_a_signature() throws Exception {
        Visitor locked = organisation.signedIn("noor");
        String address = "/desk/cases/" + UUID.randomUUID() + "/edit";
        String ticket = TicketForger.desk(subject, address, Duration.ZERO);
        String line = line(() -> locked.post(address, form(ticket)), "locked");
        assertTrue(line.contains("\"locked\""), line);
        assertFalse(line.contains(SIGNATURE), line);
    }

    @Test
    void what_another_site_or_nobody_sends_leaves_no_line_because_nobody_was_asked_who_it_is() throws Exception {
        TreeSet<String> before = ids();
        HttpRequest crossSite = HttpRequest.newBuilder(TestStack.desk().resolve("/desk/lock"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "cross-site")
                .POST(HttpRequest.BodyPublishers.ofString("ticket=x"))
                .build();
        assertEquals(
                403,
                HttpClient.newHttpClient()
                        .send(crossSite, HttpResponse.BodyHandlers.ofString())
                        .statusCode());
        assertEquals("gone", Outcome.of(Visitor.at(TestStack.desk()).post("/desk/lock", Map.of("ticket", "x"))));
        Thread.sleep(300);
        assertEquals(before, ids());
    }

    @Test
    void what_another_site_sends_with_her_login_is_a_line_and_does_nothing() throws Exception {
        Visitor noor = organisation.unlocked("noor");
        noor.get("/desk");
        String ticket =
                noor.page().select("form[action=/desk/lock] input[name=ticket]").val();
        for (String site : List.of("same-site", "cross-site")) {
            HttpRequest foreign = HttpRequest.newBuilder(TestStack.desk().resolve("/desk/lock"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Sec-Fetch-Site", site)
                    .header(
                            "Cookie",
                            noor.cookieNames().stream()
                                    .map(name -> name + "=" + noor.cookie(name))
                                    .collect(Collectors.joining("; ")))
                    .POST(HttpRequest.BodyPublishers.ofString("ticket=" + ticket))
                    .build();
            String line = line(
                    () -> HttpClient.newHttpClient().send(foreign, HttpResponse.BodyHandlers.ofString()), "ticket");
            assertTrue(line.contains("\"cross-site\""), line);
            assertTrue(noor.get("/desk").body().contains("Unlocked until"), "nothing was done");
        }
        TreeSet<String> before = ids();
        HttpRequest invented = HttpRequest.newBuilder(TestStack.desk().resolve("/desk/lock"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-site")
                .header("Cookie", "q_session=invented")
                .POST(HttpRequest.BodyPublishers.ofString("ticket=" + ticket))
                .build();
        assertEquals(
                403,
                HttpClient.newHttpClient()
                        .send(invented, HttpResponse.BodyHandlers.ofString())
                        .statusCode());
        assertEquals(before, ids(), "a login that does not hold names nobody");
    }

    /** What it leaves in the log: exactly one line, by Noor, with nothing of what was typed. */
    private String line(Try one, String outcome) throws Exception {
        TreeSet<String> before = ids();
        assertEquals(outcome, Outcome.of(one.go()));
        TreeSet<String> after = ids();
        for (int i = 0; i < 50 && after.equals(before); i++) {
            Thread.sleep(100);
            after = ids();
        }
        after.removeAll(before);
        assertEquals(1, after.size(), after.toString());
        String line = database.ask(
                        "select convert_from(body, 'UTF8') from audit_entry where id = '" + after.first() + "'")
                .get(0);
        assertTrue(line.contains(noorsId), line);
        assertFalse(line.contains("typed"), line);
        return line;
    }

    private TreeSet<String> ids() throws Exception {
        return new TreeSet<>(database.ask("select id::text from audit_entry where act = 'access.refused'"));
    }

    private static Map<String, String> form(String ticket) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("ticket", ticket);
        fields.put("revision", "1");
        fields.put("working", "typed");
        fields.put("summary", "typed");
        return fields;
    }
}
