// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The queue opens a report only if its row is what the log says was written, in what no seal covers too. */
@Order(Integer.MAX_VALUE)
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class QueueTamperComponentTest {

    private static final Pattern DAMAGED = Pattern.compile("(\\d+) of the reports did not open");

    private final Organisation organisation = Organisation.ofTests();

    @Test
    void a_report_whose_row_was_changed_beside_its_seals_is_counted_and_not_opened() throws Exception {
        Visitor reporter = Visitor.at(TestStack.report());
        reporter.get("/form/a");
        reporter.submit("form[action=/form/a]", Map.of("narrative", "queue", "step", "send"));
        Visitor amina = organisation.unlocked("amina");
        for (String change :
                new String[] {"day = day - 3650", "ticket = set_byte(ticket, 0, get_byte(ticket, 0) # 1)"}) {
            long damaged = damaged(amina);
            String id = text("select id from intake_report order by day, id limit 1");
            sql("create table kept_queue as select * from intake_report where id = '" + id + "'");
            sql("update intake_report set " + change + " where id = '" + id + "'");
            long lines = lines();
            assertEquals(damaged + 1, damaged(amina), change);
            assertFalse(amina.last().body().contains(id), change);
            assertEquals(lines + damaged + 1, lines(), change);
            assertEquals(500, amina.get("/desk/intake/" + id).statusCode(), change);
            sql("update intake_report r set day = k.day, ticket = k.ticket from kept_queue k where k.id = r.id");
            sql("drop table kept_queue");
            assertEquals(damaged, damaged(amina), change);
        }
    }

    @Test
    void a_flood_hides_no_report_every_page_is_opened_and_is_a_line() throws Exception {
        Visitor reporter = Visitor.at(TestStack.report());
        for (long i = count("intake_report"); i <= TriageDesk.PAGE; i++) {
            reporter.get("/form/a");
            reporter.submit("form[action=/form/a]", Map.of("narrative", "one of many", "step", "send"));
        }
        Visitor amina = organisation.unlocked("amina");
        long lines = count("audit_entry where act = 'intake.listed'");
        String pages = amina.getAll("/desk/intake");
        assertEquals(lines + 2, count("audit_entry where act = 'intake.listed'"));
        for (String id :
                text("select string_agg(id::text, ' ') from intake_report").split(" ")) {
            assertEquals(2, pages.split("/desk/intake/" + id + "\"", -1).length, "once on one of the pages");
        }
        assertEquals("/desk/intake", amina.page().select("a[rel=prev]").attr("href"));
        String last = amina.page().select("main table a").eachAttr("href").toString();
        assertEquals(200, amina.get("/desk/intake?page=99").statusCode());
        assertEquals(last, amina.page().select("main table a").eachAttr("href").toString(), "past the end: the last");
        assertEquals(200, amina.get("/desk/intake?page=nonsense").statusCode());
    }

    private static long count(String what) throws Exception {
        return Long.parseLong(text("select count(*) from " + what));
    }

    private static long damaged(Visitor who) throws Exception {
        assertEquals(200, who.get("/desk/intake").statusCode());
        Matcher number = DAMAGED.matcher(who.last().body());
        return number.find() ? Long.parseLong(number.group(1)) : 0;
    }

    private static long lines() throws Exception {
        return count("audit_entry where act = 'access.tampering'");
    }

    private static void sql(String statement) throws Exception {
        try (Connection db = TestStack.superuser("holdfast");
                Statement sql = db.createStatement()) {
            sql.execute(statement);
        }
    }

    private static String text(String question) throws Exception {
        try (Connection db = TestStack.superuser("holdfast");
                Statement sql = db.createStatement();
                ResultSet row = sql.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }
}
