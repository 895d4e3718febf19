// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.qute.TemplateInstance;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.holdfast.local.LocalStackResource;
import org.holdfast.rules.report.ReportKind;
import org.holdfast.web.Frame;
import org.holdfast.web.FramesIn;
import org.holdfast.web.Language;
import org.holdfast.web.Languages;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** Every page of the report door in every language, also in those that the public does not see yet. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class LanguagesComponentTest {
    /** Letters of two bytes: what the form says in them is longer than 16 KB, whatever the markup. */
    private static final Map<String, Integer> MOST = Map.of("fa", 20 * 1024);

    /** What stands in the history, by page and in the order of the languages: a language gets dull titles, or none. */
    private static final Map<String, List<String>> TITLES = Map.of(
            "start", List.of("Start", "شروع", "开始"),
            "form", List.of("Form", "فرم", "表格"),
            "form with faults", List.of("Error: form", "خطا: فرم", "错误：表格"),
            "review", List.of("Step 2", "گام ۲", "第 2 步"),
            "again", List.of("Step 3", "گام ۳", "第 3 步"),
            "stored", List.of("Step 3", "گام ۳", "第 3 步"),
            "number", List.of("Step 4", "گام ۴", "第 4 步"),
            "removed", List.of("Messages", "پیام‌ها", "信息"),
            "ask", List.of("Error: number", "خطا: شماره", "错误：号码"),
            "messages", List.of("Messages", "پیام‌ها", "信息"));

    private static final Map<String, List<String>> OTHER_TITLES = Map.of(
            "dull", List.of("World clock", "ساعت جهانی", "世界时钟"),
            "ask", List.of("Number", "شماره", "号码"),
            "page of an error", List.of("Page", "صفحه", "页面"));

    @Inject
    FramesIn frames;

    @Inject
    CodeTexts codes;

    @Test
    void every_page_stands_in_its_language_and_direction() throws Exception {
        for (Language language : Languages.all()) {
            for (ReportKind kind : ReportKind.values()) {
                Frame frame = frames.report(language, "/form/" + kind.letter());
                ReportForm filled = ReportForm.of(
                        kind,
                        Map.of(
                                "narrative",
                                List.of("کلمه 词 word"),
                                "incidents",
                                List.of(first(kind)),
                                "help",
                                List.of("hr.record_only", "hr.medical"),
                                "start.year",
                                List.of("2026")));
                Document start = Jsoup.parse(new IntakePages.start(frame, true)
                        .setLocale(language.locale())
                        .render());
                assertTrue(
                        start.selectFirst("nav").elementSiblingIndex()
                                < start.selectFirst("h1").elementSiblingIndex(),
                        "whoever cannot read the page finds the languages first");
                assertEquals(Languages.all().size(), start.select("nav a[lang]").size(), "and once");
                measure(
                        language,
                        new IntakePages.form(frame, FormView.blank(kind, language, codes, "t".repeat(48)), false));
                List<ReportForm.Fault> faults = List.of(
                        new ReportForm.Fault("help", "error_contrary", 0),
                        new ReportForm.Fault("name", "error_too_long", 300));
                for (TemplateInstance page : List.of(
                        new IntakePages.start(frame, true),
                        new IntakePages.form(frame, FormView.blank(kind, language, codes, "t"), false),
                        new IntakePages.form(frame, FormView.of(filled, language, codes, "t", faults), true),
                        new IntakePages.review(
                                frame, FormView.of(filled, language, codes, "t", List.of()), "c", true, false),
                        new IntakePages.again(
                                frame,
                                FormView.of(filled, language, codes, "t", List.of()),
                                new IntakePages.Offer(kind.letter(), "r", "p", "t")),
                        new IntakePages.stored(frame, new IntakePages.Offer(kind.letter(), "r", "p", "t")),
                        new IntakePages.number(frame, List.of("1234", "5678"), true, 0, "a", "r", "p", "t"),
                        new IntakePages.number(frame, List.of(), false, 2, "a", "r", "p", "t"),
                        new IntakePages.number(frame, List.of(), false, 0, "a", "r", "p", "t"),
                        new ReplyPages.removed(frame),
                        new ReplyPages.ask(frame, "12", "reply_check", false, ""),
                        new ReplyPages.ask(frame, "12", "reply_check", false, "i"),
                        new ReplyPages.messages(
                                frame,
                                List.of(
                                        new MailboxDesk.Message("i", "پاسخ", "2026-11-25"),
                                        new MailboxDesk.Message("j", "پاسخ", "2026-11-24")),
                                true),
                        new LeavePages.dull(frame, List.of()))) {
                    boolean keepsSomething = page instanceof IntakePages.review
                            || page instanceof IntakePages.stored
                            || page instanceof IntakePages.again
                            || page instanceof IntakePages.number;
                    if (keepsSomething) {
                        Document shown =
                                Jsoup.parse(page.setLocale(language.locale()).render());
                        assertEquals(0, shown.select("a[hreflang]").size(), "a link that loses what is on the page");
                        shown.select("#l-none")
                                .forEach(count -> assertEquals(
                                        language.tag().equals("fa") ? "۰-۹" : "0-9",
                                        count.text().matches(".*[۰-۹].*") ? "۰-۹" : "0-9",
                                        "the digits of the language"));
                    }
                    check(language, page, language.tag() + "-" + page.getClass().getSimpleName() + "-" + kind.letter());
                }
            }
        }
    }

    @Test
    void the_titles_are_dull_in_every_language() throws Exception {
        for (Language language : Languages.all()) {
            Frame frame = frames.report(language, "/reply");
            assertTitle(OTHER_TITLES, "dull", language, title(language, new LeavePages.dull(frame, List.of())));
            assertTitle(OTHER_TITLES, "ask", language, title(language, new ReplyPages.ask(frame, "", "", true, "")));
            Properties door = new Properties();
            try (Reader texts = Files.newBufferedReader(
                    Path.of("src/main/resources/messages/door_" + language.tag() + ".properties"))) {
                door.load(texts);
            }
            assertTitle(OTHER_TITLES, "page of an error", language, door.getProperty("title"));
        }
    }

    private static String title(Language language, TemplateInstance page) {
        return Jsoup.parse(page.setLocale(language.locale()).render()).title();
    }

    private static void assertTitle(Map<String, List<String>> titles, String page, Language language, String title) {
        assertTrue(titles.containsKey(page), page + " has no title on the list");
        assertEquals(titles.get(page).get(Languages.all().indexOf(language)), title, page + " in " + language.tag());
    }

    /** A form before padding, with the notice of a draft and the buttons of all languages, as it will be once they are public. */
    private static void measure(Language language, IntakePages.form page) {
        int size = page.setLocale(language.locale()).render().getBytes(StandardCharsets.UTF_8).length;
        int most = MOST.getOrDefault(language.tag(), 16 * 1024);
        assertTrue(size <= most, language.tag() + " " + page.view().letter() + " has " + size);
    }

    private static void check(Language language, TemplateInstance page, String name) throws Exception {
        String text = page.setLocale(language.locale()).render();
        String dump = System.getProperty("holdfast.dump");
        if (dump != null) {
            java.nio.file.Files.writeString(java.nio.file.Path.of(dump, name + ".html"), text);
        }
        Document document = Jsoup.parse(text);
        assertEquals(language.tag(), document.selectFirst("html").attr("lang"), name);
        assertEquals(language.dir(), document.selectFirst("html").attr("dir"), name);
        assertTrue(text.getBytes(StandardCharsets.UTF_8).length < 32 * 1024 - 7, name + " does not fit");
        if (!name.contains("dull")) {
            boolean faulty =
                    template(name).equals("form") && !document.select(".sum").isEmpty();
            assertTitle(TITLES, template(name) + (faulty ? " with faults" : ""), language, document.title());
        }
        for (Element link : document.select("a[href^=/]")) {
            String asked = link.attr("href").replaceFirst("[^?]*\\?lang=", "");
            assertEquals(link.hasAttr("hreflang") ? link.attr("hreflang") : language.tag(), asked, name);
        }
        if (!name.contains("dull")) {
            assertEquals(
                    language.tag(),
                    document.body()
                            .child(0)
                            .select("form[action=/leave] button[name=lang]")
                            .val(),
                    name);
        }
        if (!language.approved() && !name.contains("dull")) {
            assertTrue(text.contains("Draft translation, not for real reports."), name);
        }
        if (language != Languages.ENGLISH && !name.contains("dull")) {
            document.select("[lang=en], style, input[type=hidden], option[value], .code")
                    .remove();
            assertFalse(
                    document.body().text().matches("(?s).*\\b(the|your|and|report)\\b.*"),
                    name + ": " + document.body().text());
        }
    }

    /** The template's name in that of a check. */
    private static String template(String name) {
        String[] parts = name.split("-");
        return parts[parts.length - 2];
    }

    private static String first(ReportKind kind) {
        return switch (kind) {
            case FAMILY_THREAT -> "ft.home_search";
            case AGENT_APPROACH -> "aa.home_visit";
            case TRAVEL_RISK -> "te.planned_trip";
        };
    }
}
