// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.holdfast.rules.Codes;
import org.holdfast.rules.report.Field;
import org.holdfast.rules.report.Form;
import org.holdfast.rules.report.ReportFields;
import org.holdfast.rules.report.ReportKind;

/** What the tests of this room do again and again, through the pages. */
final class CaseWork {

    private CaseWork() {}

    /** Makes a case and gives its id. */
    static String create(Visitor who, String working) throws Exception {
        who.get("/desk/cases/new");
        HttpResponse<String> page = who.submit("form[action=/desk/cases]", Map.of("working", working));
        assertEquals(200, page.statusCode());
        String path = page.uri().getPath();
        assertEquals("/desk/cases/", path.substring(0, 12));
        return path.substring(12);
    }

    /** A case with something in each of its tables that can be filled from the desk. */
    static String full(Visitor who, String working) throws Exception {
        String id = create(who, working);
        for (int i = 0; i < 2; i++) {
            who.get("/desk/cases/" + id + "/person");
            assertEquals(
                    200,
                    who.submitAll("main form", some(Map.of("role", "pr.person_at_risk")))
                            .statusCode());
            record(who, id, "b", Map.of("incidents", List.of("aa.home_visit"), "narrative", List.of("words " + i)));
        }
        return id;
    }

    static HttpResponse<String> record(Visitor who, String id, String letter, Map<String, List<String>> fields)
            throws Exception {
        who.get("/desk/cases/" + id + "/reports/new/" + letter);
        return who.submitAll("main form", fields);
    }

    /** Every field of a form, the first row of its lists, each filled with something of its own. */
    static Map<String, List<String>> everyField(Form form, String mark) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (var section : form.sections()) {
            for (Field field : section.fields()) {
                String input = section.input(field, 1);
                switch (field.type()) {
                    case CODE, CODES -> fields.put(input, List.of(code(field)));
                    // The one actor that the form has.
                    case NUMBER -> fields.put(input, List.of(field.code().equals("actor") ? "1" : "7"));
                    case TIME -> fields.put(input, List.of("21:40"));
                    case ZONE -> fields.put(input, List.of("Asia/Almaty"));
                    case DATE -> {
                        fields.put(input + ".day", List.of("14"));
                        fields.put(input + ".month", List.of("9"));
                        fields.put(input + ".year", List.of("2025"));
                    }
                    default -> fields.put(input, List.of(mark + " " + input));
                }
            }
        }
        return fields;
    }

    static String code(Field field) {
        return Codes.shipped().list(field.list()).get(0).code();
    }

    /** What the page of a record says of each of these fields. */
    static List<String> everyText(Form form, String mark) {
        List<String> texts = new ArrayList<>();
        for (var section : form.sections()) {
            for (Field field : section.fields()) {
                switch (field.type()) {
                    case CODE, CODES -> texts.add(Codes.shipped().label(field.list(), code(field)));
                    case NUMBER -> texts.add(field.code().equals("actor") ? "1" : "7");
                    case TIME -> texts.add("21:40");
                    case ZONE -> texts.add("Asia/Almaty");
                    case DATE -> texts.add("2025-09-14");
                    default -> texts.add(mark + " " + section.input(field, 1));
                }
                texts.add(field.label());
            }
        }
        return texts;
    }

    static Form form(ReportKind kind) {
        return ReportFields.of(kind);
    }

    /** How many lines of this kind the log has. */
    static long lines(String act, String outcome) throws Exception {
        try (Connection db = TestStack.superuser("holdfast");
                PreparedStatement query =
                        db.prepareStatement("select count(*) from audit_entry where act = ? and outcome = ?")) {
            query.setString(1, act);
            query.setString(2, outcome);
            ResultSet row = query.executeQuery();
            row.next();
            return row.getLong(1);
        }
    }

    /** How many refusals the log has that name a case. */
    static long refusalsInCases() throws Exception {
        try (Connection db = TestStack.superuser("holdfast");
                PreparedStatement query =
                        db.prepareStatement("select count(*) from audit_entry where act = 'access.refused'"
                                + " and case_name in (select case_name from audit_entry where act = 'case.created')")) {
            ResultSet row = query.executeQuery();
            row.next();
            return row.getLong(1);
        }
    }

    static void sql(String statement, Object... values) throws Exception {
        try (Connection db = TestStack.superuser("holdfast");
                PreparedStatement update = db.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                update.setObject(i + 1, values[i]);
            }
            update.execute();
        }
    }

    static List<UUID> rows(String table, String id) throws Exception {
        List<UUID> rows = new ArrayList<>();
        String parent = table.equals("case_file") ? "id" : "case_id";
        try (Connection db = TestStack.superuser("holdfast");
                PreparedStatement query =
                        db.prepareStatement("select id from " + table + " where " + parent + " = ? order by id")) {
            query.setObject(1, UUID.fromString(id));
            ResultSet row = query.executeQuery();
            while (row.next()) {
                rows.add(row.getObject(1, UUID.class));
            }
        }
        return rows;
    }

    /** A page without what differs in each answer: tickets, and the time until which the keys are unlocked. */
    static String plain(String body) {
        return body.replaceAll("name=\"ticket\" value=\"[^\"]*\"", "").replaceAll("<time>[^<]*</time>", "");
    }

    static Map<String, List<String>> some(Map<String, String> fields) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        fields.forEach((name, value) -> all.put(name, List.of(value)));
        return all;
    }
}
