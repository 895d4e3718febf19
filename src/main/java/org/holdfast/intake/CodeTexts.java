// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Collator;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.holdfast.rules.Codes;
import org.holdfast.web.Language;
import org.holdfast.web.Languages;

/**
 * The words for codes at the report door. English ones are those of the code lists; each further language has a file
 * {@code messages/codes_<tag>.properties}. Names of countries come from the locale data of the JDK. Thread-safe.
 */
@ApplicationScoped
class CodeTexts {
    /**
     * Countries offered in the list, which would otherwise be the longest part of the page: those in which exiles live or change planes.
     * Another one is told in the reporter's own words.
     */
    private static final List<String> COUNTRIES = List.of(
            "AE", "AL", "AM", "AR", "AT", "AU", "AZ", "BE", "BG", "BR", "BY", "CA", "CH", "CN", "CY", "CZ", "DE", "DK", "EE", "EG", "ES",
            "FI", "FR", "GB", "GE", "GR", "HK", "HR", "HU", "ID", "IE", "IL", "IN", "IQ", "IR", "IT", "JO", "JP", "KG", "KH", "KR", "KZ",
            "LA", "LB", "LT", "LV", "MA", "MD", "MM", "MN", "MX", "MY", "NL", "NO", "NP", "NZ", "PK", "PL", "PT", "QA", "RO", "RS", "RU",
            "SA", "SE", "SG", "SI", "SK", "TH", "TJ", "TR", "TW", "UA", "US", "UZ", "VN");

    private final Map<String, Properties> files = new HashMap<>();
    private final Map<String, List<Word>> countries = new ConcurrentHashMap<>();

    CodeTexts() {
        for (Language language : Languages.all()) {
            if (language != Languages.ENGLISH) {
                files.put(language.tag(), read("/messages/codes_" + language.tag() + ".properties"));
            }
        }
    }

    /**
     * A code and its words.
     *
     * @param code as stored
     * @param label as shown
     */
    record Word(String code, String label) {}

    /** What is offered of a list, in the order shown. */
    List<Word> offered(Language language, String list) {
        if (list.equals("country")) {
            return countries.computeIfAbsent(language.tag(), tag -> countries(language.locale()));
        }
        return Codes.shipped().list(list).stream()
                .map(code -> new Word(code.code(), label(language, list, code.code())))
                .toList();
    }

    /** The words for a code of a list; the code must be one. */
    String label(Language language, String list, String code) {
        if (list.equals("country")) {
            return new Locale("", code).getDisplayCountry(language.locale());
        }
        Properties file = files.get(language.tag());
        String found = file == null ? null : file.getProperty(key(list, code));
        return found == null ? Codes.shipped().label(list, code) : found;
    }

    /** Codes with a dot are unique by themselves; the others stand under the name of their list. */
    static String key(String list, String code) {
        return code.indexOf('.') > 0 ? code : list + "." + code;
    }

    private static List<Word> countries(Locale locale) {
        Collator order = Collator.getInstance(locale);
        return COUNTRIES.stream()
                .map(code -> new Word(code, new Locale("", code).getDisplayCountry(locale)))
                .sorted(Comparator.comparing(Word::label, order))
                .toList();
    }

    private static Properties read(String name) {
        Properties words = new Properties();
        try (InputStream in = CodeTexts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("a language has no words for codes");
            }
            words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
