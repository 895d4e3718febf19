// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.rules.report.Answers;
import org.holdfast.rules.report.Field;
import org.holdfast.rules.report.Form;
import org.holdfast.rules.report.Section;

/** Two texts of the same record: what somebody else saved meanwhile, and what this person wanted to save. */
public record ConflictView(List<Difference> differences) {

    /** A field in which they differ; an empty text means that the field was left empty. */
    public record Difference(String label, String theirs, String mine) {}

    static ConflictView of(Form form, Answers theirs, Answers mine) {
        List<Difference> differences = new ArrayList<>();
        for (Section section : form.sections()) {
            int last = section.repeats()
                    ? Math.max(Form.rows(section, theirs.values()), Form.rows(section, mine.values()))
                    : 1;
            for (int row = 1; row <= last; row++) {
                for (Field field : section.fields()) {
                    String input = section.input(field, row);
                    String other = Labels.value(field, input, theirs);
                    String own = Labels.value(field, input, mine);
                    if (!other.equals(own)) {
                        String label =
                                section.repeats() ? section.label() + " " + row + ": " + field.label() : field.label();
                        differences.add(new Difference(label, other, own));
                    }
                }
            }
        }
        return new ConflictView(List.copyOf(differences));
    }
}
