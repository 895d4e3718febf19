// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.oversight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.holdfast.audit.Sequencer;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log asked for what is none of the values offered: nobody is to believe that the lines are held to it. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class LogFilterComponentTest {
    private static final String FILTER = "main form.filters";
    private static final String NOT_HELD = "The lines below are not held to what is named here.";

    @Inject
    Sequencer sequencer;

    private final Organisation organisation = Organisation.ofTests();
    private Visitor audrey;

    @BeforeEach
    void read() throws Exception {
        organisation.unlocked("amina");
        audrey = organisation.unlocked("audrey");
        sequencer.run();
        audrey.get("/oversight/log");
    }

    @Test
    void a_person_who_is_not_offered_is_named_and_the_lines_are_held_to_the_rest() throws Exception {
        for (String nobody : List.of("nonsense", "a\0b", "0".repeat(32), "Amina", "x".repeat(3000), "%")) {
            Map<String, String> asked = Map.of("person", nobody, "kind", "session.unlocked");
            assertEquals(422, audrey.submit(FILTER, asked).statusCode());
            assertTrue(audrey.text("#problem").contains("Who: choose one of the people offered."));
            assertTrue(audrey.text("#problem").contains(NOT_HELD));
            assertFalse(audrey.text("#problem").contains("typed"), "nothing was typed");
            assertEquals(1, audrey.page().select("#person-error").size());
            List<String> lines = audrey.page().select("tbody bdi").eachText();
            assertFalse(lines.isEmpty());
            assertTrue(lines.stream().allMatch(line -> line.endsWith(" unlocked the keys.")), lines.toString());
            assertEquals(
                    "session.unlocked",
                    audrey.page().select("#kind option[selected]").val());
        }
        // The page can be asked again at once.
        assertEquals(200, audrey.submit(FILTER, Map.of()).statusCode());
    }

    @Test
    void a_kind_that_is_not_offered_is_named_and_the_lines_are_held_to_the_rest() throws Exception {
        String amina = audrey.option("#person", "Amina");
        for (String none : List.of("nonsense", "session.unlocked ; x", "a\0b", "SESSION.UNLOCKED")) {
            assertEquals(
                    422,
                    audrey.submit(FILTER, Map.of("person", amina, "kind", none)).statusCode());
            assertTrue(audrey.text("#problem").contains("What: choose one of the kinds offered."));
            assertTrue(audrey.text("#problem").contains(NOT_HELD));
            List<String> lines = audrey.page().select("tbody bdi").eachText();
            assertFalse(lines.isEmpty());
            assertTrue(lines.stream().allMatch(line -> line.startsWith("Amina ")), lines.toString());
        }
    }

    @Test
    void all_that_is_wrong_is_named_at_once_and_days_stay_typed() throws Exception {
        Map<String, String> asked =
                Map.of("person", "nobody", "kind", "nothing", "from", "+999999999-01-01", "to", "a\0b");
        assertEquals(422, audrey.submit(FILTER, asked).statusCode());
        assertEquals(
                List.of("#person", "#kind", "#from", "#to"),
                audrey.page().select("#problem a").eachAttr("href"));
        assertEquals("+999999999-01-01", audrey.page().select("#from").val());
        assertTrue(audrey.text("#problem").contains("What you typed is still here."));
    }

    @Test
    void everybody_and_everything_that_is_offered_can_be_asked_for() throws Exception {
        for (String field : List.of("person", "kind")) {
            List<String> offered = audrey.page().select("#" + field + " option").eachAttr("value");
            assertTrue(offered.size() > 8, offered.toString());
            for (String value : offered) {
                assertEquals(200, audrey.submit(FILTER, Map.of(field, value)).statusCode(), field + " " + value);
            }
            audrey.get("/oversight/log");
        }
    }
}
