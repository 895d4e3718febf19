// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who can open a case, and who asks for it, as the page of the case shows it.
 *
 * @param holders everybody who holds something of it
 * @param colleagues to whom it can be given; none for somebody who does not hold all of it
 * @param requests that wait for an answer; none for somebody who does not hold all of it
 * @param asked what the person who looks asked for last, null if she never did
 */
public record AccessView(
        List<HolderLine> holders,
        List<FormView.Option> colleagues,
        List<RequestLine> requests,
        @Nullable Asked asked) {

    public AccessView {
        holders = List.copyOf(holders);
        colleagues = List.copyOf(colleagues);
        requests = List.copyOf(requests);
    }

    /**
     * Somebody who can open the case.
     *
     * @param role her roles in words
     * @param all everything, or less
     * @param parts what she holds, in words
     */
    public record HolderLine(
            String staff, String name, String role, boolean all, String parts, String since, boolean me) {}

    /**
     * A request that waits for an answer.
     *
     * @param row its id
     * @param words why, in the words of who asks; empty if she wrote none
     */
    public record RequestLine(String row, String name, String role, String at, String reason, String words) {}

    /**
     * What the person who looks asked for.
     *
     * @param open nobody has answered yet
     * @param declined it was declined, by whom and why
     */
    public record Asked(
            boolean open, boolean declined, String at, String reason, String words, String by, String answer) {}
}
