// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration goes in through the pages, once, and no page of it is empty afterwards. */
@Order(2)
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class DemonstrationComponentTest {

    private final Organisation organisation = Organisation.ofTests();

    @TempDir
    Path data;

    @Test
    void the_sample_cases_go_in_through_both_doors_and_only_once() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        Visitor sara = organisation.unlocked("sara");
        int before = cases(amina);
        int held = cases(sara);
        int waited = reports(amina);
        String number = Demonstration.intoTestStack(organisation, data);
        assertTrue(number.matches("[0-9]{4}( [0-9]{4}){7}"), "a return number in groups of four");
        int after = cases(amina);
        assertTrue(after >= before + 4, "cases of amina: " + before + ", then " + after);
        assertTrue(cases(sara) >= held + 4, "summaries that the supervisor holds");
        assertTrue(reports(amina) > waited, "reports that wait");
        assertEquals(number, Demonstration.intoTestStack(organisation, data));
        assertEquals(after, cases(amina));

        Visitor exile = Visitor.at(TestStack.report());
        String answer = "";
        for (int i = 0; i < 40 && !answer.contains("Thank you for telling us"); i++) {
            Thread.sleep(500);
            exile.get("/reply");
            answer = exile.submit("main form", Map.of("number", number)).body();
        }
        assertTrue(answer.contains("Thank you for telling us"), "the reporter reads the answer");
        assertFalse(answer.contains("Han Yue"));
    }

    /** How many cases somebody's list says there are. */
    private static int cases(Visitor visitor) throws Exception {
        visitor.get("/desk/cases");
        return visitor.page().select("main caption").stream()
                .map(caption -> caption.text().replaceFirst(".* of ", ""))
                .mapToInt(Integer::parseInt)
                .sum();
    }

    /** How many reports somebody's queue says there are; it shows a hundred a page. */
    private static int reports(Visitor visitor) throws Exception {
        visitor.get("/desk/intake");
        return visitor.page().select("main caption").stream()
                .map(caption -> caption.text().replaceFirst("(?s).* of ([0-9]+) new reports.*", "$1"))
                .mapToInt(Integer::parseInt)
                .sum();
    }
}
