// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.web.FramesIn;
import org.holdfast.web.Tickets;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever begins in a language has it to the end: each page hands it on in what its own form sends, as a browser sends it. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class LanguageKeptComponentTest {
    private static final String REPORT = "form[action^=/form/]";

    @Inject
    IntakeDesk desk;

    @Inject
    MailboxDesk mailboxes;

    @Inject
    Tickets tickets;

    @Inject
    CodeTexts codes;

    @Inject
    FramesIn frames;

    @BeforeEach
    void found() {
        Organisation.ofTests();
    }

    @Test
    @ActivateRequestContext
    void a_language_is_kept_from_the_form_to_the_number_and_to_the_answer() {
        for (String lang : List.of("fa", "zh-Hans")) {
            IntakePages pages = new IntakePages(desk, frames.withDrafts(), tickets, codes);
            Document form = in(lang, pages.form("a", lang));
            MultivaluedMap<String, String> filled = sent(form, REPORT);
            filled.putSingle("incidents", "ft.home_search");
            filled.putSingle("narrative", "کلمه 词");
            Document review = in(lang, pages.step("a", with(filled, "step", "review")));
            Document edited = in(lang, pages.step("a", with(sent(review, REPORT), "step", "edit")));
            MultivaluedMap<String, String> faulty = with(sent(edited, REPORT), "start.year", "never");
            in(lang, pages.step("a", with(faulty, "step", "review")));
            Document again = in(lang, pages.step("a", with(sent(edited, REPORT), "step", "review")));
            MultivaluedMap<String, String> sending = with(sent(again, REPORT), "step", "send");
            Document stored = in(lang, pages.step("a", sending));
            String offer = "form:has([name=proof])";
            Document twice = in(lang, pages.step("a", sending));
            in(lang, pages.step("a", with(sent(twice, "form:not(.exit):not(:has([name=proof]))"), "step", "review")));
            assertNotNull(in(lang, pages.step("a", sent(stored, offer))).getElementById("number"));
            Document before = in(lang, pages.step("a", sent(twice, offer)));
            Document other = in(lang, pages.step("a", sent(before, offer)));
            String number = other.getElementById("number").text();

            ReplyPages reply = new ReplyPages(mailboxes, frames.withDrafts());
            Document asked = in(lang, reply.ask(lang));
            String handed = sent(asked, "form[action=/reply]").getFirst("lang");
            in(lang, reply.open("12", null, handed));
            Document none = in(lang, reply.open(number, null, handed));
            assertEquals(lang, sent(none, "form[action=/reply]").getFirst("lang"));
        }
    }

    private static Document in(String lang, Response answer) {
        Document page = Jsoup.parse(new String((byte[]) answer.getEntity(), StandardCharsets.UTF_8));
        String heading = page.select("h1").text();
        assertEquals(lang, page.selectFirst("html").attr("lang"), heading);
        assertEquals(
                lang,
                page.select("form.exit button[name=lang]").val(),
                "the quick exit leads on in it too: " + heading);
        page.select("a[href^=/]")
                .not("[hreflang]")
                .forEach(link -> assertTrue(link.attr("href").contains("lang=" + lang), heading + ": " + link));
        return page;
    }

    /** What a browser sends with the form, but for the button. */
    private static MultivaluedMap<String, String> sent(Document page, String form) {
        MultivaluedMap<String, String> fields = new MultivaluedHashMap<>();
        ((FormElement) page.selectFirst(form)).formData().forEach(field -> fields.add(field.key(), field.value()));
        return fields;
    }

    private static MultivaluedMap<String, String> with(MultivaluedMap<String, String> form, String name, String value) {
        MultivaluedMap<String, String> more = new MultivaluedHashMap<>();
        more.putAll(form);
        more.putSingle(name, value);
        return more;
    }
}
