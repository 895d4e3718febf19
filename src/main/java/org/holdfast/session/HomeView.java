// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.session;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the person stands, and so what the home page offers.
 *
 * @param state what comes next for her
 * @param roles her effective roles, or before enrolment those of her login, by their codes
 * @param ended the day on which her access was ended, if she is to make keys because of that
 */
public record HomeView(
        State state, List<String> roles, @Nullable LocalDate ended) {

    /** What comes next. */
    public enum State {
        /** The organisation is to be founded, by her. */
        START,
        /** The organisation is to be founded, by a supervisor. */
        NOT_STARTED,
        /** It is founded, but the server has no pin yet. */
        NO_PIN,
        /** She is to make her keys. */
        ENROL,
        /** A request in her name waits for a supervisor, whoever made it. */
        WAITING,
        /** Her keys are locked. */
        LOCKED,
        /** She can work. */
        OPEN
    }

    /** Whether she has this role. */
    public boolean has(String code) {
        return roles.contains(code);
    }
}
