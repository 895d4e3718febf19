// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.holdfast.audit.Sequencer;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A case that begins with a report from the report door: what came is kept, who sent it stays masked, the answer arrives. */
@Order(Integer.MAX_VALUE)
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class BeginComponentTest {

    private static final Map<String, String> SEALED = Map.of(
            "case_original_identity", "original",
            "case_original_content", "original",
            "case_mailbox", "card",
            "case_message", "message");

    @Inject
    Sequencer sequencer;

    private final Organisation organisation = Organisation.ofTests();

    @Test
    void the_report_is_kept_as_it_came_beside_the_one_that_is_worked_on() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        String id = begun(amina, sent(report("kept as it came", false)));
        assertTrue(amina.get("/desk/cases/" + id).body().contains("The report as it came"));
        assertFalse(amina.last().body().contains("Given Name"));
        String report = CaseWork.rows("case_report", id).get(0).toString();
        amina.get("/desk/cases/" + id + "/reports/" + report + "?edit=yes");
        amina.submit("main form", Map.of("narrative", "worked on"));
        assertTrue(amina.get("/desk/cases/" + id + "/reports/" + report).body().contains("worked on"));
        String original = amina.get("/desk/cases/" + id + "/original").body();
        assertTrue(original.contains("kept as it came"));
        assertFalse(original.contains("Given Name"));

        amina.get("/desk/cases/" + id);
        String identity = amina.submit("form[action$=/identity]", Map.of("reason", "ar.assigned_work"))
                .body();
        assertEquals(2, identity.split("Given Name", -1).length - 1, "as a person, and as it came");
        assertTrue(identity.contains("Asia/Almaty"));
    }

    @Test
    void the_lines_of_the_report_are_found_from_the_case() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        String id = begun(amina, sent(report("read before it was a case", false)));
        amina.get("/desk/cases/" + id);
        String label = amina.text("h1");
        sequencer.run();
        Visitor sara = organisation.unlocked("sara");
        sara.get("/oversight/log");
        sara.submit("main form.filters", Map.of("case", sara.option("#case", label)));
        String lines = String.join("\n", sara.page().select("tbody bdi").eachText());
        for (String sentence : List.of(
                "The report door took in a report.",
                "Amina read a report.",
                "Amina removed a report from the new ones, case " + label + ".",
                "Amina made a case " + label + ".")) {
            assertEquals(true, lines.contains(sentence), sentence + " in\n" + lines);
        }
        assertEquals(1, lines.split("Amina made a case", -1).length - 1, "and of no other case");
    }

    @Test
    void an_answer_reaches_the_reporter_and_stays_in_the_case() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        Visitor exile = report("please answer", true);
        String report = sent(exile);
        exile.submit("form:has(input[name=proof])", Map.of());
        String number = exile.text("#number").replaceAll("\\s+", "");
        String id = begun(amina, report);
        HttpResponse<String> empty = amina.submit("form[action$=/reply]", Map.of("text", " "));
        assertEquals(422, empty.statusCode());
        HttpResponse<String> tooLong = amina.submit("form[action$=/reply]", Map.of("text", "ж".repeat(8001)));
        assertEquals(422, tooLong.statusCode());
        assertTrue(tooLong.body().contains("ж".repeat(8001)));
        assertEquals(
                200,
                amina.submit("form[action$=/reply]", Map.of("text", "We read you."))
                        .statusCode());
        assertTrue(amina.last().body().contains("We read you."));
        String page = "";
        for (int i = 0; i < 40 && !page.contains("We read you."); i++) {
            Thread.sleep(500);
            exile.get("/reply");
            page = exile.submit("main form", Map.of("number", number)).body();
        }
        assertTrue(page.contains("We read you."));
        for (Map.Entry<String, String> table : SEALED.entrySet()) {
            tampered(amina, id, table.getKey(), table.getValue());
        }
    }

    private static void tampered(Visitor amina, String id, String table, String column) throws Exception {
        UUID row = CaseWork.rows(table, id).get(0);
        String flip = "update " + table + " set " + column + " = set_byte(" + column + ", length(" + column
                + ") - 3, get_byte(" + column + ", length(" + column + ") - 3) # 1) where id = ?";
        CaseWork.sql(flip, row);
        refused(amina, id, table);
        CaseWork.sql(flip, row);
        CaseWork.sql("create table if not exists kept_" + table + " as select * from " + table + " where false");
        CaseWork.sql("insert into kept_" + table + " select * from " + table + " where id = ?", row);
        CaseWork.sql("delete from " + table + " where id = ?", row);
        refused(amina, id, table + " without its row");
        CaseWork.sql("insert into " + table + " select * from kept_" + table);
        CaseWork.sql("drop table kept_" + table);
        assertEquals(200, amina.get("/desk/cases/" + id).statusCode(), table);
    }

    private static void refused(Visitor amina, String id, String what) throws Exception {
        long before = CaseWork.lines("access.tampering", "refused");
        HttpResponse<String> page = amina.get("/desk/cases/" + id);
        assertEquals(500, page.statusCode(), what);
        assertFalse(page.body().contains("We read you."), what);
        assertEquals(before + 1, CaseWork.lines("access.tampering", "refused"), what);
    }

    /** Sends a report and leaves the visitor on the confirmation. */
    private static Visitor report(String narrative, boolean urgent) throws Exception {
        Visitor exile = Visitor.at(TestStack.report());
        exile.get("/form/b");
        Map<String, List<String>> fields = new LinkedHashMap<>();
        fields.put("incidents", List.of("aa.home_visit", "aa.meeting_request"));
        fields.put("now_country", List.of("PL"));
        fields.put("danger_now", List.of(urgent ? "yes" : "no"));
        fields.put("narrative", List.of(narrative));
        fields.put("name", List.of("Given Name"));
        fields.put("timezone", List.of("Asia/Almaty"));
        fields.put("step", List.of("review"));
        assertEquals(200, exile.submitAll("main form", fields).statusCode());
        exile.submitAll("main form", Map.of("step", List.of("send")));
        assertTrue(exile.last().body().contains("name=\"proof\""), "stored");
        return exile;
    }

    /** The id of the report that the confirmation is about. */
    private static String sent(Visitor exile) {
        return exile.page().select("input[name=report]").val();
    }

    /** A report made into a case. */
    private static String begun(Visitor amina, String report) throws Exception {
        assertEquals(200, amina.get("/desk/intake/" + report).statusCode());
        HttpResponse<String> made = amina.submit("form[action$=/case]", Map.of());
        assertEquals(200, made.statusCode());
        return made.uri().getPath().substring("/desk/cases/".length());
    }
}
