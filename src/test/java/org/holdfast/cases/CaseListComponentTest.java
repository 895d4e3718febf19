// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list of cases: asked for what is not offered, and the line that it leaves. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class CaseListComponentTest {
    private final Organisation organisation = Organisation.ofTests();
    private Visitor amina;

    @BeforeEach
    void work() throws Exception {
        amina = organisation.unlocked("amina");
        CaseWork.create(amina, "Unfiltered Urn");
    }

    @Test
    void what_is_not_offered_is_named_and_the_list_is_not_held_to_it() throws Exception {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("status", "Status");
        labels.put("urgency", "Urgency");
        labels.put("kind", "Kind of report");
        labels.put("owner", "Owner");
        labels.put("language", "Language");
        labels.put("sort", "Sort by");
        StringBuilder all = new StringBuilder();
        for (Map.Entry<String, String> field : labels.entrySet()) {
            for (String value : List.of("nonsense", UUID.randomUUID().toString(), "a\0b", " ", "ST.OPEN")) {
                String query = field.getKey() + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
                assertEquals(422, amina.get("/desk/cases?" + query).statusCode(), query);
                assertEquals(
                        List.of(field.getValue() + ": choose one of the values offered."),
                        amina.page().select("#problem li").eachText());
                assertTrue(amina.text("#problem").contains("The list below is not held to what is named here."));
                assertEquals(
                        1, amina.page().select("#" + field.getKey() + "-error").size(), query);
            }
            assertTrue(
                    amina.getAll("/desk/cases?" + field.getKey() + "=nonsense").contains("Unfiltered Urn"));
            all.append('&').append(field.getKey()).append("=nonsense");
        }
        assertEquals(422, amina.get("/desk/cases?" + all.substring(1)).statusCode());
        assertEquals(
                labels.keySet().stream().map(field -> "#" + field).toList(),
                amina.page().select("#problem a").eachAttr("href"));
    }

    @Test
    void a_list_is_held_to_the_rest_of_what_was_asked_for() throws Exception {
        assertEquals(
                422,
                amina.get("/desk/cases?status=st.monitoring&owner=nonsense").statusCode());
        assertEquals(
                "st.monitoring", amina.page().select("#status option[selected]").val());
        assertFalse(
                amina.getAll("/desk/cases?status=st.monitoring&owner=nonsense").contains("Unfiltered Urn"));
    }

    @Test
    void every_value_that_is_offered_can_be_asked_for() throws Exception {
        amina.get("/desk/cases");
        Map<String, List<String>> offered = new TreeMap<>();
        amina.page()
                .select("main form.filters select")
                .forEach(select ->
                        offered.put(select.attr("name"), select.select("option").eachAttr("value")));
        assertEquals(6, offered.size());
        for (Map.Entry<String, List<String>> field : offered.entrySet()) {
            for (String value : field.getValue()) {
                String query = "/desk/cases?" + field.getKey() + "=" + value;
                assertEquals(200, amina.get(query).statusCode(), query);
            }
        }
    }

    @Test
    void a_list_is_one_line_that_says_how_many_summaries_were_opened() throws Exception {
        int before = opened("/desk/cases");
        assertTrue(before >= 1, "at least the one of this test");
        CaseWork.create(amina, "Counted Cup");
        assertEquals(before + 1, opened("/desk/cases"));
        assertEquals(before + 1, opened("/desk/cases?status=st.monitoring"), "a filter looks into all of them");
    }

    /** The number in the one line that this list leaves. */
    private int opened(String address) throws Exception {
        Map<String, String> before = lines();
        assertEquals(200, amina.get(address).statusCode());
        Map<String, String> after = lines();
        after.keySet().removeAll(before.keySet());
        assertEquals(1, after.size());
        String line = after.values().iterator().next();
        Matcher number = Pattern.compile("\"opened\\.([0-9]+)\"").matcher(line);
        assertTrue(number.find(), line);
        return Integer.parseInt(number.group(1));
    }

    private static Map<String, String> lines() throws Exception {
        Map<String, String> lines = new TreeMap<>();
        try (Connection db = TestStack.superuser("holdfast");
                PreparedStatement query = db.prepareStatement(
                        "select id::text, convert_from(body, 'UTF8') from audit_entry where act = 'case.listed'");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                lines.put(row.getString(1), row.getString(2));
            }
        }
        return lines;
    }
}
