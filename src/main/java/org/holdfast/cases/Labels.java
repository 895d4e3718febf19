// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.stream.Collectors;
import org.holdfast.rules.Codes;
import org.holdfast.rules.report.Answers;
import org.holdfast.rules.report.Field;

/** Answers as the desk reads them: English labels instead of codes. */
final class Labels {

    private Labels() {}

    /** The label of a code; the code itself where a list has lost it, nothing for nothing. */
    static String of(String list, String code) {
        return Codes.shipped().labelOr(list, code, code);
    }

    /** The value of a field in words; empty when there is none. */
    static String value(Field field, String input, Answers answers) {
        return switch (field.type()) {
            case CODE, CODES ->
                answers.many(input).stream().map(code -> of(field.list(), code)).collect(Collectors.joining("; "));
            case DATE -> answers.date(input);
            default -> answers.one(input);
        };
    }
}
