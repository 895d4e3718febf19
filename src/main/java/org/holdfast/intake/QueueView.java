// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import java.util.List;

/**
 * The queue of reports as a caseworker sees it.
 *
 * @param lines what was opened, most urgent first
 * @param total reports that wait in all
 * @param damaged reports that did not open because what is stored is not what was stored
 */
record QueueView(List<Line> lines, int total, int damaged) {
    /**
     * A report in the queue.
     *
     * @param urgent whether somebody is in danger now, as the reporter says
     * @param danger that answer in words
     * @param kind of report, in words
     * @param language of the form, in words
     * @param day received
     */
    record Line(String id, boolean urgent, String danger, String kind, String language, String day) {}

    /** Whether older reports hide younger ones: the list is opened in portions. */
    public boolean more() {
        return total > lines.size() + damaged;
    }
}
