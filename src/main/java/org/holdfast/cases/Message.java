// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.UUID;

/**
 * An answer to the reporter, as the case keeps it.
 *
 * @param at ISO instant, see {@link Moments}
 */
record Message(String text, UUID by, String at) {

    @Override
    public String toString() {
        return "Message";
    }
}
