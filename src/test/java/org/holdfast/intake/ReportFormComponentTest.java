// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.web.RawHttp;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The form and its review: nothing of this needs an organisation, because nothing is stored. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class ReportFormComponentTest {
    private final URI door = TestStack.report();

    @BeforeEach
    void found() {
        Organisation.ofTests();
    }

    @Test
    void every_form_is_one_page_of_the_usual_size_without_anything_to_fetch() throws Exception {
        for (String letter : List.of("a", "b", "c")) {
            RawHttp.Answer answer = RawHttp.get(door, "/form/" + letter);
            assertEquals(200, answer.status());
            assertEquals(32 * 1024, answer.body().length);
            String text = answer.text();
            assertTrue(unpadded(text) <= 16 * 1024, letter + " has " + unpadded(text));
            for (String never : List.of("<script", "<svg", "url(", "http://", "https://", "style=", "<img", "<link")) {
                assertFalse(text.contains(never), never);
            }
            Document page = Jsoup.parse(text);
            assertTrue(page.select("fieldset, form > label").size() >= 12);
            assertEquals("/leave", page.select("form").get(0).attr("action"));
            Element form = page.select("form").get(1);
            assertEquals("off", form.attr("autocomplete"));
            assertEquals("false", form.attr("spellcheck"));
            for (Element input : form.select("textarea, select, input:not([type=hidden])")) {
                assertNotNull(input.closest("label"), input.attr("name"));
            }
        }
        assertEquals(404, RawHttp.get(door, "/form/d").status());
    }

    @Test
    void a_review_says_how_many_questions_are_not_answered() throws Exception {
        String typed = ticketOf(open("a")) + "&incidents=ft.home_search";
        Document review = post("a", typed + "&step=review", 200);
        int all = review.select("dt#l-none + dd li").size();
        assertEquals(
                all + " questions not answered", review.selectFirst("#l-none").text());
        StringBuilder most = new StringBuilder(typed);
        Document form = open("a");
        for (String name : review.select("dl button[formaction]").eachAttr("formaction")) {
            form.select("[name=" + name.substring(name.indexOf('#') + 1) + "]").remove();
        }
        form.select("textarea[name], input:not([type])").forEach(input -> {
            if (!input.attr("name").contains(".") && !input.attr("name").equals("timezone")) {
                most.append('&').append(input.attr("name")).append("=1");
            }
        });
        form.select("[name$=.year]")
                .forEach(input -> most.append('&').append(input.attr("name")).append("=2026"));
        form.select("input[type=radio], input[type=checkbox]").stream()
                .filter(input -> !input.val().equals("hr.record_only"))
                .forEach(input -> {
                    if (most.indexOf("&" + input.attr("name") + "=") < 0) {
                        most.append('&').append(input.attr("name")).append('=').append(input.val());
                    }
                });
        form.select("select")
                .forEach(select -> most.append('&')
                        .append(select.attr("name"))
                        .append('=')
                        .append(select.select("option").last().val()));
        Document last = post("a", most + "&step=review", 200);
        assertEquals(List.of("1 question not answered"), last.select("#l-none").eachText());
    }

    @Test
    void a_review_shows_everything_and_can_be_changed_again() throws Exception {
        Document form = open("a");
        String body = ticketOf(form)
                + "&incidents=ft.relative_summoned&incidents=ft.home_search&danger_now=no&start.month=5&start.year=2026"
                + "&narrative=" + enc("<b>Two men came.</b>\r\nسلام 你好") + "&name=" + enc("M & \"K\"");
        Document review = post("a", body + "&step=review", 200);
        assertEquals("Step 2", review.title());
        assertTrue(review.text().contains("Nothing has been stored yet."));
        assertEquals(
                "<b>Two men came.</b>\nسلام 你好",
                review.selectFirst("textarea[name=narrative]")
                        .wholeText()
                        .replace("\r", "")
                        .strip());
        assertEquals("M & \"K\"", review.selectFirst("input[name=name]").val());
        assertEquals(2, review.select("input[name=incidents]").size());
        Element change = review.selectFirst("button[formaction=/form/a#narrative]");
        assertEquals("edit", change.val());
        Document again = post("a", body + "&step=edit", 200);
        assertEquals(2, again.select("input[name=incidents][checked]").size());
        assertEquals("M & \"K\"", again.selectFirst("input[name=name]").val());
        assertEquals("5", again.getElementById("start.month").val());
    }

    @Test
    void bad_values_come_back_with_everything_typed_and_the_field_in_words() throws Exception {
        String ticket = ticketOf(open("a"));
        for (String[] bad : List.of(
                new String[] {"name=" + "x".repeat(301), "What may we call you?", "At most 300 characters"},
                new String[] {"danger_now=perhaps", "Is somebody in danger now?", "Please choose one"},
                new String[] {"incidents=aa.home_visit", "What happened?", "Please choose one"},
                new String[] {"help=hr.un_complaint", "What do you want us to do?", "Please choose one"},
                new String[] {
                    "contact_preference=cp.signal&contact_preference=cp.do_not_contact",
                    "How may we answer?",
                    "Please choose one"
                },
                new String[] {
                    "help=hr.record_only&help=hr.medical", "What do you want us to do?", "goes with no other wish"
                },
                new String[] {"precision=tp.exact", "How exactly do you know the time?", "Please choose one"},
                new String[] {"now_country=AF", "In which country are you now?", "Please choose one"},
                new String[] {"start.day=31&start.month=2&start.year=2026", "When did it begin?", "There is no such day"
                },
                new String[] {"start.day=5&start.year=2026", "When did it begin?", "A day needs its month"},
                new String[] {"name=a%00b", "What may we call you?", "a character here that cannot be stored"},
                new String[] {"name=%ED%A0%80", "What may we call you?", "a character here that cannot be stored"},
                new String[] {"narrative=" + enc("<".repeat(12_000)), "Tell us what happened", "at most 40 kilobytes"},
                new String[] {"narrative=" + "y".repeat(20_001), "Tell us what happened", "At most 20000 characters"
                })) {
            for (String step : List.of("review", "send")) {
                Document page =
                        post("a", ticket + "&incidents=ft.home_search&phone=12345&" + bad[0] + "&step=" + step, 422);
                assertEquals("Error: form", page.title());
                String summary = page.selectFirst(".sum").text();
                assertTrue(summary.contains(bad[1]), summary);
                assertTrue(summary.contains(bad[2]), summary);
                assertTrue(summary.contains("Nothing was stored."), summary);
                assertFalse(summary.contains("?:"), summary);
                assertEquals("12345", page.getElementById("phone").val());
                assertFalse(page.select("input[value=ft.home_search][checked]").isEmpty());
            }
        }
    }

    @Test
    void ways_to_answer_cannot_contradict_each_other_and_no_answer_lacks_its_field() throws Exception {
        for (String letter : List.of("a", "b", "c")) {
            Document form = open(letter);
            Element ways = form.selectFirst("select[name=contact_preference]");
            assertFalse(ways.hasAttr("multiple"));
            assertEquals(10, ways.select("option").size(), "nothing given, or one of nine ways");
            assertEquals(
                    0,
                    form.select("option[value=tp.exact], option[value=tp.range]")
                            .size());
            String words = form.select("form").get(1).text();
            for (String desk : List.of("mission", "origin", "Not known", "Relative ", "host country")) {
                assertFalse(words.contains(desk), letter + " says " + desk);
            }
        }
        Document start = Jsoup.parse(RawHttp.get(door, "/").text());
        assertTrue(start.text().contains("You need not give your name"));
        Document again =
                post("a", ticketOf(open("a")) + "&help=hr.record_only&help=hr.medical&narrative=kept&step=send", 422);
        assertEquals(2, again.select("#help.e input[checked]").size());
        assertTrue(again.selectFirst(".sum").text().contains("“Only keep it on record” goes with no other wish."));
        assertEquals("kept", again.getElementById("narrative").wholeText().strip());
    }

    @Test
    void a_way_to_answer_that_lacks_its_number_is_pointed_out_before_sending() throws Exception {
        String way = "&incidents=ft.home_search&contact_preference=cp.signal&step=review";
        String words = "gave no number or address for it";
        assertTrue(post("a", ticketOf(open("a")) + way, 200).text().contains(words));
        assertFalse(
                post("a", ticketOf(open("a")) + way + "&phone=123", 200).text().contains(words));
        assertFalse(post("a", ticketOf(open("a")) + way.replace("signal", "this_page_only"), 200)
                .text()
                .contains(words));
    }

    @Test
    void what_is_wrong_is_said_in_the_order_of_the_questions() throws Exception {
        Document page = post(
                "a",
                ticketOf(open("a"))
                        + "&incidents=ft.home_search&help=hr.record_only&help=hr.talk&start.day=31&start.month=2&start.year=2026"
                        + "&device=none&step=review",
                422);
        assertEquals(
                List.of("#start", "#help", "#device"), page.select(".sum a").eachAttr("href"));
    }

    @Test
    void an_empty_report_is_asked_for_one_answer() throws Exception {
        Document page = post("b", ticketOf(open("b")) + "&step=review", 422);
        assertTrue(page.selectFirst(".sum").text().contains("Tick at least one answer"));
        assertTrue(
                page.text().contains("Tick or write what happened. All else can stay empty."),
                "not any field: one answer is needed");
    }

    @Test
    void a_long_story_fits_into_the_next_size_and_stands_there_once() throws Exception {
        String story = "<".repeat(9_000) + "end-of-story";
        RawHttp.Answer answer =
                RawHttp.post(door, "/form/a", ticketOf(open("a")) + "&narrative=" + enc(story) + "&step=review");
        assertEquals(200, answer.status());
        assertEquals(64 * 1024, answer.body().length);
        assertEquals(1, answer.text().split("end-of-story", -1).length - 1);
    }

    @Test
    void a_forged_ticket_gets_a_short_page() throws Exception {
        for (String ticket : List.of("", "&ticket=", "&ticket=abc", "&ticket=" + "A".repeat(48))) {
            RawHttp.Answer answer = RawHttp.post(door, "/form/a", "narrative=hidden-words" + ticket + "&step=send");
            assertEquals(403, answer.status());
            assertEquals(32 * 1024, answer.body().length);
            assertFalse(answer.text().contains("hidden-words"));
            assertTrue(answer.text().contains("Nothing was stored"));
        }
    }

    @Test
    void a_body_that_is_no_form_is_refused_in_words() throws Exception {
        RawHttp.Answer answer = RawHttp.send(
                door,
                "POST /form/a",
                List.of("Host: " + door.getAuthority(), "Content-Type: application/json", "Content-Length: 2"),
                "{}".getBytes(StandardCharsets.US_ASCII));
        assertEquals(415, answer.status());
        assertEquals(32 * 1024, answer.body().length);
    }

    @Test
    void a_body_without_a_length_is_measured_too() throws Exception {
        StringBuilder chunked = new StringBuilder();
        String piece = "narrative=" + "a".repeat(65_526);
        for (int i = 0; i < 48; i++) {
            chunked.append(Integer.toHexString(piece.length()))
                    .append("\r\n")
                    .append(piece)
                    .append("\r\n");
        }
        chunked.append("0\r\n\r\n");
        RawHttp.Answer answer = RawHttp.send(
                door,
                "POST /form/a",
                List.of(
                        "Host: " + door.getAuthority(),
                        "Content-Type: application/x-www-form-urlencoded",
                        "Transfer-Encoding: chunked"),
                chunked.toString().getBytes(StandardCharsets.US_ASCII));
        assertEquals(413, answer.status());
        assertEquals(32 * 1024, answer.body().length);
    }

    @Test
    void leaving_leads_on_without_a_redirect_and_forgets() throws Exception {
        RawHttp.Answer answer = RawHttp.post(door, "/leave", "lang=en", "Sec-Fetch-Site: same-origin");
        assertEquals(200, answer.status());
        assertEquals("0;url=/w?lang=en", answer.header("Refresh"));
        assertTrue(answer.header("Clear-Site-Data").contains("cache"));
        assertEquals(200, RawHttp.get(door, "/w").status());
        assertEquals(32 * 1024, RawHttp.get(door, "/w").body().length);
    }

    @Test
    void a_mistyped_number_is_told_at_once() throws Exception {
        Document page = Jsoup.parse(RawHttp.post(door, "/reply", "number=1234").text());
        assertTrue(page.selectFirst(".sum").text().contains("32 digits"));
        assertEquals("1234", page.getElementById("number").val());
    }

    @Test
    void drafts_of_languages_are_not_offered() throws Exception {
        Document page = Jsoup.parse(RawHttp.get(door, "/form/a?lang=fa").text());
        assertEquals("en", page.selectFirst("html").attr("lang"));
        assertTrue(page.select("footer").isEmpty());
    }

    private static int unpadded(String page) {
        return page.substring(0, page.lastIndexOf("<!--")).getBytes(StandardCharsets.UTF_8).length;
    }

    private Document open(String letter) throws Exception {
        return Jsoup.parse(RawHttp.get(door, "/form/" + letter).text());
    }

    private Document post(String letter, String body, int status) throws Exception {
        RawHttp.Answer answer = RawHttp.post(door, "/form/" + letter, body, "Sec-Fetch-Site: same-origin");
        assertEquals(status, answer.status());
        return Jsoup.parse(answer.text());
    }

    private static String ticketOf(Document page) {
        return "ticket=" + page.selectFirst("input[name=ticket]").val();
    }

    private static String enc(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
