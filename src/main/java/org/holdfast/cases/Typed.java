// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.holdfast.rules.report.Checked;
import org.holdfast.rules.report.Complaint;
import org.holdfast.rules.report.Field;
import org.holdfast.rules.report.Form;

/** What came in with a form. */
final class Typed {

    private Typed() {}

    /** The first value of an input; empty when there is none. */
    static String one(Map<String, List<String>> typed, String input) {
        List<String> values = typed.getOrDefault(input, List.of());
        return values.isEmpty() ? "" : values.get(0);
    }

    /** The revision that the form was made from; -1 when it says none, so that the form is compared with what is stored. */
    static long revision(Map<String, List<String>> typed) {
        String text = one(typed, "revision");
        return text.matches("[0-9]{1,15}") ? Long.parseLong(text) : -1;
    }

    /** Checks a form, on this day in UTC, and the inputs that must not be empty. */
    static Checked check(Form form, Map<String, List<String>> typed, LocalDate today, String... needed) {
        Checked checked = form.check(typed, today);
        List<Complaint> complaints = new ArrayList<>();
        for (String input : needed) {
            boolean empty = typed.getOrDefault(input, List.of()).stream().allMatch(String::isBlank);
            if (empty) {
                Field field = Objects.requireNonNull(form.single().get(input));
                boolean choice = field.type() == Field.Type.CODE || field.type() == Field.Type.CODES;
                complaints.add(new Complaint(
                        input, field.label(), choice ? Complaint.Problem.NOT_CHOSEN : Complaint.Problem.MISSING, 0));
            }
        }
        complaints.addAll(checked.complaints());
        return new Checked(checked.answers(), List.copyOf(complaints));
    }

    /** A copy that can be added to. */
    static Map<String, List<String>> copy(Map<String, List<String>> typed) {
        return new LinkedHashMap<>(typed);
    }
}
