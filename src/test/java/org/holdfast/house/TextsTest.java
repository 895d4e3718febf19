// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.holdfast.rules.Codes;
import org.holdfast.rules.report.Field;
import org.holdfast.rules.report.ReportFields;
import org.holdfast.rules.report.ReportKind;
import org.holdfast.web.Language;
import org.holdfast.web.Languages;
import org.junit.jupiter.api.Test;

/** Words, templates and style sheets: complete in every language, the same in both directions, and nothing that a page must not hold. */
class TextsTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path MESSAGES = RESOURCES.resolve("messages");
    private static final Pattern PARAMETER = Pattern.compile("\\{[a-z]+}");

    @Test
    void every_language_has_every_text_with_the_same_gaps() {
        for (String bundle : List.of("door", "intake")) {
            Properties english = read(bundle + "_en");
            for (Language language : others()) {
                Properties texts = read(bundle + "_" + language.tag());
                assertEquals(
                        new TreeSet<>(english.keySet()), new TreeSet<>(texts.keySet()), bundle + " " + language.tag());
                english.forEach((key, text) -> {
                    String found = texts.getProperty((String) key);
                    assertTrue(!found.isBlank(), language.tag() + " " + key);
                    assertEquals(gaps((String) text), gaps(found), language.tag() + " " + key);
                });
            }
        }
    }

    @Test
    void every_code_that_the_report_door_shows_has_words_in_every_language() {
        Set<String> needed = new TreeSet<>();
        for (ReportKind kind : ReportKind.values()) {
            for (var form :
                    List.of(ReportFields.door(kind), ReportFields.contact().door())) {
                for (var section : form.sections()) {
                    for (Field field : section.fields()) {
                        if (!field.list().isEmpty() && !field.list().equals("country")) {
                            Codes.shipped()
                                    .list(field.list())
                                    .forEach(code -> needed.add(
                                            code.code().contains(".")
                                                    ? code.code()
                                                    : field.list() + "." + code.code()));
                        }
                    }
                }
            }
        }
        Set<String> english = new TreeSet<>(read("codes_en").stringPropertyNames());
        assertTrue(needed.containsAll(english), "only codes that the door shows");
        for (Language language : others()) {
            assertEquals(needed, new TreeSet<>(read("codes_" + language.tag()).stringPropertyNames()), language.tag());
        }
    }

    @Test
    void every_question_of_the_report_door_has_its_words() {
        Properties english = read("intake_en");
        for (ReportKind kind : ReportKind.values()) {
            for (var form :
                    List.of(ReportFields.door(kind), ReportFields.contact().door())) {
                form.sections().forEach(section -> {
                    assertTrue(english.containsKey("sec_" + section.code()), section.code());
                    section.fields()
                            .forEach(field -> assertTrue(english.containsKey("q_" + field.code()), field.code()));
                });
            }
        }
    }

    @Test
    void a_language_that_no_person_approved_says_so_in_its_file() throws IOException {
        for (Language language : others()) {
            for (String bundle : List.of("door", "intake", "codes")) {
                String text = Files.readString(MESSAGES.resolve(bundle + "_" + language.tag() + ".properties"));
                assertEquals(!language.approved(), text.contains("awaiting approval by a person"), language.tag());
            }
        }
    }

    @Test
    void words_that_must_not_stand_on_a_screen_do_not() {
        Properties english = read("intake_en");
        english.putAll(read("door_en"));
        english.forEach((key, text) -> {
            for (String word : List.of(
                    "victim", "whistleblow", "perpetrator", "repression", "persecut", "holdfast", "anonymous")) {
                assertTrue(!((String) text).toLowerCase(java.util.Locale.ROOT).contains(word), key + " says " + word);
            }
        });
    }

    @Test
    void style_sheets_know_no_left_and_right_and_fetch_nothing() {
        Pattern physical = Pattern.compile(
                "\\b(left|right)\\b|(margin|padding|border|inset)-(top|bottom)|text-align:(left|right)|url\\(|@import|@font-face");
        for (Path sheet : List.of(
                RESOURCES.resolve("styles/report.css"),
                RESOURCES.resolve("styles/report-more.css"),
                RESOURCES.resolve("styles/report-lang.css"),
                RESOURCES.resolve("META-INF/resources/style/desk.css"))) {
            Matcher found = physical.matcher(text(sheet).replaceAll("(?s)/\\*.*?\\*/", ""));
            assertTrue(!found.find(), () -> sheet + " says " + found.group());
        }
        assertTrue(text(RESOURCES.resolve("META-INF/resources/style/desk.css")).length() <= 24 * 1024);
        assertTrue(text(RESOURCES.resolve("styles/report.css")).length() <= 6 * 1024);
    }

    @Test
    void templates_hold_no_script_no_raw_value_no_style_and_no_other_site() {
        Pattern never = Pattern.compile(
                "\\.raw\\b|\\.safe\\b|<script|javascript:|\\bon(click|load|error|submit|change)=|\\bstyle=|url\\(|https?://|<img|<iframe|<object");
        List<String> found = new ArrayList<>();
        for (Path template : files(RESOURCES.resolve("templates"))) {
            Matcher matcher = never.matcher(text(template));
            if (matcher.find()) {
                found.add(template + " says " + matcher.group());
            }
            assertTrue(text(template).lines().count() <= 120, template + " is too long");
        }
        assertEquals(List.of(), found);
    }

    private static List<Language> others() {
        return Languages.all().stream()
                .filter(language -> language != Languages.ENGLISH)
                .toList();
    }

    private static Set<String> gaps(String text) {
        Set<String> gaps = new TreeSet<>();
        Matcher matcher = PARAMETER.matcher(text);
        while (matcher.find()) {
            gaps.add(matcher.group());
        }
        return gaps;
    }

    private static Properties read(String name) {
        Properties words = new Properties();
        try (var reader = Files.newBufferedReader(MESSAGES.resolve(name + ".properties"))) {
            words.load(reader);
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
