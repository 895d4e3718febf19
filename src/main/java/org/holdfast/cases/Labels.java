// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.holdfast.rules.Codes;
import org.holdfast.rules.report.Answers;
import org.holdfast.rules.report.Field;

/** Answers as the desk reads them: English labels instead of codes, dates in words. */
final class Labels {

    private static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");

    private Labels() {}

    /** The label of a code; the code itself where a list has lost it, nothing for nothing. */
    static String of(String list, String code) {
        if (code.isEmpty()) {
            return "";
        }
        return Codes.shipped().contains(list, code) ? Codes.shipped().label(list, code) : code;
    }

    /** The value of a field in words; empty when there is none. */
    static String value(Field field, String input, Answers answers) {
        return switch (field.type()) {
            case CODE, CODES ->
                answers.many(input).stream().map(code -> of(field.list(), code)).collect(Collectors.joining("; "));
            case DATE -> date(answers, input);
            default -> answers.one(input);
        };
    }

    /** A date in words, as exactly as it is known; empty when it is not. */
    static String date(Answers answers, String input) {
        String day = answers.one(input + ".day");
        String month = answers.one(input + ".month");
        String year = answers.one(input + ".year");
        if (year.isEmpty()) {
            return "";
        }
        String name = month.isEmpty() ? "" : MONTHS.get(Integer.parseInt(month) - 1);
        return String.format(Locale.ROOT, "%s %s %s", day, name, year).strip().replace("  ", " ");
    }
}
