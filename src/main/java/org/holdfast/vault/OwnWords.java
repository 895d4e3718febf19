// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.util.List;

/**
 * What the six words of somebody who waits to be let in came to (ADR 0004). Immutable.
 *
 * @param outcome what was found
 * @param words the eight words of the request, made from the keys that the six words opened; empty for any other outcome than
 *     {@link Outcome#HERS}
 */
public record OwnWords(Outcome outcome, List<String> words) {

    /** What the six words came to. */
    public enum Outcome {
        /** They opened her keys, and the request holds these keys. */
        HERS,
        /** They opened nothing: mistyped, or the request is not the one that she sent. */
        OPENED_NOTHING,
        /** They opened her keys, but the request that waits holds others, or was changed in another way. */
        OTHER_KEYS,
        /** No request waits under this login. */
        NO_REQUEST
    }

    /** Copies the list. */
    public OwnWords {
        words = List.copyOf(words);
    }

    static OwnWords none(Outcome outcome) {
        return new OwnWords(outcome, List.of());
    }
}
