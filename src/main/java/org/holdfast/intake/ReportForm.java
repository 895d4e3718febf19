// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.holdfast.rules.report.Answers;
import org.holdfast.rules.report.Checked;
import org.holdfast.rules.report.Complaint;
import org.holdfast.rules.report.Field;
import org.holdfast.rules.report.Form;
import org.holdfast.rules.report.ReportFields;
import org.holdfast.rules.report.ReportKind;
import org.holdfast.rules.report.Section;

/**
 * What came in from a form of the report door, as text: exactly the inputs that the form has, everything else is left out.
 *
 * @param kind which form
 * @param typed input name to the values sent, as they were sent
 */
record ReportForm(ReportKind kind, Map<String, List<String>> typed) {
    /** Bytes of all values together, as they stand in a page: the review must fit into its size. */
    static final int TOTAL_LIMIT = 40 * 1024;

    /** Field that a complaint about the whole is shown at. */
    private static final String FIRST = "incidents";

    /**
     * Questions of which the catalogue keeps several answers and the door takes one: any two would contradict each other, and without a
     * script boxes cannot keep them apart.
     */
    static final Set<String> ONE_ANSWER = Set.of("contact_preference");

    /** The answer that goes with no other one to its question. */
    private static final String ALONE = "hr.record_only";

    /** A form in which nothing is typed yet. */
    static ReportForm blank(ReportKind kind) {
        return new ReportForm(kind, Map.of());
    }

    static ReportForm of(ReportKind kind, Map<String, List<String>> sent) {
        Map<String, List<String>> typed = new LinkedHashMap<>();
        for (Field field : fields(kind)) {
            for (String input : inputs(field)) {
                List<String> values =
                        sent.getOrDefault(input, List.of()).stream().distinct().toList();
                if (values.stream().anyMatch(value -> !value.isEmpty())) {
                    typed.put(input, values);
                }
            }
        }
        return new ReportForm(kind, typed);
    }

    /** A fault: the field, and the key of the words in the bundle {@code intake}. */
    record Fault(String field, String key, int max) {
        public String labelKey() {
            return "q_" + field;
        }
    }

    /**
     * What a check found.
     *
     * @param content answers that do not say who reports
     * @param identity answers that do
     * @param faults what is wrong, in no order; the answers count only without any
     */
    record Result(Answers content, Answers identity, List<Fault> faults) {}

    Result check() {
        Checked content = ReportFields.door(kind).check(typed);
        Checked identity = ReportFields.contact().door().check(typed);
        Map<String, Fault> faults = new LinkedHashMap<>();
        if (size() > TOTAL_LIMIT) {
            faults.put("narrative", new Fault("narrative", "error_too_much", TOTAL_LIMIT / 1024));
        }
        for (Field field : fields(kind)) {
            for (String input : inputs(field)) {
                if (typed.getOrDefault(input, List.of()).stream().anyMatch(value -> !isWhole(value))) {
                    faults.putIfAbsent(field.code(), new Fault(field.code(), "error_character", 0));
                }
            }
        }
        for (Field field : fields(kind)) {
            boolean codes = field.type() == Field.Type.CODE || field.type() == Field.Type.CODES;
            if (codes
                    && typed.getOrDefault(field.code(), List.of()).stream()
                            .anyMatch(code -> !code.isEmpty() && !CodeTexts.isOffered(field.list(), code))) {
                faults.putIfAbsent(field.code(), new Fault(field.code(), "error_unknown", 0));
            }
            if (ONE_ANSWER.contains(field.code()) && values(field.code()).size() > 1) {
                faults.putIfAbsent(field.code(), new Fault(field.code(), "error_unknown", 0));
            } else if (isContrary(field.code())) {
                faults.putIfAbsent(field.code(), new Fault(field.code(), "error_contrary", 0));
            }
        }
        List<Complaint> complaints = new ArrayList<>(content.complaints());
        complaints.addAll(identity.complaints());
        for (Complaint complaint : complaints) {
            faults.putIfAbsent(complaint.input(), new Fault(complaint.input(), key(complaint), complaint.max()));
        }
        if (faults.isEmpty()
                && content.answers().many(FIRST).isEmpty()
                && content.answers().one("narrative").isBlank()) {
            faults.put(FIRST, new Fault(FIRST, "error_missing", 0));
        }
        return new Result(content.answers(), identity.answers(), List.copyOf(faults.values()));
    }

    /** The sections of the form in the order shown: what happened first, how to answer last. */
    static List<Section> sections(ReportKind kind) {
        Form door = ReportFields.door(kind);
        List<Section> sections = new ArrayList<>(door.sections());
        sections.addAll(ReportFields.contact().door().sections());
        return sections;
    }

    static List<Field> fields(ReportKind kind) {
        return sections(kind).stream()
                .flatMap(section -> section.fields().stream())
                .toList();
    }

    static List<String> inputs(Field field) {
        String code = field.code();
        return field.type() == Field.Type.DATE
                ? List.of(code + ".day", code + ".month", code + ".year")
                : List.of(code);
    }

    String one(String input) {
        List<String> values = typed.getOrDefault(input, List.of());
        return values.isEmpty() ? "" : values.get(0);
    }

    boolean has(String input, String value) {
        return typed.getOrDefault(input, List.of()).contains(value);
    }

    private boolean isContrary(String field) {
        return values(field).size() > 1 && values(field).contains(ALONE);
    }

    private List<String> values(String field) {
        return typed.getOrDefault(field, List.of()).stream()
                .filter(value -> !value.isBlank())
                .toList();
    }

    private int size() {
        int size = 0;
        for (List<String> values : typed.values()) {
            for (String value : values) {
                size += value.getBytes(StandardCharsets.UTF_8).length;
                for (int i = 0; i < value.length(); i++) {
                    size += switch (value.charAt(i)) {
                        case '&', '\'' -> 4;
                        case '"' -> 5;
                        case '<', '>' -> 3;
                        default -> 0;
                    };
                }
            }
        }
        return size;
    }

    /** No NUL, no other control character but those that make lines, no half of a pair, no sign that stands for a broken one. */
    private static boolean isWhole(String value) {
        for (int i = 0; i < value.length(); ) {
            int point = value.codePointAt(i);
            boolean line = point == '\t' || point == '\n' || point == '\r';
            if ((point < 0x20 && !line)
                    || point == 0x7f
                    || point == 0xfffd
                    || (point & 0xfffe) == 0xfffe
                    || (point <= 0xffff && Character.isSurrogate((char) point))) {
                return false;
            }
            i += Character.charCount(point);
        }
        return true;
    }

    private static String key(Complaint complaint) {
        return switch (complaint.problem()) {
            case TOO_LONG, TOO_MANY_ROWS -> "error_too_long";
            case NO_DATE,
                    NO_TIME,
                    NO_NUMBER,
                    NEGATIVE,
                    NO_ZONE,
                    ENDS_EARLY,
                    SEEN_EARLY,
                    LEAVES_EARLY,
                    IN_FUTURE,
                    NO_SUCH_ACTOR -> "error_date";
            case NO_DAY -> "error_day";
            case NO_MONTH -> "error_month";
            case NO_YEAR -> "error_year";
            case UNKNOWN_CODE -> "error_unknown";
            case MISSING, NOT_CHOSEN -> "error_missing";
        };
    }

    @Override
    public String toString() {
        return "ReportForm[" + typed.size() + "]";
    }
}
