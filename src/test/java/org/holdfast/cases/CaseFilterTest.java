// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CaseFilterTest {

    private static final UUID OWNER = UUID.fromString("8d1f0a3e-5a0c-4a53-9a57-2f3f0c1f6a11");

    @Test
    void an_address_holds_codes_and_nothing_that_was_typed() {
        CaseFilter filter = CaseFilter.of("st.open", "Somebody", "rt.secret", "UG3", "ug", "name", "x");
        assertEquals("/desk/cases?sort=urgency&status=st.open&urgency=UG3&language=ug", filter.address(1));
        assertEquals("/desk/cases?sort=urgency&status=st.open&urgency=UG3&language=ug&page=3", filter.address(3));
    }

    @Test
    void each_condition_lets_through_what_fits_and_nothing_else() {
        Listed listed = new Listed(
                "AAA-BBBB",
                "Working Wren",
                "st.open",
                "2026-11-25",
                "",
                OWNER,
                List.of("rt.travel_risk"),
                "UG2",
                "",
                "bo",
                "");
        assertTrue(of(null, null, null, null).accepts(listed, false));
        assertTrue(of("me", null, null, null).accepts(listed, true));
        assertFalse(of("me", null, null, null).accepts(listed, false));
        assertTrue(of(OWNER.toString(), null, null, null).accepts(listed, false));
        assertFalse(of(UUID.randomUUID().toString(), null, null, null).accepts(listed, true));
        assertTrue(of(null, "rt.travel_risk", null, null).accepts(listed, false));
        assertFalse(of(null, "rt.family_threat", null, null).accepts(listed, false));
        assertTrue(of(null, null, "UG2", null).accepts(listed, false));
        assertFalse(of(null, null, "UG3", null).accepts(listed, false));
        assertTrue(of(null, null, null, "bo").accepts(listed, false));
        assertFalse(of(null, null, null, "zh-Hans").accepts(listed, false));
        assertTrue(CaseFilter.of("st.open", null, null, null, null, null, null).accepts(listed, false));
        assertFalse(CaseFilter.of("st.new", null, null, null, null, null, null).accepts(listed, false));
    }

    private static CaseFilter of(String owner, String kind, String urgency, String language) {
        return CaseFilter.of(null, owner, kind, urgency, language, null, null);
    }
}
