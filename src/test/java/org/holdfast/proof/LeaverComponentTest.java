// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.holdfast.audit.Sequencer;
import org.holdfast.local.DemonstrationLogin;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.Test;

/** Somebody is let in, works, and is ended: at once for her, and in the log by her name. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class LeaverComponentTest {
    private static final DemonstrationLogin LOGIN = DemonstrationLogin.NEWCOMERS.get(1);

    @Inject
    Sequencer sequencer;

    private final Organisation organisation = Organisation.ofTests();

    @Test
    void whose_access_is_ended_is_out_at_once_is_told_so_and_stands_in_the_log_by_name() throws Exception {
        Visitor sara = organisation.unlocked("sara");
        Visitor leaver = Newcomers.enrol(organisation, LOGIN, sara, "Wangchuk");
        assertEquals("page", Outcome.of(leaver.get("/desk/cases")));
        sara.get("/oversight/people");
        assertEquals(
                200,
                sara.submit("tr:contains(Wangchuk) form", Map.of("sure", "yes")).statusCode());

        for (String place : List.of("/desk/cases", "/desk/intake", "/desk/cases/new")) {
            assertEquals("refused", Outcome.of(leaver.get(place)), place);
        }
        saysThatItWasEnded(leaver);
        Visitor later = Visitor.at(TestStack.desk());
        later.signIn(LOGIN);
        saysThatItWasEnded(later);
        Visitor newcomer = Visitor.at(TestStack.desk());
        newcomer.signIn(DemonstrationLogin.NEWCOMERS.get(2));
        newcomer.get("/desk");
        assertFalse(newcomer.text("main").contains("was ended"), newcomer.text("main"));

        sequencer.run();
        sara.get("/oversight/log");
        String lines = String.join("\n", sara.page().select("tbody bdi").eachText());
        for (String sentence : List.of(
                "Somebody who is not enrolled asked to be let in: it was Wangchuk.",
                "Sara answered the request of Wangchuk to be let in.",
                "Sara let Wangchuk in.",
                "Sara ended the access of Wangchuk.",
                "Sara ended an unlocked session.")) {
            assertTrue(lines.contains(sentence), sentence + " in\n" + lines);
        }
        assertFalse(lines.contains("Sara logged out"), lines);

        // Who comes back is let in like anybody new.
        Visitor back = Newcomers.enrol(organisation, LOGIN, sara, "Wangchuk again");
        assertEquals("page", Outcome.of(back.get("/desk/cases")));
        sara.get("/oversight/people");
        sara.submit("tr:contains(Wangchuk again) form", Map.of("sure", "yes"));
        assertEquals("refused", Outcome.of(back.get("/desk/cases")));
    }

    private static void saysThatItWasEnded(Visitor leaver) throws Exception {
        leaver.get("/desk");
        String page = leaver.text("main");
        assertTrue(page.contains("Your access to this organisation's desk was ended on"), page);
        assertTrue(page.contains("ask a supervisor"), page);
        assertFalse(page.contains("does not know your keys"), page);
    }
}
