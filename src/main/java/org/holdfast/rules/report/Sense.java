// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.rules.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.holdfast.rules.report.Complaint.Problem;
import org.jspecify.annotations.Nullable;

/** What cannot be true together although each field on its own is fine: an end before the beginning, a day to come, no such actor. */
final class Sense {

    /** A date, a later one in the same row, and what is wrong if it is not later. */
    private record Order(String first, String last, Problem problem) {}

    private static final List<Order> ORDERS = List.of(
            new Order("start", "end", Problem.ENDS_EARLY),
            new Order("first_seen", "last_seen", Problem.SEEN_EARLY),
            new Order("arrival", "leaving", Problem.LEAVES_EARLY));

    /** Dates of what has happened when it is written down. */
    private static final Set<String> PAST =
            Set.of("received", "held_since", "first_seen", "last_seen", "born", "asked", "last_contact");

    private static final String ACTORS = "actors";
    private static final String ACTOR = "actor";

    private Sense() {}

    /**
     * Looks at a form whose fields were checked.
     *
     * @param answers what was accepted, its rows counted without the empty ones
     * @param rows by section that repeats: the number that each of these rows had when it was typed
     * @param today in UTC; it may be a day later elsewhere
     */
    static List<Complaint> check(Form form, Answers answers, Map<String, List<Integer>> rows, LocalDate today) {
        String latest = today.plusDays(1).toString();
        List<Complaint> complaints = new ArrayList<>();
        for (Section section : form.sections()) {
            List<Integer> typed = section.repeats() ? rows.getOrDefault(section.code(), List.of()) : List.of(0);
            for (int row = 1; row <= typed.size(); row++) {
                for (Field field : section.fields()) {
                    Problem problem = problem(section, field, row, answers, rows, latest);
                    if (problem != null) {
                        int before = typed.get(row - 1);
                        complaints.add(new Complaint(
                                section.input(field, before), Form.label(section, field, before), problem, 0));
                    }
                }
            }
        }
        return complaints;
    }

    private static @Nullable Problem problem(
            Section section, Field field, int row, Answers answers, Map<String, List<Integer>> rows, String latest) {
        String input = section.input(field, row);
        if (field.type() == Field.Type.NUMBER && field.code().equals(ACTOR)) {
            String number = answers.one(input);
            return number.isEmpty() || rows.getOrDefault(ACTORS, List.of()).contains(Integer.valueOf(number))
                    ? null
                    : Problem.NO_SUCH_ACTOR;
        }
        if (field.type() != Field.Type.DATE) {
            return null;
        }
        String prefix = input.substring(0, input.length() - field.code().length());
        String date = answers.date(input);
        if (PAST.contains(field.code()) && isBefore(latest, date)) {
            return Problem.IN_FUTURE;
        }
        return ORDERS.stream()
                .filter(order -> order.last().equals(field.code()))
                .filter(order ->
                        isBefore(moment(answers, prefix + order.last()), moment(answers, prefix + order.first())))
                .map(Order::problem)
                .findFirst()
                .orElse(null);
    }

    /** Day and time, as exactly as both are known: a time counts only on a day. */
    private static String moment(Answers answers, String input) {
        String date = answers.date(input);
        String time = answers.one(input + "_time");
        return date.length() == 10 && !time.isEmpty() ? date + " " + time : date;
    }

    /** Whether one is before the other as far as both are known. */
    private static boolean isBefore(String one, String other) {
        int known = Math.min(one.length(), other.length());
        return one.substring(0, known).compareTo(other.substring(0, known)) < 0;
    }

    /** Which actor an identifier belongs to, counted as the actors are once their empty rows are left out. */
    static Answers renumbered(Form form, Answers answers, Map<String, List<Integer>> rows) {
        Map<String, List<String>> all = new LinkedHashMap<>(answers.values());
        for (Section section : form.sections()) {
            for (int row = 1;
                    section.repeats()
                            && row
                                    <= rows.getOrDefault(section.code(), List.of())
                                            .size();
                    row++) {
                for (Field field : section.fields()) {
                    String input = section.input(field, row);
                    if (field.code().equals(ACTOR) && all.containsKey(input)) {
                        int typed = Integer.parseInt(answers.one(input));
                        int kept = rows.getOrDefault(ACTORS, List.of()).indexOf(typed) + 1;
                        all.put(input, List.of(Integer.toString(kept)));
                    }
                }
            }
        }
        return new Answers(all);
    }
}
