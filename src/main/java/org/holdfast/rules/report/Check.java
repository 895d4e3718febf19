// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.rules.report;

import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.holdfast.rules.Codes;
import org.holdfast.rules.report.Complaint.Problem;
import org.jspecify.annotations.Nullable;

/** The check of one field. */
final class Check {

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private Check() {}

    static List<String> inputs(Field field, String input) {
        return field.type() == Field.Type.DATE
                ? List.of(input + ".day", input + ".month", input + ".year")
                : List.of(input);
    }

    /** Reads the input {@code from}, writes what is accepted under the name {@code to}. */
    static void field(
            Field field,
            String from,
            String to,
            String label,
            Map<String, List<String>> typed,
            Map<String, List<String>> answers,
            List<Complaint> complaints) {
        if (field.type() == Field.Type.DATE) {
            date(from, to, label, typed, answers, complaints);
            return;
        }
        List<String> values = typed.getOrDefault(from, List.of()).stream()
                .filter(v -> !v.isBlank())
                .distinct()
                .toList();
        if (values.isEmpty()) {
            return;
        }
        if (field.type() == Field.Type.CODES) {
            boolean known = values.stream().allMatch(v -> Codes.shipped().contains(field.list(), v));
            accept(to, values, known ? null : new Complaint(from, label, Problem.UNKNOWN_CODE, 0), answers, complaints);
            return;
        }
        if (values.size() > 1) {
            complaints.add(new Complaint(from, label, Problem.UNKNOWN_CODE, 0));
            return;
        }
        one(field, from, to, label, values.get(0), answers, complaints);
    }

    private static void one(
            Field field,
            String from,
            String to,
            String label,
            String value,
            Map<String, List<String>> answers,
            List<Complaint> complaints) {
        String kept = value;
        @Nullable Complaint complaint = null;
        switch (field.type()) {
            case CODE ->
                complaint = Codes.shipped().contains(field.list(), value)
                        ? null
                        : new Complaint(from, label, Problem.UNKNOWN_CODE, 0);
            case TEXT, LONG -> {
                kept = value.replace("\r\n", "\n").replace('\r', '\n');
                if (kept.codePointCount(0, kept.length()) > field.max() || kept.indexOf('\0') >= 0) {
                    complaint = new Complaint(from, label, Problem.TOO_LONG, field.max());
                }
            }
            case NUMBER -> {
                kept = digits(value.strip());
                if (kept.matches("[-\u2212] ?[0-9]+")) {
                    complaint = new Complaint(from, label, Problem.NEGATIVE, 0);
                } else if (!kept.matches("[0-9]+")) {
                    complaint = new Complaint(from, label, Problem.NO_NUMBER, 0);
                } else if (kept.length() > field.max()) {
                    complaint = new Complaint(from, label, Problem.TOO_LONG, field.max());
                }
            }
            case TIME -> {
                Optional<String> time = time(digits(value.strip()));
                kept = time.orElse("");
                complaint = time.isPresent() ? null : new Complaint(from, label, Problem.NO_TIME, 0);
            }
            case ZONE -> {
                kept = value.strip();
                complaint = ZoneId.getAvailableZoneIds().contains(kept)
                        ? null
                        : new Complaint(from, label, Problem.NO_ZONE, 0);
            }
            default -> throw new IllegalStateException("not a single value: " + field.type());
        }
        accept(to, List.of(kept), complaint, answers, complaints);
    }

    private static void accept(
            String to,
            List<String> values,
            @Nullable Complaint complaint,
            Map<String, List<String>> answers,
            List<Complaint> complaints) {
        if (complaint == null) {
            answers.put(to, values);
        } else {
            complaints.add(complaint);
        }
    }

    private static void date(
            String from,
            String to,
            String label,
            Map<String, List<String>> typed,
            Map<String, List<String>> answers,
            List<Complaint> complaints) {
        String day = digits(first(typed, from + ".day"));
        String month = month(digits(first(typed, from + ".month")));
        String year = digits(first(typed, from + ".year"));
        if (day.isEmpty() && month.isEmpty() && year.isEmpty()) {
            return;
        }
        Problem problem = problem(day, month, year);
        if (problem != null) {
            complaints.add(new Complaint(from, label, problem, 0));
            return;
        }
        if (!day.isEmpty()) {
            answers.put(to + ".day", List.of(Integer.toString(Integer.parseInt(day))));
        }
        if (!month.isEmpty()) {
            answers.put(to + ".month", List.of(Integer.toString(Integer.parseInt(month))));
        }
        answers.put(to + ".year", List.of(year));
    }

    /** What is wrong with a date; null if nothing. */
    private static @Nullable Problem problem(String day, String month, String year) {
        if (year.isEmpty() || (month.isEmpty() && !day.isEmpty()) || !(year + month + day).matches("[0-9]+")) {
            return Problem.NO_DATE;
        }
        if (year.length() != 4 || year.compareTo("1800") < 0 || year.compareTo("2200") > 0) {
            return Problem.NO_YEAR;
        }
        if (!month.isEmpty() && !isWithin(month, 12)) {
            return Problem.NO_MONTH;
        }
        int last = month.isEmpty()
                ? 0
                : YearMonth.of(Integer.parseInt(year), Integer.parseInt(month)).lengthOfMonth();
        return day.isEmpty() || isWithin(day, last) ? null : Problem.NO_DAY;
    }

    private static boolean isWithin(String digits, int last) {
        return digits.length() <= 2 && Integer.parseInt(digits) >= 1 && Integer.parseInt(digits) <= last;
    }

    private static Optional<String> time(String value) {
        String[] parts = value.split("[:.]", -1);
        if (parts.length != 2 || !parts[0].matches("[0-9]{1,2}") || !parts[1].matches("[0-9]{2}")) {
            return Optional.empty();
        }
        int hours = Integer.parseInt(parts[0]);
        int minutes = Integer.parseInt(parts[1]);
        return hours > 23 || minutes > 59
                ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT, "%02d:%02d", hours, minutes));
    }

    private static String month(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (lower.length() >= 3) {
            int index = MONTHS.indexOf(lower.substring(0, 3));
            if (index >= 0) {
                return Integer.toString(index + 1);
            }
        }
        return value;
    }

    private static String first(Map<String, List<String>> typed, String input) {
        List<String> values = typed.getOrDefault(input, List.of());
        return values.isEmpty() ? "" : values.get(0).strip();
    }

    /** Digits of every script as 0 to 9; everything else stays. */
    private static String digits(String value) {
        StringBuilder out = new StringBuilder(value.length());
        value.codePoints().forEach(c -> {
            int digit = Character.isDigit(c) ? Character.digit(c, 10) : -1;
            out.appendCodePoint(digit >= 0 ? '0' + digit : c);
        });
        return out.toString();
    }
}
