// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.util.Locale;

/** How an act ended. */
public enum Outcome {
    /** It was done. */
    DONE,
    /** It was attempted and refused; nothing else of it remains. */
    REFUSED;

    /** The word in the entry: {@code done} or {@code refused}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
