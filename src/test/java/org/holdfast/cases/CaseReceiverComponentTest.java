// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.Test;

/** Who can be given a case, whatever a form says, and what can be said with a request for one. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class CaseReceiverComponentTest {
    private final Organisation organisation = Organisation.ofTests();

    @Test
    void a_case_is_never_given_to_an_auditor_or_an_administrator_whose_id_is_posted() throws Exception {
        Visitor sara = organisation.unlocked("sara");
        sara.get("/oversight/log");
        Visitor amina = organisation.unlocked("amina");
        String id = CaseWork.full(amina, "Withheld Wharf");
        long held = grants(id);
        long given = CaseWork.lines("case.assigned", "done");
        for (String name : List.of("Audrey", "Adrian")) {
            amina.get("/desk/cases/" + id);
            assertTrue(amina.page().select("#to option:contains(" + name + ")").isEmpty());
            assertEquals(
                    422,
                    amina.submit("form[action$=/assign]", Map.of("to", idOf(sara, name)))
                            .statusCode(),
                    name);
            assertEquals(1, amina.page().select("#to-error").size(), name);
        }
        assertEquals(held, grants(id), "somebody was given a key");
        assertEquals(given, CaseWork.lines("case.assigned", "done"));
        amina.get("/desk/cases/" + id);
        assertEquals(
                200,
                amina.submit("form[action$=/assign]", Map.of("to", idOf(sara, "Tenzin")))
                        .statusCode(),
                "an id that may is taken");
        assertEquals(held + 3, grants(id));
    }

    @Test
    void a_character_that_no_text_has_is_refused_where_a_case_is_asked_for_or_declined() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        String id = CaseWork.create(amina, "Broken Bell");
        Visitor sara = organisation.unlocked("sara");
        sara.get("/desk/cases/" + id);
        String reason = sara.page().select("#because option").get(1).val();
        String ask = "form[action$=/ask]";
        assertEquals(
                422,
                sara.submit(ask, Map.of("because", reason, "words", "half\0word"))
                        .statusCode());
        assertEquals(1, sara.page().select("#words-error").size());
        assertEquals(0, CaseWork.rows("case_request", id).size());
        assertEquals(
                200,
                sara.submit(ask, Map.of("because", reason, "words", "whole")).statusCode());
        String row = CaseWork.rows("case_request", id).get(0).toString();
        amina.get("/desk/cases/" + id);
        String decline = "form[action$=/decline]";
        assertEquals(422, amina.submit(decline, Map.of("why", "half\0word")).statusCode());
        assertEquals(1, amina.page().select("#why-" + row + "-error").size());
        assertTrue(sara.get("/desk/cases/" + id).body().contains("Nobody has answered yet"));
        assertEquals(200, amina.submit(decline, Map.of("why", "whole")).statusCode());
        assertFalse(sara.get("/desk/cases/" + id).body().contains("Nobody has answered yet"));
    }

    /** What forms call somebody, from the list of the log, which has everybody. */
    private static String idOf(Visitor sara, String name) {
        String hex = sara.option("#person", name);
        return hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }

    private static long grants(String id) throws Exception {
        try (Connection db = TestStack.superuser("holdfast");
                PreparedStatement query =
                        db.prepareStatement("select count(*) from access_grant where object_id = ?")) {
            query.setObject(1, UUID.fromString(id));
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
