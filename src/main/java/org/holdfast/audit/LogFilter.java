// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of the log to show; null stands for all.
 *
 * @param actor the actor as entries have it: 32 digits of a member of staff, {@code report-door}, {@code system}, {@code unknown}
 * @param caseName the case; the lines of the report that it began with belong to it
 * @param act the kind
 * @param outcome done or refused
 * @param from the first day, UTC
 * @param to the last day, UTC
 */
public record LogFilter(
        @Nullable String actor,
        @Nullable Pseudonym caseName,
        @Nullable Act act,
        @Nullable Outcome outcome,
        @Nullable LocalDate from,
        @Nullable LocalDate to) {

    /** Every line. */
    public static final LogFilter ALL = new LogFilter(null, null, null, null, null, null);

    /** How entries name a member of staff. */
    public static String actorOf(UUID staffId) {
        return ActingNow.nameOf(staffId);
    }
}
