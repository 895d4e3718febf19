// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.rules.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What was answered: input name to values, in the order of the catalogue. A field without an answer is not in the map.
 *
 * <p>This is the plain form of a sealed column. Names are those of {@link Section#input}, with {@code .day},
 * {@code .month} or {@code .year} behind the name of a date. Immutable.
 */
public record Answers(Map<String, List<String>> values) {

    /** No answer at all. */
    public static final Answers NONE = new Answers(Map.of());

    /**
     * Takes a copy.
     *
     * @throws NullPointerException if there is a null in it, a name, a list or a value, so that reading such a value fails
     */
    public Answers {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        values.forEach((name, list) -> copy.put(Objects.requireNonNull(name), List.copyOf(list)));
        values = Collections.unmodifiableMap(copy);
    }

    /** The first value, or the empty string. */
    public String one(String input) {
        List<String> list = values.getOrDefault(input, List.of());
        return list.isEmpty() ? "" : list.get(0);
    }

    /** A date as exactly as it is known, {@code 2026-11-25}, {@code 2026-11} or {@code 2026}; empty if it is not. */
    public String date(String input) {
        StringBuilder text = new StringBuilder(one(input + ".year"));
        for (String part : List.of(".month", ".day")) {
            String number = one(input + part);
            if (!text.isEmpty() && !number.isEmpty()) {
                text.append(number.length() == 1 ? "-0" : "-").append(number);
            }
        }
        return text.toString();
    }

    /** All values, perhaps none. */
    public List<String> many(String input) {
        return values.getOrDefault(input, List.of());
    }

    /** These answers and the others together; the others win where both answer. */
    public Answers and(Answers others) {
        Map<String, List<String>> all = new LinkedHashMap<>(values);
        all.putAll(others.values);
        return new Answers(all);
    }

    @Override
    public String toString() {
        return "Answers[" + values.size() + "]";
    }
}
