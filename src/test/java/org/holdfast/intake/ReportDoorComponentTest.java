// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.ConfigProvider;
import org.holdfast.access.Bracket;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.holdfast.rules.Codes;
import org.holdfast.web.RawHttp;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** Sending, coming back, and what a caseworker makes of it, on the real servers. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class ReportDoorComponentTest {
    @Inject
    ReportStore store;

    @Inject
    Bracket bracket;

    private final URI door = TestStack.report();
    private final Organisation organisation = Organisation.ofTests();

    @Test
    void a_report_is_stored_once_however_often_it_is_sent() throws Exception {
        String body = ticketOf(open("a")) + "&incidents=ft.home_search&narrative=once&step=send";
        int before = reports();
        Document stored = send("a", body, 200);
        assertEquals("Your report is stored.", stored.selectFirst("h1").text());
        Document again = send("a", body, 200);
        assertEquals("This report is stored already.", again.selectFirst("h1").text());
        assertEquals(before + 1, reports());
        assertTrue(again.select("input[name=proof]").isEmpty());
    }

    @Test
    void whoever_sends_the_very_same_page_again_is_offered_its_number_there_too() throws Exception {
        int before = reports();
        String page = checked("lost+answer");
        Document stored = send("a", page, 200);
        assertEquals("Your report is stored.", stored.selectFirst("h1").text());
        Document again = send("a", page, 200);
        assertEquals("This report is stored already.", again.selectFirst("h1").text());
        assertEquals(before + 1, reports());
        assertEquals(
                stored.selectFirst("input[name=proof]").val(),
                again.selectFirst("input[name=proof]").val(),
                "a card without the proof in the report's seal counts for nothing");
        assertEquals(
                stored.selectFirst("input[name=report]").val(),
                again.selectFirst("input[name=report]").val());
        Document number = send("a", offer(again), 200);
        assertEquals("Your number", number.selectFirst("h1").text());
        assertEquals(8, number.select("#number span").size());
        // One number a report: from the first answer, the second, and a third one.
        for (Document answer : List.of(stored, again, send("a", page, 200))) {
            assertEquals(
                    "A number was given already",
                    send("a", offer(answer), 200).selectFirst("h1").text());
        }
        UUID report = UUID.fromString(again.selectFirst("input[name=report]").val());
        long revision = bracket.read(() -> store.card(report)).orElseThrow().revision();
        assertEquals(2, revision);
        // The number of the second answer is one that a caseworker can answer to.
        Visitor amina = organisation.unlocked("amina");
        amina.get("/desk/intake/" + report);
        amina.submit("form[action$=/case]", Map.of());
        assertEquals(1, amina.page().select("form[action$=/reply]").size());
        assertTrue(amina.text("#answers").contains("None yet."));
        // From a report that has become a case nobody is offered a number.
        assertNoOffer(send("a", page, 200));
        assertEquals(
                "No number can be given",
                send("a", offer(again), 200).selectFirst("h1").text());
    }

    @Test
    void clicks_on_send_at_the_same_moment_store_once_and_all_are_offered_the_number() throws Exception {
        int before = reports();
        String page = checked("double+click");
        List<java.util.concurrent.CompletableFuture<Document>> all = new java.util.ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(java.util.concurrent.CompletableFuture.supplyAsync(() -> {
                try {
                    return send("a", page, 200);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        java.util.Set<String> proofs = new java.util.HashSet<>();
        for (var one : all) {
            proofs.add(one.get().selectFirst("input[name=proof]").val());
        }
        assertEquals(1, proofs.size());
        assertEquals(before + 1, reports());
        Document number = send("a", offer(all.get(5).get()), 200);
        assertEquals("Your number", number.selectFirst("h1").text());
        UUID report = UUID.fromString(
                all.get(0).get().selectFirst("input[name=report]").val());
        Visitor amina = organisation.unlocked("amina");
        assertTrue(amina.get("/desk/intake/" + report).body().contains("double click"), "sealed by two, and opens");
    }

    @Test
    void nobody_but_the_sender_of_the_same_page_is_offered_a_number_of_a_stored_report() throws Exception {
        String ticket = ticketOf(open("a"));
        String words = ticket + "&incidents=ft.home_search&narrative=";
        String first = sheet(send("a", words + "first&step=review", 200));
        String second = sheet(send("a", words + "second&step=review", 200));
        assertEquals(
                "Your report is stored.",
                send("a", second, 200).selectFirst("h1").text());
        // Another page of the same form, its own page with other words, with none, and no page at all.
        assertNoOffer(send("a", first, 200));
        String check = "&check=" + second.replaceAll(".*&check=([^&]*).*", "$1");
        assertNoOffer(send("a", words + "third" + check + "&step=send", 200));
        assertNoOffer(send("a", words + "second" + check + "&name=Somebody&step=send", 200));
        assertNoOffer(send("a", words + "second&step=send", 200));
        // A page that is forged, or is another form's.
        String other = checked("other");
        for (String forged : List.of(
                "",
                "nonsense",
                "A".repeat(48),
                other.replaceAll(".*&check=([^&]*).*", "$1"),
                other.replaceAll(".*ticket=([^&]*).*", "$1"))) {
            RawHttp.Answer refused = RawHttp.post(door, "/form/a", words + "second&step=send&check=" + forged);
            assertEquals(403, refused.status(), forged);
            assertFalse(refused.text().contains("name=\"proof\" value"), forged);
        }
        // The page itself still is.
        assertEquals(1, send("a", second, 200).select("input[name=proof]").size());
    }

    @Test
    void a_number_is_not_offered_again_when_the_hour_is_over_and_an_offer_does_not_prolong_it() throws Exception {
        UUID form = UUID.randomUUID();
        byte[] id = ByteBuffer.allocate(16)
                .putLong(form.getMostSignificantBits())
                .putLong(form.getLeastSignificantBits())
                .array();
        String words = "ticket=" + ticket(Instant.now().minusSeconds(2 * 3600), form)
                + "&incidents=ft.home_search&narrative=old&step=send&check=";
        Instant late = Instant.now().minusSeconds(62 * 60);
        String old = words + ticket("check", id, late, UUID.randomUUID());
        assertEquals(
                "Your report is stored.", send("a", old, 200).selectFirst("h1").text());
        assertNoOffer(send("a", old, 200));

        UUID further = UUID.randomUUID();
        byte[] furtherId = ByteBuffer.allocate(16)
                .putLong(further.getMostSignificantBits())
                .putLong(further.getLeastSignificantBits())
                .array();
        Instant checked = Instant.now().minusSeconds(50 * 60);
        String page =
                "ticket=" + ticket(checked, further) + "&incidents=ft.home_search&narrative=older&step=send&check="
                        + ticket("check", furtherId, checked, UUID.randomUUID());
        send("a", page, 200);
        Document again = send("a", page, 200);
        ByteBuffer after = ByteBuffer.wrap(Base64.getUrlDecoder()
                .decode(again.selectFirst("form:has([name=proof]) input[name=ticket]")
                        .val()));
        assertEquals(checked.getEpochSecond() / 60, after.getInt(16));
    }

    private static void assertNoOffer(Document again) {
        assertEquals("This report is stored already.", again.selectFirst("h1").text());
        assertTrue(again.select("input[name=proof], input[name=report]").isEmpty());
    }

    /** What the button of the page on which a report is checked sends. */
    private String checked(String narrative) throws Exception {
        return sheet(send(
                "a", ticketOf(open("a")) + "&incidents=ft.home_search&narrative=" + narrative + "&step=review", 200));
    }

    private static String sheet(Document review) {
        return sent(review, "form[action^=/form]") + "&step=send";
    }

    private static String offer(Document page) {
        return sent(page, "form:has([name=proof])");
    }

    private static String sent(Document page, String form) {
        StringBuilder sent = new StringBuilder();
        ((org.jsoup.nodes.FormElement) page.selectFirst(form))
                .formData()
                .forEach(field -> sent.append(sent.isEmpty() ? "" : "&")
                        .append(field.key())
                        .append('=')
                        .append(enc(field.value())));
        return sent.toString();
    }

    @Test
    void what_was_changed_after_sending_is_not_lost_and_is_said_not_to_be_stored() throws Exception {
        String ticket = ticketOf(open("a"));
        int before = reports();
        send("a", ticket + "&incidents=ft.home_search&narrative=first&step=send", 200);
        // Back in the browser, and on to the review again.
        String changed = "&incidents=ft.home_search&narrative=second%0D%0Aline&start.year=2026";
        Document review = send("a", ticket + changed + "&step=review", 200);
        assertTrue(review.text().contains("One report from this form is stored already."));
        assertFalse(review.text().contains("Nothing has been stored yet."));
        // Or straight to another press of the button.
        Document again = send("a", ticket + changed + "&step=send", 200);
        assertEquals("This report is stored already.", again.selectFirst("h1").text());
        assertTrue(again.text().contains("Have you changed something since then? That is not stored."));
        assertEquals(before + 1, reports());
        Map<String, String> kept = new LinkedHashMap<>();
        again.select("form:has(button[value=review]) input")
                .forEach(input -> kept.put(input.attr("name"), input.val()));
        assertEquals("second\nline", kept.get("narrative").replace("\r", ""));
        assertEquals("2026", kept.get("start.year"));
        StringBuilder form = new StringBuilder();
        kept.forEach((name, value) ->
                form.append(name).append('=').append(enc(value)).append('&'));
        Document further = send("a", form + "step=review", 200);
        assertTrue(further.text().contains("One report from this form is stored already."));
        Document edited = send("a", form + "step=edit", 200);
        assertTrue(edited.text().contains("One report from this form is stored already."));
        assertFalse(edited.text().contains("Nothing has been stored yet."));
        assertEquals(
                "Your report is stored.",
                send("a", form + "step=send", 200).selectFirst("h1").text());
        assertEquals(before + 2, reports());
    }

    @Test
    void the_answer_after_sending_forgets_and_sets_no_cookie() throws Exception {
        RawHttp.Answer answer =
                RawHttp.post(door, "/form/b", ticketOf(open("b")) + "&incidents=aa.home_visit&step=send");
        assertEquals(200, answer.status());
        assertEquals(32 * 1024, answer.body().length);
        assertTrue(answer.header("Clear-Site-Data").contains("storage"));
        assertEquals("", answer.header("Set-Cookie"));
    }

    @Test
    void an_expired_form_is_shown_again_with_its_text_and_a_fresh_ticket() throws Exception {
        int before = reports();
        String old = ticket(Instant.now().minusSeconds(25 * 3600), UUID.randomUUID());
        Document review = send("a", "ticket=" + old + "&narrative=kept+words&step=send", 200);
        assertTrue(review.text().contains("lay open for more than a day"));
        assertEquals(
                "kept words",
                review.selectFirst("textarea[name=narrative]").wholeText().strip());
        assertEquals(before, reports());
        String fresh = review.selectFirst("input[name=ticket]").val();
        assertFalse(fresh.equals(old));
        assertEquals(
                "Your report is stored.",
                send("a", "ticket=" + fresh + "&narrative=kept+words&step=send", 200)
                        .selectFirst("h1")
                        .text());
    }

    @Test
    void an_expired_form_that_was_sent_before_is_told_to_be_stored() throws Exception {
        UUID id = UUID.randomUUID();
        String typed = "&narrative=sent+in+time&step=send";
        String inTime = ticket(Instant.now().minusSeconds(23 * 3600), id);
        assertEquals(
                "Your report is stored.",
                send("a", "ticket=" + inTime + typed, 200).selectFirst("h1").text());
        int before = reports();
        String late = ticket(Instant.now().minusSeconds(25 * 3600), id);
        assertEquals(
                "This report is stored already.",
                send("a", "ticket=" + late + typed, 200).selectFirst("h1").text());
        assertEquals(before, reports());
    }

    @Test
    void a_number_is_given_within_an_hour_after_sending_and_no_longer() throws Exception {
        Document stored = send("a", ticketOf(open("a")) + "&narrative=an+hour&step=send", 200);
        UUID report = UUID.fromString(stored.selectFirst("input[name=report]").val());
        byte[] subject = ByteBuffer.allocate(16)
                .putLong(report.getMostSignificantBits())
                .putLong(report.getLeastSignificantBits())
                .array();
        String asking = "step=number&report=" + report + "&proof="
                + enc(stored.selectFirst("input[name=proof]").val()) + "&ticket=";
        String late = ticket("after", subject, Instant.now().minusSeconds(62 * 60), UUID.randomUUID());
        String card = card(report.toString());
        assertNull(send("a", asking + late, 200).getElementById("number"));
        assertEquals(card, card(report.toString()));
        String inTime = ticket("after", subject, Instant.now().minusSeconds(58 * 60), UUID.randomUUID());
        assertNotNull(send("a", asking + inTime, 200).getElementById("number"));
    }

    @Test
    void a_cross_site_post_stores_nothing() throws Exception {
        int before = reports();
        String body = ticketOf(open("a")) + "&narrative=x&step=send";
        assertEquals(
                403,
                RawHttp.post(door, "/form/a", body, "Sec-Fetch-Site: cross-site")
                        .status());
        assertEquals(
                404, RawHttp.post(door, "/form/a", body, "Host: evil.example").status());
        assertEquals(before, reports());
    }

    @Test
    void wrong_unused_and_unanswered_numbers_get_the_very_same_page() throws Exception {
        String unanswered = number(send("a", ticketOf(open("a")) + "&narrative=n&step=send", 200));
        assertEquals(32, unanswered.length());
        byte[] first = reply(unanswered);
        assertArrays(first, reply(number(send("c", ticketOf(open("c")) + "&narrative=n&step=send", 200))));
        assertArrays(first, reply(org.holdfast.crypto.ReturnNumber.generate()));
        assertTrue(new String(first, StandardCharsets.UTF_8)
                .contains("No message under this number, or it is not the number you were given."));
        String swapped = unanswered.substring(0, 31) + (char) ('0' + (unanswered.charAt(31) - '0' + 1) % 10);
        RawHttp.Answer mistyped = RawHttp.post(door, "/reply", "number=" + swapped);
        assertEquals(422, mistyped.status());
        assertTrue(mistyped.text().contains("One of the digits is wrong"));
    }

    @Test
    void a_number_asked_for_with_somebody_else_s_page_is_refused() throws Exception {
        Document mine = send("a", ticketOf(open("a")) + "&narrative=n&step=send", 200);
        String form =
                "step=number&ticket=" + mine.selectFirst("input[name=ticket]").val() + "&proof="
                        + mine.selectFirst("input[name=proof]").val();
        assertEquals(
                403,
                RawHttp.post(door, "/form/a", form + "&report=" + UUID.randomUUID())
                        .status());
        assertEquals(
                403, RawHttp.post(door, "/form/a", form + "&report=nonsense").status());
    }

    @Test
    void a_caseworker_finds_the_report_opens_it_and_makes_it_a_case_and_answers() throws Exception {
        String form = ticketOf(open("a"))
                + "&incidents=ft.relative_detained&incidents=ft.home_search&danger_now=yes&now_country=CZ&name=Marker+Name"
                + "&narrative=" + enc("They took my brother.\nسلام") + "&step=send";
        Document stored = send("a", form, 200);
        String id = "/desk/intake/" + stored.selectFirst("input[name=report]").val();
        String number = number(stored);
        Visitor amina = organisation.unlocked("amina");
        Document queue = Jsoup.parse(amina.getAll("/desk/intake"));
        assertTrue(queue.select("table").text().contains("Danger now"));
        assertEquals(1, queue.select("tr:contains(Czech) a[href=" + id + "]").size());
        List<String> mine = queue.select("tr:contains(Czech)").eachText();
        assertEquals(1, mine.size(), "what was ticked and from where tells my report from others");
        assertTrue(
                mine.get(0)
                        .contains(Codes.shipped().label("family_threat", "ft.relative_detained") + "; "
                                + Codes.shipped().label("family_threat", "ft.home_search")),
                mine.get(0));
        assertFalse(queue.text().contains("They took my brother"), "the account is not for the list");
        dump("triage-queue", amina.last().body());
        assertTrue(amina.get(id).body().contains("They took my brother."));
        dump("triage-show", amina.last().body());
        assertFalse(amina.last().body().contains("Marker Name"));
        assertEquals(
                422,
                amina.submit("form[action$=/identity]", Map.of("reason", "")).statusCode());
        amina.submit("form[action$=/identity]", Map.of("reason", "ar.assigned_work"));
        assertTrue(amina.last().body().contains("Marker Name"));

        Visitor noor = organisation.unlocked("noor");
        assertEquals(200, noor.get(id).statusCode());
        assertEquals(200, amina.submit("form[action$=/case]", Map.of()).statusCode());
        assertTrue(amina.last().uri().getPath().startsWith("/desk/cases/"));
        assertEquals(404, noor.get(id).statusCode());
        assertEquals(404, amina.get(id).statusCode());
        assertEquals(
                "This report is stored already.",
                send("a", form, 200).selectFirst("h1").text());

        String caseAddress = amina.trail().stream()
                .filter(line -> line.contains("/desk/cases/"))
                .map(line -> line.substring(line.indexOf("/desk/cases/")))
                .findFirst()
                .orElseThrow();
        amina.get(caseAddress);
        assertEquals(
                200,
                amina.submit("form[action$=/reply]", Map.of("text", "We read it. پاسخ"))
                        .statusCode());
        String page = "";
        for (int i = 0; i < 20 && !page.contains("We read it. پاسخ"); i++) {
            Thread.sleep(1000);
            page = RawHttp.post(door, "/reply", "number=" + number).text();
        }
        assertTrue(page.contains("We read it. پاسخ"));
        assertFalse(page.contains("They took my brother."));
        String answer = Jsoup.parse(page).selectFirst("input[name=remove]").val();
        int lines = count("select count(*) from audit_entry where act = 'reply.removed'");
        assertEquals("Read our answer", remove(org.holdfast.crypto.ReturnNumber.generate(), answer));
        assertEquals("Read our answer", remove(number, UUID.randomUUID().toString()));
        assertEquals("Read our answer", remove(number, "nonsense"));
        assertTrue(RawHttp.post(door, "/reply", "number=" + number).text().contains("We read it."));
        assertEquals("The answer is deleted", remove(number, answer));
        assertArrays(reply(org.holdfast.crypto.ReturnNumber.generate()), reply(number));
        assertEquals(lines + 1, count("select count(*) from audit_entry where act = 'reply.removed'"));
    }

    @Test
    void answers_of_one_day_stand_newest_first_and_a_mistyped_number_deletes_none() throws Exception {
        Document stored = send("a", checked("several+answers"), 200);
        String number = number(stored);
        Visitor amina = organisation.unlocked("amina");
        amina.get("/desk/intake/" + stored.selectFirst("input[name=report]").val());
        amina.submit("form[action$=/case]", Map.of());
        List<String> written = List.of("answer one", "answer two", "answer three", "answer four", "answer five");
        for (String answer : written) {
            assertEquals(
                    200,
                    amina.submit("form[action$=/reply]", Map.of("text", answer)).statusCode());
        }
        Document page = Jsoup.parse("");
        for (int i = 0; i < 30 && page.select(".msg bdi").size() < written.size(); i++) {
            Thread.sleep(1000);
            page = Jsoup.parse(RawHttp.post(door, "/reply", "number=" + number).text());
        }
        List<String> read = new java.util.ArrayList<>(page.select(".msg bdi").eachText());
        java.util.Collections.reverse(read);
        assertEquals(written, read);
        assertEquals("Our answers", page.selectFirst("h1").text());
        assertEquals(written.size(), page.select(".msg form input[name=remove]").size(), "each with its own answer");

        String newest = page.selectFirst(".msg form input[name=remove]").val();
        RawHttp.Answer mistyped = RawHttp.post(door, "/reply", "number=123&remove=" + newest);
        assertEquals(422, mistyped.status());
        Document asked = Jsoup.parse(mistyped.text());
        assertEquals("Delete this answer", asked.selectFirst("h1").text());
        assertTrue(asked.text().contains("Nothing was deleted."));
        assertEquals(newest, asked.selectFirst("input[name=remove]").val());
        assertEquals(
                "Delete this answer",
                asked.selectFirst("form[action=/reply] button").text());
        assertEquals("The answer is deleted", remove(number, newest));
    }

    private String remove(String number, String answer) throws Exception {
        RawHttp.Answer removed = RawHttp.post(door, "/reply", "number=" + number + "&remove=" + answer);
        assertEquals(200, removed.status());
        return Jsoup.parse(removed.text()).selectFirst("h1").text();
    }

    @Test
    void asking_again_for_a_number_changes_nothing_until_the_first_is_given_up() throws Exception {
        Document stored = send("a", ticketOf(open("a")) + "&incidents=ft.home_search&narrative=twice&step=send", 200);
        String report = stored.selectFirst("input[name=report]").val();
        String asking = fields(stored);
        Document first = send("a", asking, 200);
        String number = first.getElementById("number").text();
        String card = card(report);

        Document again = send("a", asking, 200);
        assertEquals("A number was given already", again.selectFirst("h1").text());
        assertTrue(again.text().contains("nothing was changed"));
        assertFalse(again.text().contains(number.substring(0, 9)));
        String made = asking + "&instead=";
        for (String other : List.of("1", "0", "-2", "3", "99999999999", "2x")) {
            assertEquals(
                    "A number was given already",
                    send("a", made + other, 200).selectFirst("h1").text(),
                    other);
        }
        assertEquals(card, card(report), "the first number no longer works");

        String givingUp = fields(again);
        Document other = send("a", givingUp, 200);
        assertFalse(other.getElementById("number").text().equals(number));
        assertTrue(other.text().contains("The number that you had before no longer works."));
        String second = card(report);
        assertFalse(card.equals(second));
        Document reloaded = send("a", givingUp, 200);
        assertEquals("A number was given already", reloaded.selectFirst("h1").text());
        assertEquals(second, card(report), "a reload took the second number away");
    }

    @Test
    void two_clicks_at_once_give_one_number() throws Exception {
        Document stored = send("a", ticketOf(open("a")) + "&incidents=ft.home_search&narrative=both&step=send", 200);
        String asking = fields(stored);
        List<java.util.concurrent.CompletableFuture<Document>> both = new java.util.ArrayList<>();
        for (int i = 0; i < 4; i++) {
            both.add(java.util.concurrent.CompletableFuture.supplyAsync(() -> {
                try {
                    return send("a", asking, 200);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        int numbers = 0;
        for (var one : both) {
            numbers += one.get().getElementById("number") == null ? 0 : 1;
        }
        assertEquals(1, numbers);
    }

    private static String card(String report) throws Exception {
        try (Connection connection = TestStack.superuser("holdfast");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select revision || ' ' || sealed::text from intake_card where id = '" + report + "'")) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void a_report_is_not_taken_away_with_a_card_that_was_replaced_since_it_was_read() throws Exception {
        Document stored = send("a", ticketOf(open("a")) + "&incidents=ft.home_search&narrative=late&step=send", 200);
        UUID report = UUID.fromString(stored.selectFirst("input[name=report]").attr("value"));
        LocalDate day = LocalDate.of(2026, 11, 25);
        long read = bracket.read(() -> store.card(report)).orElseThrow().revision();
        number(stored);
        assertFalse(bracket.write(() -> store.remove(report, read, day)));
        assertTrue(bracket.read(() -> store.find(report)).isPresent());
        assertEquals(
                read + 1, bracket.read(() -> store.card(report)).orElseThrow().revision());
    }

    @Test
    void somebody_without_the_role_or_the_keys_gets_no_report() throws Exception {
        int before = count("select count(*) from audit_entry where act = 'access.refused'");
        assertEquals(403, organisation.unlocked("audrey").get("/desk/intake").statusCode());
        assertEquals(before + 1, count("select count(*) from audit_entry where act = 'access.refused'"));
        assertEquals(403, organisation.signedIn("amina").get("/desk/intake").statusCode());
        assertEquals(
                404,
                organisation
                        .unlocked("amina")
                        .get("/desk/intake/" + UUID.randomUUID())
                        .statusCode());
        assertEquals(
                404, organisation.unlocked("amina").get("/desk/intake/nonsense").statusCode());
    }

    @Test
    void a_report_row_that_was_swapped_opens_nothing_and_is_a_line() throws Exception {
        send("a", ticketOf(open("a")) + "&narrative=tampered-one&step=send", 200);
        send("a", ticketOf(open("a")) + "&narrative=tampered-two&step=send", 200);
        int before = tamperLines();
        UUID broken;
        try (Connection connection = TestStack.superuser("holdfast");
                Statement sql = connection.createStatement()) {
            List<UUID> two = new java.util.ArrayList<>();
            try (ResultSet row = sql.executeQuery("select id from intake_report order by day, id limit 2")) {
                while (row.next()) {
                    two.add(row.getObject(1, UUID.class));
                }
            }
            broken = two.get(0);
            sql.executeUpdate("update intake_report set content = (select content from intake_report where id = '"
                    + two.get(1) + "') where id = '" + broken + "'");
        }
        Visitor amina = organisation.unlocked("amina");
        assertEquals(200, amina.get("/desk/intake").statusCode());
        assertTrue(amina.last().body().contains("did not open"));
        assertEquals(500, amina.get("/desk/intake/" + broken).statusCode());
        assertTrue(amina.last().body().contains("Opening refused"));
        assertTrue(tamperLines() >= before + 2);
        try (Connection connection = TestStack.superuser("holdfast");
                Statement sql = connection.createStatement()) {
            sql.executeUpdate("delete from intake_report where id = '" + broken + "'");
        }
    }

    @Test
    void a_desk_post_whose_login_is_gone_says_so_and_gives_the_text_back() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        amina.get("/desk/cases/new");
        amina.cookieNames().forEach(amina::forget);
        var answer = amina.submit("main form", Map.of("working", "words that must not be lost"));
        assertEquals(403, answer.statusCode());
        assertTrue(answer.body().contains("words that must not be lost"));
        assertTrue(answer.body().contains("Not saved."));
        assertFalse(amina.trail().get(amina.trail().size() - 1).startsWith("302"));
    }

    @Test
    void a_desk_post_without_its_ticket_is_refused_and_gives_the_text_back() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        amina.get("/desk/cases/new");
        for (String ticket : List.of("", "nonsense", "A".repeat(48))) {
            var answer = amina.post("/desk/cases", Map.of("working", "typed words", "ticket", ticket));
            assertEquals(403, answer.statusCode());
            assertTrue(answer.body().contains("typed words"));
        }
    }

    private static void dump(String name, String page) throws Exception {
        String folder = System.getProperty("holdfast.dump");
        if (folder != null) {
            Files.writeString(Path.of(folder, name + ".html"), page);
        }
    }

    private static void assertArrays(byte[] first, byte[] second) {
        assertTrue(Arrays.equals(first, second), "the pages differ");
    }

    private byte[] reply(String number) throws Exception {
        RawHttp.Answer answer = RawHttp.post(door, "/reply", "number=" + number);
        assertEquals(200, answer.status());
        return answer.body();
    }

    private String number(Document stored) throws Exception {
        Document page = send("a", fields(stored), 200);
        return page.getElementById("number").text().replace(" ", "");
    }

    private static String fields(Document page) {
        StringBuilder form = new StringBuilder();
        page.select("form[action^=/form] input")
                .forEach(input -> form.append(form.isEmpty() ? "" : "&")
                        .append(input.attr("name"))
                        .append('=')
                        .append(enc(input.val())));
        return form.toString();
    }

    private Document open(String letter) throws Exception {
        return Jsoup.parse(RawHttp.get(door, "/form/" + letter).text());
    }

    private Document send(String letter, String body, int status) throws Exception {
        RawHttp.Answer answer = RawHttp.post(door, "/form/" + letter, body, "Sec-Fetch-Site: same-origin");
        assertEquals(status, answer.status());
        return Jsoup.parse(answer.text());
    }

    private static String ticketOf(Document page) {
        return "ticket=" + page.selectFirst("input[name=ticket]").val();
    }

    private static int reports() throws Exception {
        return count("select count(*) from intake_report");
    }

    private static int tamperLines() throws Exception {
        return count("select count(*) from audit_entry where act = 'access.tampering'");
    }

    private static int count(String sql) throws Exception {
        try (Connection connection = TestStack.superuser("holdfast");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    /** A ticket of the server's own key with another time, written down from the format and not with the server's code. */
    private static String ticket(Instant at, UUID id) throws Exception {
        return ticket("report", new byte[0], at, id);
    }

    private static String ticket(String purpose, byte[] subject, Instant at, UUID id) throws Exception {
        Path file = Path.of(ConfigProvider.getConfig().getValue("holdfast.web.ticket-key-file", String.class));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getMimeDecoder().decode(Files.readString(file)), "HmacSHA256"));
        byte[] head = ByteBuffer.allocate(20)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putInt((int) (at.getEpochSecond() / 60))
                .array();
        mac.update(new byte[] {0, 0, 0, (byte) purpose.length()});
        mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
        mac.update(new byte[] {0, 0, 0, (byte) subject.length});
        mac.update(subject);
        byte[] tag = Arrays.copyOf(mac.doFinal(head), 16);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(36).put(head).put(tag).array());
    }

    private static String enc(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
