// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A writer of the database alters rows of a case: nothing opens, the page names no content, and there is a line. */
@Order(Integer.MAX_VALUE)
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class CaseTamperComponentTest {

    private static final Map<String, List<String>> SEALED = Map.of(
            "case_file", List.of("summary"),
            "case_names", List.of("names_summary"),
            "case_person", List.of("names", "contact", "birth", "documents", "standing", "ties"),
            "case_report", List.of("facts", "place", "narrative", "words", "actors"));

    private final Organisation organisation = Organisation.ofTests();
    private Visitor amina;

    @BeforeEach
    void unlock() throws Exception {
        amina = organisation.unlocked("amina");
    }

    @Test
    void a_flipped_byte_in_any_sealed_column_opens_nothing() throws Exception {
        String id = CaseWork.full(amina, "Flipped Feather");
        for (Map.Entry<String, List<String>> table : SEALED.entrySet()) {
            UUID row = CaseWork.rows(table.getKey(), id).get(0);
            for (String column : table.getValue()) {
                String flip = "update " + table.getKey() + " set " + column + " = set_byte(" + column
                        + ", length(" + column + ") - 3, get_byte(" + column + ", length(" + column
                        + ") - 3) # 1) where id = ?";
                CaseWork.sql(flip, row);
                refused(id, table.getKey() + "." + column);
                CaseWork.sql(flip, row);
                assertEquals(200, amina.get("/desk/cases/" + id).statusCode(), "mended " + column);
            }
        }
    }

    @Test
    void a_changed_state_or_day_in_clear_opens_nothing() throws Exception {
        String id = CaseWork.full(amina, "Stated Stone");
        CaseWork.sql("update case_file set status = 'st.closed_resolved' where id = ?", UUID.fromString(id));
        refused(id, "status");
        CaseWork.sql("update case_file set status = 'st.new' where id = ?", UUID.fromString(id));
        CaseWork.sql("update case_file set due_day = '2030-01-01' where id = ?", UUID.fromString(id));
        refused(id, "due_day");
    }

    @Test
    void two_swapped_rows_open_nothing() throws Exception {
        String id = CaseWork.full(amina, "Swapped Saddle");
        for (String table : List.of("case_person", "case_report")) {
            List<UUID> rows = CaseWork.rows(table, id);
            for (String column : SEALED.get(table)) {
                String swap = "update " + table + " a set " + column + " = b." + column + " from " + table
                        + " b where a.id in (?, ?) and b.id in (?, ?) and a.id <> b.id";
                CaseWork.sql(swap, rows.get(0), rows.get(1), rows.get(0), rows.get(1));
                refused(id, table + "." + column);
                CaseWork.sql(swap, rows.get(0), rows.get(1), rows.get(0), rows.get(1));
            }
        }
        assertEquals(200, amina.get("/desk/cases/" + id).statusCode());
    }

    @Test
    void a_row_that_is_rolled_back_opens_nothing() throws Exception {
        String id = CaseWork.full(amina, "Rolled Robin");
        CaseWork.sql("create table if not exists kept_report as select * from case_report where false");
        UUID row = CaseWork.rows("case_report", id).get(0);
        CaseWork.sql("insert into kept_report select * from case_report where id = ?", row);
        amina.get("/desk/cases/" + id + "/reports/" + row + "?edit=yes");
        assertEquals(
                200, amina.submit("main form", Map.of("asked", "a later text")).statusCode());
        CaseWork.sql("delete from case_report where id = ?", row);
        CaseWork.sql("insert into case_report select * from kept_report where id = ?", row);
        refused(id, "an older row");
        assertEquals(500, amina.get("/desk/cases/" + id + "/reports/" + row).statusCode());
    }

    @Test
    void a_deleted_row_is_missed() throws Exception {
        String id = CaseWork.full(amina, "Missed Meadow");
        for (String table : List.of("case_person", "case_report", "case_names")) {
            String again = CaseWork.full(amina, "Missed " + table.substring(5));
            CaseWork.sql(
                    "delete from " + table + " where id = ?",
                    CaseWork.rows(table, again).get(0));
            refused(again, table);
        }
        for (String table : List.of("case_person", "case_report", "case_names")) {
            CaseWork.sql("delete from " + table + " where case_id = ?", UUID.fromString(id));
        }
        CaseWork.sql("delete from case_file where id = ?", UUID.fromString(id));
        refused(id, "the whole case");
    }

    @Test
    void a_request_for_a_case_that_was_altered_set_back_taken_away_or_added_opens_nothing() throws Exception {
        String id = CaseWork.full(amina, "Asked Aspen");
        String other = CaseWork.full(amina, "Unasked Ash");
        Visitor sara = organisation.unlocked("sara");
        ask(sara, id);
        UUID row = CaseWork.rows("case_request", id).get(0);
        assertEquals(200, amina.get("/desk/cases/" + id).statusCode());
        String flip = "update case_request set request = set_byte(request, length(request) - 3,"
                + " get_byte(request, length(request) - 3) # 1) where id = ?";
        CaseWork.sql(flip, row);
        refused(id, "a flipped byte");
        CaseWork.sql(flip, row);
        CaseWork.sql("update case_request set revision = revision + 1 where id = ?", row);
        refused(id, "another revision");
        CaseWork.sql("update case_request set revision = revision - 1 where id = ?", row);
        CaseWork.sql("update case_request set case_id = ? where id = ?", UUID.fromString(other), row);
        refused(id, "the case it came from");
        refused(other, "the case it went to");
        CaseWork.sql("update case_request set case_id = ? where id = ?", UUID.fromString(id), row);

        CaseWork.sql("drop table if exists kept_request");
        CaseWork.sql("create table kept_request as select * from case_request where id = '" + row + "'");
        CaseWork.sql("delete from case_request where id = ?", row);
        refused(id, "without its row");
        CaseWork.sql("insert into case_request select * from kept_request");
        amina.get("/desk/cases/" + id);
        assertEquals(
                200,
                amina.submit("form[action$=/decline]", Map.of("why", "not now")).statusCode());
        CaseWork.sql("create table kept_answer as select * from case_request where id = '" + row + "'");
        CaseWork.sql("delete from case_request where id = ?", row);
        CaseWork.sql("insert into case_request select * from kept_request");
        refused(id, "asked again by who set back the answer");
        CaseWork.sql("delete from case_request where id = ?", row);
        CaseWork.sql("insert into case_request select * from kept_answer");
        assertEquals(200, amina.get("/desk/cases/" + id).statusCode());
        CaseWork.sql(
                "insert into case_request select ?, case_id, tenant, schema_version, revision, key_epoch, request"
                        + " from kept_request",
                UUID.randomUUID());
        refused(id, "an extra request");
        CaseWork.sql("drop table kept_request");
        CaseWork.sql("drop table kept_answer");
    }

    private static void ask(Visitor who, String id) throws Exception {
        who.get("/desk/cases/" + id);
        assertEquals(
                200,
                who.submit("form[action$=/ask]", Map.of("because", "ar.supervision", "words", "please"))
                        .statusCode());
    }

    /** A table that a migration adds to a case is one whose rows are compared when it opens. */
    @Test
    void every_table_of_a_case_is_one_that_is_compared() throws Exception {
        assertEquals(new TreeSet<>(CaseStore.TABLES), tablesOfACase());
    }

    private static TreeSet<String> tablesOfACase() throws Exception {
        TreeSet<String> tables = new TreeSet<>(Set.of("case_file"));
        try (Connection db = TestStack.superuser("holdfast");
                Statement query = db.createStatement();
                ResultSet rows = query.executeQuery(
                        "select c.table_name from information_schema.columns c join information_schema.tables t using"
                                + " (table_schema, table_name) where table_schema = 'public' and t.table_type = 'BASE TABLE'"
                                + " and c.column_name = 'case_id' and c.table_name not like 'kept%'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    @Test
    void a_row_that_is_pointed_to_another_case_opens_nothing_in_either() throws Exception {
        String from = CaseWork.full(amina, "Pointed Pier");
        String to = CaseWork.full(amina, "Taking Table");
        UUID row = CaseWork.rows("case_report", from).get(0);
        CaseWork.sql("update case_report set case_id = ? where id = ?", UUID.fromString(to), row);
        refused(from, "the case it came from");
        refused(to, "the case it went to");
    }

    @Test
    void a_foreign_row_that_is_added_opens_nothing() throws Exception {
        String id = CaseWork.full(amina, "Added Arbour");
        CaseWork.sql(
                "insert into case_report select ?, case_id, tenant, schema_version, revision, key_epoch, facts, place,"
                        + " narrative, words, actors from case_report where id = ?",
                UUID.randomUUID(),
                CaseWork.rows("case_report", id).get(0));
        refused(id, "an extra row");
    }

    @Test
    void a_list_leaves_out_what_does_not_open_and_says_so() throws Exception {
        String id = CaseWork.create(amina, "Listless Loom");
        String fine = CaseWork.create(amina, "Listed Loom");
        CaseWork.sql(
                "update case_file set summary = set_byte(summary, length(summary) - 3,"
                        + " get_byte(summary, length(summary) - 3) # 1) where id = ?",
                UUID.fromString(id));
        long before = CaseWork.lines("access.tampering", "refused");
        String first = amina.get("/desk/cases?sort=opened").body();
        assertTrue(first.contains("cannot be opened, because what is stored is not what was written"));
        Matcher number =
                Pattern.compile("(\\d+) of your cases cannot be opened").matcher(first);
        assertTrue(number.find());
        assertEquals(before + Long.parseLong(number.group(1)), CaseWork.lines("access.tampering", "refused"));
        String list = amina.getAll("/desk/cases?sort=opened");
        assertFalse(list.contains("Listless Loom"));
        assertTrue(list.contains("/desk/cases/" + fine));
        CaseWork.sql(
                "update case_file set summary = set_byte(summary, length(summary) - 3,"
                        + " get_byte(summary, length(summary) - 3) # 1) where id = ?",
                UUID.fromString(id));
    }

    private void refused(String id, String what) throws Exception {
        long before = CaseWork.lines("access.tampering", "refused");
        HttpResponse<String> page = amina.get("/desk/cases/" + id);
        assertEquals(500, page.statusCode(), what);
        assertFalse(page.body().contains("words 0"), what);
        assertFalse(page.body().contains("Approach"), what);
        assertEquals(before + 1, CaseWork.lines("access.tampering", "refused"), what);
    }
}
