// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.UUID;
import org.holdfast.rules.report.Answers;

/**
 * The facts of a report, as they are sealed in {@code case_report.facts}; the other columns hold {@link Answers}.
 *
 * @param kind a code of list {@code report_type}
 * @param recordedAt ISO instant, see {@link Moments}, at which it was recorded in the case
 * @param recordedBy the member of staff who recorded it
 */
record ReportFacts(String kind, String recordedAt, UUID recordedBy, Answers answers) {

    @Override
    public String toString() {
        return "ReportFacts";
    }
}
