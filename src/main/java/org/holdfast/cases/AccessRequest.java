// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That somebody asks for a case, and what was answered, as it is sealed under the summary secret.
 *
 * @param by who asks
 * @param at ISO instant, see {@link Moments}
 * @param reason a code of list {@code access_reason}
 * @param words why, in her words; may be empty
 * @param state where it stands
 * @param answeredBy who gave or declined, null while open
 * @param answer why it was declined; may be empty
 */
record AccessRequest(
        UUID by,
        String at,
        String reason,
        String words,
        State state,
        @Nullable UUID answeredBy,
        String answer) {

    enum State {
        OPEN,
        GIVEN,
        DECLINED
    }

    static AccessRequest open(UUID by, String at, String reason, String words) {
        return new AccessRequest(by, at, reason, words, State.OPEN, null, "");
    }

    AccessRequest given(UUID giver) {
        return new AccessRequest(by, at, reason, words, State.GIVEN, giver, "");
    }

    AccessRequest declined(UUID decliner, String why) {
        return new AccessRequest(by, at, reason, words, State.DECLINED, decliner, why);
    }

    /** Does this person wait for an answer? */
    boolean waits(UUID staff) {
        return state == State.OPEN && by.equals(staff);
    }

    @Override
    public String toString() {
        return "AccessRequest";
    }
}
