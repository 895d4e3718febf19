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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.holdfast.rules.Codes;
import org.holdfast.web.Language;
import org.holdfast.web.Languages;

/**
 * The words for codes at the report door, said to the person who fills in the form. Each language has a file
 * {@code messages/codes_<tag>.properties}; the English one holds only what the desk says in other words, which stand in the code lists.
 * Names of countries come from the locale data of the JDK. Thread-safe.
 */
@ApplicationScoped
class CodeTexts {
    /**
     * Countries offered in the list, which would otherwise be the longest part of the page: those in which exiles live or change planes.
     * Another one is told in the reporter's own words.
     */
    private static final List<String> COUNTRIES = List.of(
            "AE", "AM", "AT", "AU", "BE", "CA", "CH", "CY", "CZ", "DE", "DK", "EG", "ES", "FI", "FR", "GB", "GE", "GR",
            "ID", "IN", "IQ", "IT", "JP", "KG", "KR", "KZ", "LT", "MY", "NL", "NO", "NP", "PK", "PL", "RS", "SE", "TH",
            "TR", "TW", "UA", "US", "UZ");

    /** Of long lists the page offers what somebody at the door is likely to need; the desk has them whole. */
    private static final Map<String, Set<String>> NOT_OFFERED = Map.of(
            "help_requested",
            Set.of(
                    "hr.relocation",
                    "hr.publicity_advice",
                    "hr.un_complaint",
                    "hr.translation",
                    "hr.evidence_keeping",
                    "hr.documents"),
            "relationship",
            Set.of("rel.former_in_law", "rel.none", "rel.in_law"),
            "place_type",
            Set.of(
                    "pl.safe_house",
                    "pl.detention_official",
                    "pl.detention_unofficial",
                    "pl.unhcr_office",
                    "pl.mission_host",
                    "pl.hospital",
                    "pl.port",
                    "pl.land_border",
                    "pl.unknown"),
            "contact_channel",
            Set.of("ch.broadcast", "ch.public_post", "ch.video_call", "ch.via_employer_school", "ch.official_document"),
            "demand",
            Set.of("dm.none_stated", "dm.withdraw_claim", "dm.not_attend"),
            // The door has no fields for an hour or an end.
            "time_precision",
            Set.of("tp.exact", "tp.range"));

    private final Map<String, Properties> files = new HashMap<>();
    private final Map<String, List<Word>> countries = new ConcurrentHashMap<>();

    CodeTexts() {
        for (Language language : Languages.all()) {
            files.put(language.tag(), read("/messages/codes_" + language.tag() + ".properties"));
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
        Set<String> without = NOT_OFFERED.getOrDefault(list, Set.of());
        return Codes.shipped().list(list).stream()
                .filter(code -> !without.contains(code.code()))
                .map(code -> new Word(code.code(), label(language, list, code.code())))
                .toList();
    }

    /** Whether the form offers this code, in whatever language. */
    static boolean isOffered(String list, String code) {
        return list.equals("country")
                ? COUNTRIES.contains(code)
                : !NOT_OFFERED.getOrDefault(list, Set.of()).contains(code);
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
