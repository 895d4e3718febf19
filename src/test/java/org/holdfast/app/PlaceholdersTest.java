// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {

    @Test
    void a_secret_that_nobody_replaced_is_refused() {
        for (String secret : List.of(
                "",
                "change-me",
                "CHANGE-ME-CHANGE-ME-CHANGE-ME",
                "${HOLDFAST_CLIENT_SECRET}",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "q4Zt0rW9x2Lk7VbN5mYp8sQd1fHg3jK",
                "my-secret-secret-secret-secret")) {
            assertFalse(Placeholders.inClientSecret(secret).isEmpty(), secret);
        }
    }

    @Test
    void random_characters_are_accepted() {
        assertEquals(List.of(), Placeholders.inClientSecret("q4Zt0rW9x2Lk7VbN5mYp8sQd1fHg3jKa"));
    }
}
