// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Two transactions at once: giving and taking cases, and writing in a case that is taken away meanwhile. */
@Order(Integer.MAX_VALUE)
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class ShareRaceComponentTest {

    private static final String OF_TENZIN = " from access_grant where object_id = ? and grantee_key ="
            + " (select key_id from unlocked_session where id is not null and staff_id = ? limit 1)";

    private final Organisation organisation = Organisation.ofTests();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private Visitor amina;
    private Visitor tenzin;
    private String id = "";
    private String address = "";
    private UUID tenzinId = new UUID(0, 0);

    @BeforeEach
    void share() throws Exception {
        amina = organisation.unlocked("amina");
        tenzin = organisation.unlocked("tenzin");
        id = CaseWork.full(amina, "Raced Raven");
        address = "/desk/cases/" + id;
        amina.get(address);
        String to = amina.page()
                .select("form[action$=/assign] option:contains(Tenzin)")
                .attr("value");
        amina.submit("form[action$=/assign]", Map.of("to", to));
        tenzinId = UUID.fromString(to);
        assertEquals(200, tenzin.get(address).statusCode());
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void two_who_take_a_case_from_each_other_at_once_leave_it_with_one_of_them() throws Exception {
        amina.get(address);
        tenzin.get(address);
        String me = amina.page()
                .select("form[action$=/unassign]:contains(Give it back) input[name=from]")
                .val();
        List<Future<HttpResponse<String>>> both = new ArrayList<>();
        try (Connection db = TestStack.superuser("holdfast")) {
            db.setAutoCommit(false);
            run(db, "select id from access_grant where object_id = ? for update", UUID.fromString(id));
            both.add(threads.submit(unassign(amina, tenzinId.toString())));
            both.add(threads.submit(unassign(tenzin, me)));
            waitFor(2);
            db.commit();
        }
        List<Integer> answers = new ArrayList<>();
        for (Future<HttpResponse<String>> one : both) {
            answers.add(one.get().statusCode());
        }
        List<Integer> open =
                List.of(amina.get(address).statusCode(), tenzin.get(address).statusCode());
        assertTrue(open.contains(200) && open.contains(404), open + " after " + answers);
    }

    private static Callable<HttpResponse<String>> unassign(Visitor who, String from) {
        return () -> who.submit("form[action$=/unassign]:has(input[value=" + from + "])", Map.of());
    }

    @Test
    void what_is_taken_between_reading_and_writing_is_neither_written_nor_given_any_more() throws Exception {
        Visitor noor = organisation.unlocked("noor");
        tenzin.get(address);
        String noorsId = tenzin.page()
                .select("form[action$=/assign] option:contains(Noor)")
                .attr("value");
        String report = CaseWork.rows("case_report", id).get(0).toString();
        Map<String, Map<String, String>> forms = new LinkedHashMap<>();
        forms.put(address + "/edit", Map.of("summary", "too late"));
        forms.put(address + "/person", Map.of("role", "pr.person_at_risk"));
        forms.put(address + "/reports/new/b", Map.of("incidents", "aa.home_visit"));
        forms.put(address + "/reports/" + report + "?edit=yes", Map.of("asked", "too late"));
        forms.put(address, Map.of("to", noorsId));
        List<String> before = state();
        for (Map.Entry<String, Map<String, String>> form : forms.entrySet()) {
            assertEquals(200, tenzin.get(form.getKey()).statusCode(), form.getKey());
            String selector = form.getKey().equals(address) ? "form[action$=/assign]" : "main form";
            try (Connection db = TestStack.superuser("holdfast")) {
                db.setAutoCommit(false);
                // What taking a case does, in a transaction that is not over yet.
                run(db, "create temp table taken as select *" + OF_TENZIN, UUID.fromString(id), tenzinId);
                run(db, "delete" + OF_TENZIN, UUID.fromString(id), tenzinId);
                Future<HttpResponse<String>> late = threads.submit(() -> tenzin.submit(selector, form.getValue()));
                waitFor(1);
                db.commit();
                assertEquals(404, late.get().statusCode(), form.getKey());
                run(db, "insert into access_grant select * from taken");
                run(db, "drop table taken");
                db.commit();
            }
            assertEquals(before, state(), form.getKey());
        }
        assertEquals(404, noor.get(address).statusCode());
        assertEquals(200, tenzin.get(address).statusCode(), "put back");
    }

    /** Every row of the case and its revision. */
    private List<String> state() throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection db = TestStack.superuser("holdfast")) {
            for (String table : CaseStore.TABLES) {
                String parent = table.equals(CaseFile.TABLE) ? "id" : "case_id";
                try (PreparedStatement query = db.prepareStatement(
                        "select id, revision from " + table + " where " + parent + " = ? order by id")) {
                    query.setObject(1, UUID.fromString(id));
                    ResultSet row = query.executeQuery();
                    while (row.next()) {
                        rows.add(table + " " + row.getString(1) + " " + row.getLong(2));
                    }
                }
            }
        }
        return rows;
    }

    /** Until so many wait for somebody else's lock. */
    private static void waitFor(int waiting) throws Exception {
        try (Connection db = TestStack.superuser("holdfast");
                Statement sql = db.createStatement()) {
            for (int i = 0; i < 200; i++) {
                ResultSet row = sql.executeQuery("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                        + " and datname = current_database()");
                row.next();
                if (row.getInt(1) >= waiting) {
                    return;
                }
                Thread.sleep(50);
            }
        }
        throw new AssertionError("nobody waits: what is written is not held against what is taken");
    }

    private static void run(Connection db, String statement, Object... values) throws Exception {
        try (PreparedStatement sql = db.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                sql.setObject(i + 1, values[i]);
            }
            sql.execute();
        }
    }
}
