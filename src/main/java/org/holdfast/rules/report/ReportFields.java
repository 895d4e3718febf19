// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.rules.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.holdfast.rules.Codes;
import org.holdfast.rules.Csv;

/**
 * The catalogue of fields: one {@link Form} for each kind of report, one for how to reach the reporter, one for
 * the case itself and one for a person in it. Read once from {@code fields.csv}; a catalogue that contradicts itself stops the server at start.
 */
public final class ReportFields {

    private static final Map<String, Form> FORMS = load();

    private ReportFields() {}

    /** All fields of a kind of report, as the desk shows them. */
    public static Form of(ReportKind kind) {
        return form(kind.letter());
    }

    /** The fields of a kind of report that the report door shows; about twelve. */
    public static Form door(ReportKind kind) {
        return of(kind).door();
    }

    /** How to reach the reporter: the identity part of a report from the report door. */
    public static Form contact() {
        return form("contact");
    }

    /** A person in a case: the person at risk, a relative, a helper. */
    public static Form person() {
        return form("person");
    }

    /** The case itself: what its summary says. */
    public static Form caseFile() {
        return form("case");
    }

    private static Form form(String name) {
        Form form = FORMS.get(name);
        if (form == null) {
            throw new IllegalStateException("no form of this name");
        }
        return form;
    }

    private static Map<String, Form> load() {
        Map<String, Map<String, List<Field>>> fields = new LinkedHashMap<>();
        Map<String, String> labels = new LinkedHashMap<>();
        Map<String, Integer> rows = new LinkedHashMap<>();
        for (List<String> row : Csv.shipped(ReportFields.class, "fields.csv")) {
            for (String form : row.get(0).split(" ")) {
                String section = form + "/" + row.get(1);
                if (!row.get(2).isEmpty()) {
                    labels.put(section, row.get(2));
                }
                rows.put(section, Integer.parseInt(row.get(3)));
                fields.computeIfAbsent(form, f -> new LinkedHashMap<>())
                        .computeIfAbsent(row.get(1), s -> new ArrayList<>())
                        .add(field(row, form));
            }
        }
        Map<String, Form> forms = new LinkedHashMap<>();
        fields.forEach((form, sections) -> {
            List<Section> list = new ArrayList<>();
            sections.forEach((code, members) -> list.add(new Section(
                    code,
                    labels.getOrDefault(form + "/" + code, code),
                    rows.getOrDefault(form + "/" + code, 0),
                    List.copyOf(members))));
            forms.put(form, new Form(form, List.copyOf(list)));
        });
        return forms;
    }

    private static Field field(List<String> row, String form) {
        Field.Type type = Field.Type.valueOf(row.get(5).toUpperCase(Locale.ROOT));
        boolean coded = type == Field.Type.CODE || type == Field.Type.CODES;
        if (coded != !row.get(6).isEmpty() || (coded && !Codes.shipped().has(row.get(6)))) {
            throw new IllegalStateException("fields.csv: no such list for " + row.get(4));
        }
        // "door" is every form; single letters name the kinds whose door form shows the field.
        boolean door =
                row.get(10).equals("door") || List.of(row.get(10).split(" ")).contains(form);
        return new Field(
                row.get(4),
                type,
                row.get(6),
                Integer.parseInt(row.get(7)),
                row.get(8),
                Field.Mark.valueOf(row.get(9)),
                door,
                row.get(11),
                row.get(12));
    }
}
