// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who acts in this request, as the log will name them.
 *
 * <p>Set once the login is known and again when keys are unlocked. Until then, and outside every request, the system
 * acts. One request, one thread.
 */
@RequestScoped
public class ActingNow {
    static final String SYSTEM = "system";
    static final String REPORT_DOOR = "report-door";
    static final String UNKNOWN = "unknown";

    private String actor = SYSTEM;
    private @Nullable Signatory signatory;

    /**
     * Somebody is logged in.
     *
     * @param staffId their random id, null while they are not enrolled
     * @param known whether the directory knows them; an unknown person acts as {@code unknown}
     */
    public void actor(@Nullable UUID staffId, boolean known) {
        actor = staffId == null || !known ? UNKNOWN : nameOf(staffId);
    }

    /** Their keys are unlocked, or no longer. */
    public void signatory(@Nullable Signatory unlocked) {
        signatory = unlocked;
        if (unlocked != null) {
            actor = nameOf(unlocked.staffId());
        }
    }

    /** The request came in at the report door: no minute, no order, no person. */
    public void reportDoor() {
        actor = REPORT_DOOR;
        signatory = null;
    }

    String name() {
        return actor;
    }

    @Nullable Signatory signs() {
        return signatory;
    }

    boolean atReportDoor() {
        return actor.equals(REPORT_DOOR);
    }

    static String nameOf(UUID staffId) {
        return Pseudonym.ofRow(staffId).hex();
    }
}
