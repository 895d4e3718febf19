// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.holdfast.rules.Codes;
import org.holdfast.rules.report.Complaint;
import org.holdfast.rules.report.Field;
import org.holdfast.rules.report.Form;
import org.holdfast.rules.report.Section;
import org.holdfast.web.FormErrors;

/**
 * A form drawn from the catalogue, with what was typed or recorded in it.
 *
 * @param errors what is wrong with it, in words
 */
public record FormView(List<SectionView> sections, FormErrors errors) {

    /** From so many choices on, a field of many codes is a list and not a row of boxes. */
    private static final int BOXES = 40;

    private static final int SPARE_ROWS = 2;

    /** A block under one heading; rows holds one row when it does not repeat. */
    public record SectionView(
            String code, String label, boolean repeats, boolean grows, int shown, List<RowView> rows) {}

    /** A row of inputs, counted from 1. */
    public record RowView(int number, List<InputView> inputs) {}

    /** One choice. */
    public record Option(String code, String label) {}

    /** Choices under one heading. */
    public record OptionGroup(String label, List<Option> options) {}

    /**
     * One field.
     *
     * @param kind {@code code codes many grouped text long date time number zone}
     */
    public record InputView(
            String name,
            String label,
            String hint,
            String kind,
            List<Option> options,
            List<OptionGroup> groups,
            List<String> chosen,
            String value,
            String day,
            String month,
            String year,
            int lines) {

        /** Name of the input of the day. */
        public String dayName() {
            return name + ".day";
        }

        /** Name of the input of the month. */
        public String monthName() {
            return name + ".month";
        }

        /** Name of the input of the year. */
        public String yearName() {
            return name + ".year";
        }
    }

    /**
     * Draws a form.
     *
     * @param typed input name to values; also {@code rows.SECTION}, how many rows were shown, and {@code more}, the section
     *     that is to get more
     */
    static FormView of(Form form, Map<String, List<String>> typed, List<Complaint> complaints) {
        FormErrors errors = FormErrors.none();
        complaints.forEach(c -> errors.add(c.input(), c.sentence()));
        List<SectionView> sections = new ArrayList<>();
        for (Section section : form.sections()) {
            int shown = section.repeats() ? shown(section, typed) : 1;
            List<RowView> rows = new ArrayList<>();
            for (int row = 1; row <= shown; row++) {
                List<InputView> inputs = new ArrayList<>();
                for (Field field : section.fields()) {
                    inputs.add(input(field, section.input(field, row), typed));
                }
                rows.add(new RowView(row, inputs));
            }
            sections.add(new SectionView(
                    section.code(), section.label(), section.repeats(), shown < section.rows(), shown, rows));
        }
        return new FormView(sections, errors);
    }

    /** The form again, after it was not saved. */
    static FormView of(Saved saved, Form form) {
        return of(form, saved.typed(), saved.complaints());
    }

    /** Was a button pressed that only asks for more rows? */
    static boolean asksForMore(Map<String, List<String>> typed) {
        return !typed.getOrDefault("more", List.of()).isEmpty();
    }

    private static int shown(Section section, Map<String, List<String>> typed) {
        int filled = Form.rows(section, typed);
        int before = 0;
        String said = first(typed, "rows." + section.code());
        if (said.matches("[0-9]{1,2}")) {
            before = Integer.parseInt(said);
        }
        if (first(typed, "more").equals(section.code())) {
            before += SPARE_ROWS + 1;
        }
        return Math.min(section.rows(), Math.max(before, filled == 0 ? 1 : filled + SPARE_ROWS));
    }

    private static InputView input(Field field, String name, Map<String, List<String>> typed) {
        List<Option> options = List.of();
        List<OptionGroup> groups = List.of();
        String kind = field.type().name().toLowerCase(Locale.ROOT);
        if (field.list().equals("incident")) {
            kind = "grouped";
            groups = Codes.INCIDENT_LISTS.stream()
                    .map(list -> new OptionGroup(TITLES.getOrDefault(list, list), options(list)))
                    .toList();
        } else if (!field.list().isEmpty()) {
            options = options(field.list());
            if (field.type() == Field.Type.CODES && options.size() > BOXES) {
                kind = "many";
            }
        }
        return new InputView(
                name,
                field.label(),
                field.hint(),
                kind,
                options,
                groups,
                typed.getOrDefault(name, List.of()),
                first(typed, name),
                first(typed, name + ".day"),
                first(typed, name + ".month"),
                first(typed, name + ".year"),
                field.max() > 4000 ? 10 : 4);
    }

    private static final Map<String, String> TITLES = Map.of(
            "family_threat", "Threat to family",
            "agent_approach", "Approach",
            "travel_event", "Travel",
            "digital_threat", "Digital",
            "legal_process", "Legal and documents",
            "return_event", "Return");

    private static List<Option> options(String list) {
        return Codes.shipped().list(list).stream()
                .map(code -> new Option(code.code(), code.label()))
                .toList();
    }

    private static String first(Map<String, List<String>> typed, String name) {
        List<String> values = typed.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.get(0);
    }
}
