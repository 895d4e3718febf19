// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.UUID;
import org.holdfast.access.Problem;

/** Ids as they stand in addresses. What is not one is answered like one that does not exist. */
final class Ids {

    private Ids() {}

    /** @throws Problem.NotHere unless it is a UUID in its usual form */
    static UUID of(String text) {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equals(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // Not an id: there is nothing here.
        }
        throw Problem.notHere();
    }
}
