// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.holdfast.web.RawHttp;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who searches the phone afterwards: every page of the report door that somebody can come to, from the first one to the answer that was
 * deleted, with what each leaves behind. What a page is called in the history says nothing of reports, threats or answers.
 */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class TracesComponentTest {
    /** Each page by what it is here, and the title that stands in the history. A new one is dull, or it does not come in. */
    private static final Map<String, String> TITLES = Map.ofEntries(
            Map.entry("first page", "Start"),
            Map.entry("form a", "Form"),
            Map.entry("form b", "Form"),
            Map.entry("form c", "Form"),
            Map.entry("form with faults", "Error: form"),
            Map.entry("form again", "Form"),
            Map.entry("review", "Step 2"),
            Map.entry("stored", "Step 3"),
            Map.entry("stored already", "Step 3"),
            Map.entry("number", "Step 4"),
            Map.entry("number asked for twice", "Step 4"),
            Map.entry("another number", "Step 4"),
            Map.entry("coming back", "Number"),
            Map.entry("mistyped number", "Error: number"),
            Map.entry("no message", "Number"),
            Map.entry("answer", "Messages"),
            Map.entry("answer deleted", "Messages"),
            Map.entry("left", "World clock"),
            Map.entry("where leaving leads", "World clock"),
            Map.entry("no page", "Page"),
            Map.entry("forged form", "Page"),
            Map.entry("form of another site", "Page"),
            Map.entry("no form", "Page"),
            Map.entry("other verb", "Page"));

    /** After these nothing of the visit shall stay in the browser; what is still being written must. */
    private static final Set<String> FORGET = Set.of(
            "stored",
            "stored already",
            "number",
            "number asked for twice",
            "another number",
            "no message",
            "answer",
            "answer deleted",
            "left");

    /** Whoever left is on a page that has nothing to leave. */
    private static final Set<String> LEFT = Set.of("left", "where leaving leads");

    private final URI door = TestStack.report();
    private final Map<String, RawHttp.Answer> visit = new LinkedHashMap<>();

    @BeforeEach
    void visitEveryPage() throws Exception {
        Organisation organisation = Organisation.ofTests();
        seen("first page", RawHttp.get(door, "/"));
        for (String letter : List.of("a", "b", "c")) {
            seen("form " + letter, RawHttp.get(door, "/form/" + letter));
        }
        String typed = fields("form a") + "&incidents=ft.home_search&danger_now=yes&narrative=" + enc("They came.");
        form("form with faults", typed + "&start.day=31&start.month=2&step=review");
        form("form again", typed + "&step=edit");
        form("review", typed + "&step=review");
        form("stored", typed + "&step=send");
        form("stored already", typed + "&step=send");
        String report = page("stored").select("input[name=report]").val();
        String asking = fields("stored");
        form("number", asking);
        form("number asked for twice", asking);
        form("another number", fields("number asked for twice"));
        String number = page("another number").select("#number").text();
        assertEquals(39, number.length(), number);

        seen("coming back", RawHttp.get(door, "/reply"));
        reply("mistyped number", "number=12");
        reply("no message", "number=" + enc(number));
        Visitor amina = organisation.unlocked("amina");
        amina.get("/desk/intake/" + report);
        amina.submit("form[action$=/case]", Map.of());
        amina.submit("form[action$=/reply]", Map.of("text", "We read it."));
        for (int i = 0;
                i < 60 && (i == 0 || page("answer").select("input[name=remove]").isEmpty());
                i++) {
            Thread.sleep(500);
            reply("answer", "number=" + enc(number));
        }
        String answer = page("answer").select("input[name=remove]").val();
        reply("answer deleted", "number=" + enc(number) + "&remove=" + answer);

        seen("left", RawHttp.post(door, "/leave", "lang=en"));
        seen("where leaving leads", RawHttp.get(door, "/w"));
        seen("no page", RawHttp.get(door, "/threat"));
        form("forged form", "narrative=x&ticket=AAAA&step=send&lang=en");
        seen("form of another site", RawHttp.post(door, "/form/a", "lang=en", "Sec-Fetch-Site: cross-site"));
        seen(
                "no form",
                RawHttp.send(
                        door,
                        "POST /form/a",
                        List.of("Host: " + door.getAuthority(), "Content-Type: text/plain", "Content-Length: 1"),
                        new byte[] {'x'}));
        seen(
                "other verb",
                RawHttp.send(
                        door,
                        "PUT /form/a",
                        List.of("Host: " + door.getAuthority(), "Content-Length: 0"),
                        new byte[0]));
    }

    @Test
    void a_visit_leaves_dull_titles_and_nothing_else() {
        Map<String, String> titles = new LinkedHashMap<>();
        visit.forEach((name, answer) -> titles.put(name, page(name).title()));
        assertEquals(TITLES, titles);

        Set<String> forgetting = new TreeSet<>();
        visit.forEach((name, answer) -> {
            assertEquals("no-store", answer.header("Cache-Control"), name);
            assertEquals("", answer.header("Set-Cookie"), name);
            assertEquals("", answer.header("ETag") + answer.header("Last-Modified"), name);
            String forget = answer.header("Clear-Site-Data");
            if (!forget.isEmpty()) {
                assertEquals("\"cache\", \"cookies\", \"storage\"", forget, name);
                forgetting.add(name);
            }
        });
        assertEquals(new TreeSet<>(FORGET), forgetting);
    }

    @Test
    void each_page_can_be_left_by_its_first_button_and_keeps_its_language() {
        visit.forEach((name, answer) -> {
            Document page = page(name);
            if (LEFT.contains(name)) {
                assertEquals(0, page.select("form, a, button").size(), name);
                return;
            }
            Element exit = page.select("form").first();
            assertEquals("post /leave", exit.attr("method") + " " + exit.attr("action"), name);
            assertEquals("en", exit.select("button[name=lang]").val(), name);
            assertEquals(exit, page.body().child(0), name + ": before anything else");
            assertEquals(1, page.select("form[action=/leave]").size(), name);
            for (Element link : page.select("a[href]")) {
                String to = link.attr("href");
                assertTrue(to.startsWith("#") || to.matches("/[a-z/]*\\?lang=en"), name + " leads to " + to);
            }
            for (Element form : page.select("form:not(.exit)")) {
                assertEquals("post", form.attr("method"), name);
                assertEquals(
                        List.of("en"),
                        form.select("input[type=hidden][name=lang]").eachAttr("value"),
                        name);
            }
        });
    }

    private void seen(String name, RawHttp.Answer answer) {
        visit.put(name, answer);
    }

    private void form(String name, String body) throws IOException {
        seen(name, RawHttp.post(door, "/form/a", body, "Sec-Fetch-Site: same-origin"));
    }

    private void reply(String name, String body) throws IOException {
        seen(name, RawHttp.post(door, "/reply", body + "&lang=en", "Sec-Fetch-Site: same-origin"));
    }

    private Document page(String name) {
        RawHttp.Answer answer = visit.get(name);
        return Jsoup.parse(answer == null ? "" : answer.text());
    }

    /** What the browser sends of itself: the hidden fields of the page's own form. */
    private String fields(String name) {
        StringBuilder form = new StringBuilder();
        page(name)
                .select("form:not(.exit) input[type=hidden]")
                .forEach(input -> form.append(form.isEmpty() ? "" : "&")
                        .append(input.attr("name"))
                        .append('=')
                        .append(enc(input.val())));
        return form.toString();
    }

    private static String enc(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
