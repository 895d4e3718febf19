// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.access.Problem;
import org.junit.jupiter.api.Test;

class IdsTest {
    private static final String USUAL = "0a0b0c0d-0e0f-4abc-8def-00000000000a";

    @Test
    void the_usual_form_is_the_id() {
        assertEquals(UUID.fromString(USUAL), Ids.of(USUAL));
        assertEquals(Optional.of(UUID.fromString(USUAL)), Ids.read(USUAL));
    }

    @Test
    void every_other_way_to_write_the_same_id_is_answered_like_one_that_does_not_exist() {
        for (String other : List.of(
                "0A0B0C0D-0E0F-4ABC-8DEF-00000000000A",
                "0a0b0c0d-0e0f-4abc-8def-00000000000A",
                "a0b0c0d-e0f-4abc-8def-a",
                "0a0b0c0d-0e0f-4abc-8def-a",
                "0a0b0c0d-0e0f-14abc-8def-00000000000a",
                "{" + USUAL + "}",
                "urn:uuid:" + USUAL,
                USUAL.replace("-", ""),
                " " + USUAL,
                USUAL + " ",
                USUAL + "\n")) {
            assertEquals(Optional.empty(), Ids.read(other), other);
            assertThrows(Problem.NotHere.class, () -> Ids.of(other), other);
        }
    }

    @Test
    void what_is_no_id_is_answered_alike() {
        for (String none : List.of("", "-", "new", "1", "x".repeat(36), "-".repeat(36))) {
            assertEquals(Optional.empty(), Ids.read(none), none);
            assertThrows(Problem.NotHere.class, () -> Ids.of(none), none);
        }
        assertEquals(Optional.empty(), Ids.read(null));
    }
}
