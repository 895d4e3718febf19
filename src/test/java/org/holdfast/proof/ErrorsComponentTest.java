// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.holdfast.web.RawHttp;
import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What bad input gets at the desk: the page tells the truth, gives back what was typed, and stores nothing. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class ErrorsComponentTest {
    private static final String TYPED = "a text that took an hour to write <b>&amp;";

    private final Organisation organisation = Organisation.ofTests();
    private Visitor amina;
    private String address = "";

    @BeforeEach
    void work() throws Exception {
        amina = organisation.unlocked("amina");
        amina.get("/desk/cases/new");
        address = amina.submit("main form[action=/desk/cases]", Map.of("working", "Erring Eagle"))
                .uri()
                .getPath();
    }

    @Test
    void a_ticket_that_is_forged_or_for_something_else_is_refused_and_the_text_comes_back() throws Exception {
        amina.get("/desk/cases/new");
        String ofAnotherForm =
                amina.page().select("main form input[name=ticket]").val();
        Visitor tenzin = organisation.unlocked("tenzin");
        tenzin.get("/desk/cases/new");
        String ofAnotherPerson =
                tenzin.page().select("main form input[name=ticket]").val();
        for (String ticket : List.of("", "x", "A".repeat(48), ofAnotherForm, ofAnotherPerson)) {
            HttpResponse<String> page = amina.post(address + "/edit", edit(ticket));
            assertEquals("ticket", Outcome.of(page), ticket);
            givenBack(page);
        }
        notSaved();
    }

    @Test
    void a_form_that_nobody_can_read_is_answered_at_once_and_saves_nothing() throws Exception {
        amina.get(address + "/edit");
        String ticket = amina.page().select("main form input[name=ticket]").val();
        String cookies = amina.cookieNames().stream()
                .map(name -> name + "=" + amina.cookie(name))
                .collect(java.util.stream.Collectors.joining("; "));
        for (String faulty : List.of("summary=%zz", "a=b&".repeat(1_500))) {
            RawHttp.Answer page = RawHttp.post(
                    TestStack.desk(), address + "/edit", faulty + "&ticket=" + ticket, "Cookie: " + cookies);
            assertEquals(400, page.status());
            assertEquals("This could not be read", Outcome.heading(page.text()));
        }
        notSaved();
    }

    @Test
    void an_expired_ticket_is_told_apart_and_the_form_can_be_sent_again_at_once() throws Exception {
        String old = TicketForger.desk(TestStack.subject("amina"), address + "/edit", Duration.ofHours(25));
        HttpResponse<String> page = amina.post(address + "/edit", edit(old));
        assertEquals(403, page.statusCode());
        assertEquals("The form is too old", Outcome.heading(page.body()));
        givenBack(page);
        notSaved();
        sendAgain(amina, page);
        assertTrue(amina.get(address).body().contains("an hour to write"));
    }

    @Test
    void a_post_after_the_login_ended_gives_the_text_back_and_can_be_sent_after_logging_in() throws Exception {
        String ticket = TicketForger.desk(TestStack.subject("amina"), address + "/edit", Duration.ZERO);
        Visitor gone = Visitor.at(TestStack.desk());
        HttpResponse<String> page = gone.post(address + "/edit", edit(ticket));
        assertEquals("gone", Outcome.of(page));
        assertFalse(page.body().contains("name=\"password\""));
        assertEquals("/desk", wayOn(page, "Log in (opens a new tab)"));
        givenBack(page);
        notSaved();
        sendAgain(organisation.unlocked("amina"), page);
        assertTrue(amina.get(address).body().contains("an hour to write"));
    }

    @Test
    void a_post_after_the_keys_were_locked_gives_the_text_back_and_can_be_sent_after_unlocking() throws Exception {
        amina.get(address + "/edit");
        String ticket = amina.page().select("main form input[name=ticket]").val();
        amina.submit("form[action=/desk/lock]", Map.of());
        HttpResponse<String> page = amina.post(address + "/edit", edit(ticket));
        assertEquals("locked", Outcome.of(page));
        assertEquals("/desk/unlock", wayOn(page, "Unlock (opens a new tab)"));
        givenBack(page);
        Organisation.unlock(amina, organisation.passphrase("amina"));
        notSaved();
        sendAgain(amina, page);
        assertTrue(amina.get(address).body().contains("an hour to write"));
    }

    @Test
    void words_that_open_keys_are_never_given_back() throws Exception {
        String words = "six words that no page repeats";
        for (String form : List.of("/desk/unlock", "/desk/enrol", "/desk/start")) {
            for (Visitor who : List.of(Visitor.at(TestStack.desk()), organisation.signedIn("noor"))) {
                HttpResponse<String> page =
                        who.post(form, Map.of("ticket", "x", "passphrase", words, "name", "given back"));
                assertEquals(403, page.statusCode(), form);
                assertTrue(page.body().contains("given back"), form);
                assertFalse(page.body().contains(words), form);
            }
        }
    }

    @Test
    void a_case_that_is_not_mine_and_a_case_that_does_not_exist_are_the_same_page_at_every_address() throws Exception {
        Visitor noor = organisation.unlocked("noor");
        String subject = TestStack.subject("noor");
        String mine = address.replaceFirst(".*/", "");
        amina.get(address + "/reports/new/b");
        amina.submit("main form", Map.of("incidents", "aa.home_visit", "narrative", "words"));
        amina.get(address);
        String row = amina.page()
                .select("a[href*=/reports/]:not([href*=new])")
                .attr("href")
                .replaceFirst(".*/", "");
        Map<String, String> differ = new TreeMap<>();
        int asked = 0;
        for (String route : Routes.ofTheCode()) {
            if (!route.contains("/desk/cases/{id}") && !route.contains("/desk/intake/{id}")) {
                continue;
            }
            String there = answer(noor, subject, route, mine, row);
            String nowhere = answer(
                    noor,
                    subject,
                    route,
                    UUID.randomUUID().toString(),
                    UUID.randomUUID().toString());
            asked++;
            if (!there.equals(nowhere) || !there.startsWith("404")) {
                differ.put(route, there.substring(0, 3) + " and " + nowhere.substring(0, 3));
            }
        }
        assertEquals(Map.of(), differ);
        assertTrue(asked >= 14, "only " + asked);
    }

    /** Status, headers and page, without what is random in each answer or says which address was asked. */
    private static String answer(Visitor who, String subject, String route, String id, String row) throws Exception {
        String path = route.replaceFirst("[A-Z]+ ", "")
                .replace("{id}", id)
                .replace("{row}", row)
                .replace("{letter}", "b");
        HttpResponse<String> answer = route.startsWith("GET")
                ? who.get(path)
                : who.post(path, fields(TicketForger.desk(subject, path, Duration.ZERO)));
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.remove("date");
        String body = answer.body()
                .replaceAll("name=\"ticket\" value=\"[^\"]*\"", "")
                .replaceAll("<time>[^<]*</time>", "")
                .replace(id, "ID")
                .replace(row, "ROW");
        return answer.statusCode() + " " + headers + body;
    }

    private static Map<String, String> fields(String ticket) {
        Map<String, String> fields = new LinkedHashMap<>(edit(ticket));
        fields.put("incidents", "aa.home_visit");
        fields.put("reason", "ac.case_work");
        fields.put("to", UUID.randomUUID().toString());
        fields.put("from", UUID.randomUUID().toString());
        fields.put("text", "an answer");
        return fields;
    }

    @Test
    void a_case_has_one_address_and_another_way_to_write_its_id_is_not_found() throws Exception {
        assertEquals(200, amina.get(address).statusCode());
        String id = address.substring(address.lastIndexOf('/') + 1);
        String[] parts = id.split("-");
        String shorter = parts[0].replaceFirst("^0*", "") + "-" + parts[1] + "-" + parts[2] + "-" + parts[3];
        String longer = "00" + id;
        String nowhere = amina.get("/desk/nowhere").body();
        for (String more : List.of("/", "//", "%2F", "%2f", "/%2F", "/%2e", "/edit/", "//edit", "%2Fedit")) {
            HttpResponse<String> page = amina.get(address + more);
            assertEquals(404, page.statusCode(), more);
            assertEquals(nowhere, page.body(), more);
        }
        for (String other : List.of(id.toUpperCase(java.util.Locale.ROOT), longer, shorter + "-0" + parts[4])) {
            for (String below : List.of("", "/edit", "/persons")) {
                HttpResponse<String> page = amina.get("/desk/cases/" + other + below);
                assertEquals(404, page.statusCode(), other + below);
            }
        }
    }

    @Test
    void more_than_two_megabytes_get_a_short_page_and_store_nothing() throws Exception {
        amina.get(address + "/edit");
        String ticket = amina.page().select("main form input[name=ticket]").val();
        Map<String, String> large = new LinkedHashMap<>(edit(ticket));
        large.put("next", "x".repeat(2_200_000));
        HttpResponse<String> page = amina.post(address + "/edit", large);
        assertEquals(413, page.statusCode());
        assertTrue(page.body().length() < 70_000);
        assertFalse(page.body().contains("xxxxxxxxxx"));
        String said = Jsoup.parse(page.body()).select("main").text();
        assertTrue(said.contains("Nothing was saved, and what you typed is not on this page"), said);
        assertFalse(said.contains("Shorten"), "there is nothing to be shortened");
        notSaved();
    }

    private static Map<String, String> edit(String ticket) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("ticket", ticket);
        fields.put("revision", "1");
        fields.put("summary", TYPED);
        fields.put("working", "Erring Eagle");
        fields.put("status", "st.open");
        return fields;
    }

    private static void givenBack(HttpResponse<String> page) {
        Document document = Jsoup.parse(page.body());
        assertEquals(
                1,
                document.text().split("(?i)(not|nothing was) (saved|changed)", -1).length - 1,
                "said once: " + document.text());
        assertTrue(document.text().contains("Not saved"), Outcome.heading(page.body()));
        assertTrue(document.select("dd").text().contains(TYPED), Outcome.heading(page.body()));
    }

    private static String wayOn(HttpResponse<String> page, String words) {
        return Jsoup.parse(page.body())
                .select("main a.button:containsOwn(" + words.replace("(", "\\(").replace(")", "\\)") + ")")
                .attr("href");
    }

    private void notSaved() throws Exception {
        assertFalse(amina.get(address).body().contains("an hour to write"));
    }

    /** Presses "Send again" on a page that was left open. */
    private static void sendAgain(Visitor who, HttpResponse<String> page) throws Exception {
        for (FormElement form :
                Jsoup.parse(page.body()).select("main form[method=post]").forms()) {
            Map<String, String> fields = new LinkedHashMap<>();
            for (Connection.KeyVal field : form.formData()) {
                fields.put(field.key(), field.value());
            }
            if (fields.containsKey("summary")) {
                HttpResponse<String> answer = who.post(form.attr("action"), fields);
                assertEquals("page", Outcome.of(answer), Outcome.heading(answer.body()));
                return;
            }
        }
        throw new AssertionError("no form to send again on \"" + Outcome.heading(page.body()) + "\"");
    }
}
