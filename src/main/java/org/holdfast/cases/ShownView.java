// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.rules.report.Answers;
import org.holdfast.rules.report.Field;
import org.holdfast.rules.report.Form;
import org.holdfast.rules.report.Section;

/** A record as it is read: the sections that have an answer, and in them the fields that have one. */
public record ShownView(List<ShownSection> sections) {

    /** A block under one heading. */
    public record ShownSection(String label, List<ShownRow> rows) {}

    /**
     * The fields of a row.
     *
     * @param number counted from 1; 0 when the section does not repeat
     */
    public record ShownRow(int number, List<ShownField> fields) {}

    /** A field that has an answer. */
    public record ShownField(String label, String value) {}

    static ShownView of(Form form, Answers answers) {
        List<ShownSection> sections = new ArrayList<>();
        for (Section section : form.sections()) {
            int last = section.repeats() ? Form.rows(section, answers.values()) : 1;
            List<ShownRow> rows = new ArrayList<>();
            for (int row = 1; row <= last; row++) {
                List<ShownField> fields = new ArrayList<>();
                for (Field field : section.fields()) {
                    String value = Labels.value(field, section.input(field, row), answers);
                    if (!value.isEmpty()) {
                        fields.add(new ShownField(field.label(), value));
                    }
                }
                if (!fields.isEmpty()) {
                    rows.add(new ShownRow(section.repeats() ? row : 0, fields));
                }
            }
            if (!rows.isEmpty()) {
                sections.add(new ShownSection(section.label(), rows));
            }
        }
        return new ShownView(sections);
    }
}
