// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.Test;

/** Somebody reads a case, and a writer to the database takes the lines about it away before they stand in any tree. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class HiddenReadingComponentTest {
    private static final long SEQUENCER = 0x68662d6c6f67L;

    private final Organisation organisation = Organisation.ofTests();

    @Test
    void lines_that_are_taken_away_before_they_have_a_number_stop_the_server_and_are_named_on_its_pages()
            throws Exception {
        try (Tamperer writer = new Tamperer("holdfast");
                Tamperer sequencer = new Tamperer("holdfast")) {
            WriterStage stage = new WriterStage(organisation, writer);
            Visitor sara = organisation.unlocked("sara");
            awaitNumbers(writer);
            sequencer.run("select pg_advisory_lock(" + SEQUENCER + ")");
            assertEquals("page", Outcome.of(stage.amina.get(stage.address)));
            String mine = "actor = '" + stage.me().replace("-", "") + "' and id in (select id from audit_pending)";
            writer.run("create temp table kept as select * from audit_entry where " + mine);
            writer.run("create temp table queue as select * from audit_pending where id in (select id from kept)");
            assertEquals(List.of("case.read"), writer.ask("select act from kept"));
            writer.run("delete from audit_pending where id in (select id from kept);"
                    + " delete from audit_entry where id in (select id from kept)");
            String session =
                    " where name = (select decode(substring(convert_from(body, 'UTF8') from '\"s\":\"([0-9a-f]{32})\"'), 'hex')"
                            + " from kept)";
            assertEquals(1, writer.count("select count(*) from unlocked_session" + session));
            writer.run("update unlocked_session set counter = counter - 1" + session);
            sequencer.run("select pg_advisory_unlock(" + SEQUENCER + ")");
            try {
                // Two looks of the server.
                Thread.sleep(2_500);
                assertEquals(
                        "Opening refused",
                        Outcome.heading(stage.amina.get(stage.address).body()));
                sara.get("/oversight/log");
                assertTrue(sara.text("#altered").contains("taken away before it had a number"), sara.text("main"));
                sara.submit("form[action=/oversight/log/verify]", Map.of());
                assertTrue(sara.text("#verdict").contains("Not sound"), sara.text("main"));
                assertTrue(sara.text("main").contains("taken away before it had a number"), sara.text("main"));
            } finally {
                writer.run("update unlocked_session set counter = counter + 1" + session);
                writer.run("insert into audit_entry select * from kept;"
                        + " insert into audit_pending overriding system value select * from queue");
            }
            awaitNumbers(writer);
            Thread.sleep(1_500);
            assertEquals("page", Outcome.of(stage.amina.get(stage.address)), "it is back");
            sara.get("/oversight/log");
            assertTrue(sara.page().select("#altered").isEmpty());
        }
    }

    private static void awaitNumbers(Tamperer writer) throws Exception {
        for (int i = 0; writer.count("select count(*) from audit_pending where held_until is null") > 0; i++) {
            assertTrue(i < 200, "the log does not move");
            Thread.sleep(50);
        }
    }
}
