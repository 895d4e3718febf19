// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.rules.report;

import java.util.List;

/**
 * The result of a check.
 *
 * @param answers what was accepted; meaningful only without complaints
 * @param complaints what is wrong, in the order of the form
 */
public record Checked(Answers answers, List<Complaint> complaints) {

    /** Is there nothing to complain about? */
    public boolean sound() {
        return complaints.isEmpty();
    }
}
