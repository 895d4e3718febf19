// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.holdfast.rules.Codes;
import org.holdfast.rules.report.Answers;
import org.holdfast.rules.report.Field;
import org.holdfast.rules.report.Form;
import org.holdfast.rules.report.Section;
import org.jspecify.annotations.Nullable;

/**
 * An opened report.
 *
 * @param lang tag of the form's language, for the text as typed
 * @param number whether the reporter asked for a return number and can be answered
 * @param content the answers
 * @param identity who reports, null until opened by an act of its own
 * @param reasons codes and words of the reasons for which identity may be opened
 */
record OpenedView(
        String id,
        boolean urgent,
        String kind,
        String language,
        String lang,
        String day,
        boolean number,
        List<Row> content,
        @Nullable List<Row> identity,
        List<Codes.Code> reasons) {

    /** A field and what was answered; a long text keeps its lines. */
    record Row(String label, List<String> values, boolean prose) {}

    /** Whether identity was opened and says anything. */
    public boolean named() {
        return identity != null && !identity.isEmpty();
    }

    /** Whether identity is still closed. */
    public boolean closed() {
        return identity == null;
    }

    /** The answers in words, in the order of the form. */
    static List<Row> rows(Form form, Answers answers) {
        List<Row> rows = new ArrayList<>();
        for (Section section : form.sections()) {
            for (Field field : section.fields()) {
                if (section.repeats()) {
                    continue;
                }
                List<String> values = switch (field.type()) {
                    case CODE, CODES ->
                        answers.many(field.code()).stream()
                                .map(code -> QueueView.word(field.list(), code))
                                .toList();
                    case DATE ->
                        Stream.of(answers.date(field.code()))
                                .filter(date -> !date.isEmpty())
                                .toList();
                    default -> answers.many(field.code());
                };
                if (!values.isEmpty()) {
                    rows.add(new Row(field.label(), values, field.type() == Field.Type.LONG));
                }
            }
        }
        return rows;
    }

    @Override
    public String toString() {
        return "OpenedView[" + id + "]";
    }
}
