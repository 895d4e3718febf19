// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.holdfast.rules.report.Complaint;
import org.jspecify.annotations.Nullable;

/**
 * How saving a form ended: it was saved, or it has faults, or somebody else saved in between. In the last two cases nothing
 * was stored and the form is shown again with everything typed.
 *
 * @param row the row that was saved, or was to be
 * @param complaints the faults
 * @param conflict both texts, when there was a conflict
 * @param typed what is to stand in the form
 * @param revision the revision on which the next attempt builds
 */
public record Saved(
        boolean done,
        UUID row,
        List<Complaint> complaints,
        @Nullable ConflictView conflict,
        Map<String, List<String>> typed,
        long revision) {

    /** The HTTP status of the page that shows the form again. */
    int status() {
        return conflict == null ? 422 : 409;
    }

    static Saved done(UUID row) {
        return new Saved(true, row, List.of(), null, Map.of(), 0);
    }

    static Saved faulty(UUID row, List<Complaint> complaints, Map<String, List<String>> typed, long revision) {
        return new Saved(false, row, complaints, null, typed, revision);
    }

    static Saved conflict(UUID row, ConflictView conflict, Map<String, List<String>> typed, long revision) {
        return new Saved(false, row, List.of(), conflict, typed, revision);
    }
}
