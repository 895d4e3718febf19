// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.rules.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A form: its sections in order, and the check of what was typed into it. Immutable, safe between threads.
 *
 * @param name {@code a}, {@code b}, {@code c}, {@code contact}, {@code case} or {@code person}
 */
public record Form(String name, List<Section> sections) {

    /** The part of this form that the report door shows: its fields in their order, none of them in a repeating section. */
    public Form door() {
        List<Section> shown = new ArrayList<>();
        for (Section section : sections) {
            List<Field> fields = section.fields().stream().filter(Field::door).toList();
            if (!fields.isEmpty() && !section.repeats()) {
                shown.add(new Section(section.code(), section.label(), 0, fields));
            }
        }
        return new Form(name, List.copyOf(shown));
    }

    /** All fields of sections that do not repeat, by code. */
    public Map<String, Field> single() {
        Map<String, Field> fields = new LinkedHashMap<>();
        sections.stream().filter(s -> !s.repeats()).forEach(s -> s.fields().forEach(f -> fields.put(f.code(), f)));
        return fields;
    }

    /** How many rows of a repeating section were typed: the highest number that has a value that is not blank. */
    public static int rows(Section section, Map<String, List<String>> typed) {
        int highest = 0;
        String prefix = section.code() + ".";
        for (Map.Entry<String, List<String>> input : typed.entrySet()) {
            if (input.getKey().startsWith(prefix) && input.getValue().stream().anyMatch(v -> !v.isBlank())) {
                highest = Math.max(highest, rowOf(input.getKey(), prefix));
            }
        }
        return highest;
    }

    /**
     * Checks what was typed. Inputs that the form does not have are left out; blank values count as not answered.
     *
     * @param typed input name to the values sent
     */
    public Checked check(Map<String, List<String>> typed) {
        return check(typed, new LinkedHashMap<>());
    }

    /**
     * As {@link #check(Map)}, and whether the answers agree with each other and with the calendar: what ends did not end before it
     * began, what was received was not received tomorrow, and whoever is named by a number is there.
     *
     * @param today in UTC
     */
    public Checked check(Map<String, List<String>> typed, LocalDate today) {
        Map<String, List<Integer>> rows = new LinkedHashMap<>();
        Checked fields = check(typed, rows);
        List<Complaint> complaints = new ArrayList<>(fields.complaints());
        complaints.addAll(Sense.check(this, fields.answers(), rows, today));
        return complaints.isEmpty()
                ? new Checked(Sense.renumbered(this, fields.answers(), rows), List.of())
                : new Checked(fields.answers(), List.copyOf(complaints));
    }

    /** @param rows gets, by section that repeats, the typed number of each row that is kept */
    private Checked check(Map<String, List<String>> typed, Map<String, List<Integer>> rows) {
        List<Complaint> complaints = new ArrayList<>();
        Map<String, List<String>> answers = new LinkedHashMap<>();
        for (Section section : sections) {
            if (!section.repeats()) {
                section.fields()
                        .forEach(f -> Check.field(f, f.code(), f.code(), f.label(), typed, answers, complaints));
                continue;
            }
            int typedRows = rows(section, typed);
            if (typedRows > section.rows()) {
                complaints.add(new Complaint(
                        section.code(), section.label(), Complaint.Problem.TOO_MANY_ROWS, section.rows()));
                continue;
            }
            List<Integer> kept = new ArrayList<>();
            rows.put(section.code(), kept);
            for (int row = 1; row <= typedRows; row++) {
                Map<String, List<String>> rowAnswers = new LinkedHashMap<>();
                for (Field field : section.fields()) {
                    Check.field(
                            field,
                            section.input(field, row),
                            section.input(field, kept.size() + 1),
                            label(section, field, row),
                            typed,
                            rowAnswers,
                            complaints);
                }
                if (!rowAnswers.isEmpty()) {
                    answers.putAll(rowAnswers);
                    kept.add(row);
                }
            }
        }
        return new Checked(new Answers(answers), List.copyOf(complaints));
    }

    static String label(Section section, Field field, int row) {
        return section.repeats() ? field.label() + " (" + section.label() + ", row " + row + ")" : field.label();
    }

    /** The answers of one sealed column. */
    public Answers column(String column, Answers all) {
        Map<String, List<String>> part = new LinkedHashMap<>();
        for (Section section : sections) {
            int rows = section.repeats() ? rows(section, all.values()) : 1;
            for (int row = 1; row <= rows; row++) {
                for (Field field : section.fields()) {
                    if (field.column().equals(column)) {
                        String input = section.input(field, row);
                        for (String name : Check.inputs(field, input)) {
                            if (all.values().containsKey(name)) {
                                part.put(name, all.many(name));
                            }
                        }
                    }
                }
            }
        }
        return new Answers(part);
    }

    /** The names of the sealed columns that this form fills, sorted. */
    public List<String> columns() {
        Map<String, Boolean> names = new TreeMap<>();
        sections.forEach(s -> s.fields().forEach(f -> names.put(f.column(), true)));
        return List.copyOf(names.keySet());
    }

    private static int rowOf(String input, String prefix) {
        int end = input.indexOf('.', prefix.length());
        if (end < 0 || end - prefix.length() > 3) {
            return 0;
        }
        int row = 0;
        for (int i = prefix.length(); i < end; i++) {
            char c = input.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            row = row * 10 + (c - '0');
        }
        return row;
    }
}
