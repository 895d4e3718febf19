// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.rules;

import java.text.Collator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The code lists.
 *
 * <p>Beside the lists of {@code code-lists.csv} there are six more, which are not in the file: {@code country} (ISO
 * 3166-1 alpha-2, sorted by English name), {@code incident} (the six incident lists one after the other), and four
 * short answers: {@code answer} (yes, no, unknown), {@code may_contact}, {@code time_unit} and {@code name_kind}.
 *
 * <p>Immutable, safe between threads. Asking for a list that does not exist is a mistake in the program and throws
 * {@link IllegalArgumentException}; asking about a code never throws, except where a label is asked for a code that was
 * not checked before.
 */
public final class Codes {

    /** A code with its English label and definition; the definition may be empty. */
    public record Code(String code, String label, String definition) {}

    /** The lists whose codes name what happened, in the order in which they are shown. */
    public static final List<String> INCIDENT_LISTS = List.of(
            "family_threat", "agent_approach", "travel_event", "digital_threat", "legal_process", "return_event");

    private static final Codes SHIPPED = load();

    private final Map<String, Map<String, Code>> lists;
    private final Set<String> published;

    private Codes(Map<String, Map<String, Code>> lists, Set<String> published) {
        this.lists = lists;
        this.published = published;
    }

    /** The lists that this version ships. */
    public static Codes shipped() {
        return SHIPPED;
    }

    /** Names of the lists that stand in the file. */
    public Set<String> published() {
        return published;
    }

    /** Is there a list of this name? */
    public boolean has(String list) {
        return lists.containsKey(list);
    }

    /** The codes of a list, in the order in which they are shown. */
    public List<Code> list(String list) {
        return List.copyOf(codes(list).values());
    }

    /** Is this one of the list's codes? */
    public boolean contains(String list, String code) {
        return codes(list).containsKey(code);
    }

    /**
     * The English label of a code.
     *
     * @throws UnknownCode when the list does not hold it
     */
    public String label(String list, String code) {
        return find(list, code).label();
    }

    /** The English label of a code, or what is given in its place when the list does not hold it. */
    public String labelOr(String list, String code, String otherwise) {
        return contains(list, code) ? label(list, code) : otherwise;
    }

    /**
     * The English definition of a code, empty when there is none.
     *
     * @throws UnknownCode when the list does not hold it
     */
    public String definition(String list, String code) {
        return find(list, code).definition();
    }

    private Code find(String list, String code) {
        Code found = codes(list).get(code);
        if (found == null) {
            throw new UnknownCode(list);
        }
        return found;
    }

    private Map<String, Code> codes(String list) {
        Map<String, Code> codes = lists.get(list);
        if (codes == null) {
            throw new IllegalArgumentException("no code list of this name");
        }
        return codes;
    }

    private static Codes load() {
        Map<String, Map<String, Code>> lists = new LinkedHashMap<>();
        for (List<String> row : Csv.shipped(Codes.class, "code-lists.csv")) {
            Code code = new Code(row.get(1), row.get(2), row.get(3));
            if (lists.computeIfAbsent(row.get(0), l -> new LinkedHashMap<>()).put(code.code(), code) != null) {
                throw new IllegalStateException("code-lists.csv: twice in one list: " + code.code());
            }
        }
        Set<String> published = Set.copyOf(lists.keySet());
        Map<String, Code> incidents = new LinkedHashMap<>();
        INCIDENT_LISTS.forEach(list -> incidents.putAll(lists.get(list)));
        lists.put("incident", incidents);
        lists.put("country", countries());
        lists.put("answer", own("yes", "Yes", "no", "No", "unknown", "Not known"));
        lists.put("may_contact", own("yes", "Yes", "no", "No", "through", "Only through somebody else"));
        lists.put("time_unit", own("minutes", "Minutes", "hours", "Hours", "days", "Days"));
        lists.put(
                "name_kind",
                own(
                        "current",
                        "Name",
                        "earlier",
                        "Earlier name",
                        "nickname",
                        "Nickname",
                        "written",
                        "As written abroad"));
        lists.replaceAll((name, codes) -> Collections.unmodifiableMap(codes));
        return new Codes(lists, published);
    }

    private static Map<String, Code> own(String... pairs) {
        Map<String, Code> codes = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            codes.put(pairs[i], new Code(pairs[i], pairs[i + 1], ""));
        }
        return codes;
    }

    private static Map<String, Code> countries() {
        List<Code> all = new ArrayList<>();
        Arrays.stream(Locale.getISOCountries())
                .map(tag -> new Code(tag, new Locale("", tag).getDisplayCountry(Locale.ENGLISH), ""))
                .forEach(all::add);
        all.sort(Comparator.comparing(Code::label, Collator.getInstance(Locale.ENGLISH)));
        Map<String, Code> codes = new LinkedHashMap<>();
        all.forEach(code -> codes.put(code.code(), code));
        return codes;
    }
}
