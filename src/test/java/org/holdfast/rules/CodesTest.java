// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CodesTest {

    private static final Map<String, Integer> SIZES = Map.ofEntries(
            Map.entry("report_type", 9),
            Map.entry("report_source", 8),
            Map.entry("person_role", 10),
            Map.entry("relationship", 13),
            Map.entry("profile_category", 15),
            Map.entry("community", 21),
            Map.entry("protection_status", 13),
            Map.entry("travel_document", 10),
            Map.entry("method_family", 6),
            Map.entry("family_threat", 20),
            Map.entry("agent_approach", 22),
            Map.entry("travel_event", 10),
            Map.entry("digital_threat", 14),
            Map.entry("legal_process", 22),
            Map.entry("return_event", 15),
            Map.entry("actor_type", 19),
            Map.entry("actor_agency", 17),
            Map.entry("actor_identifier_type", 12),
            Map.entry("contact_channel", 19),
            Map.entry("demand", 16),
            Map.entry("leverage", 19),
            Map.entry("trigger_event", 17),
            Map.entry("harm_outcome", 21),
            Map.entry("place_type", 21),
            Map.entry("place_precision", 7),
            Map.entry("time_precision", 8),
            Map.entry("info_confidence", 10),
            Map.entry("fear_answer", 6),
            Map.entry("refoulement_question", 13),
            Map.entry("help_requested", 19),
            Map.entry("protective_action", 26),
            Map.entry("contact_preference", 9),
            Map.entry("device_safety", 7),
            Map.entry("case_status", 9),
            Map.entry("access_reason", 7),
            Map.entry("language", 30),
            Map.entry("risk_indicator", 51));

    @Test
    void every_published_list_is_there_with_all_its_codes() {
        Codes codes = Codes.shipped();
        assertEquals(62, codes.published().size());
        int all = codes.published().stream().mapToInt(l -> codes.list(l).size()).sum();
        assertEquals(778, all);
        SIZES.forEach((list, size) -> assertEquals(size, codes.list(list).size(), list));
    }

    @Test
    void a_code_has_one_meaning_and_every_code_a_label() {
        Codes codes = Codes.shipped();
        Set<String> seen = new HashSet<>();
        for (String list : codes.published()) {
            for (Codes.Code code : codes.list(list)) {
                assertTrue(seen.add(code.code()), code.code());
                assertFalse(code.label().isBlank(), code.code());
            }
        }
    }

    @Test
    void incidents_are_the_six_lists_together() {
        assertEquals(103, Codes.shipped().list("incident").size());
        assertTrue(Codes.shipped().contains("incident", "lp.red_notice"));
    }

    @Test
    void an_unknown_code_is_refused_and_not_repeated() {
        UnknownCode refused =
                assertThrows(UnknownCode.class, () -> Codes.shipped().label("demand", "dm.secret"));
        assertFalse(String.valueOf(refused.getMessage()).contains("secret"));
        assertFalse(Codes.shipped().contains("demand", "lv.none"));
        assertThrows(IllegalArgumentException.class, () -> Codes.shipped().list("no_such_list"));
    }

    @Test
    void countries_are_those_of_the_standard() {
        assertTrue(Codes.shipped().contains("country", "KZ"));
        assertFalse(Codes.shipped().contains("country", "ZZ"));
        List<String> names =
                Codes.shipped().list("country").stream().map(Codes.Code::label).toList();
        assertTrue(
                names.indexOf("Åland Islands") < names.indexOf("Albania") + 2,
                "letters with marks stand among the others");
        assertTrue(names.indexOf("Réunion") < names.indexOf("Romania"));
        assertEquals("Türkiye", Codes.shipped().label("country", "TR").replace("Turkey", "Türkiye"));
    }
}
