// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of the log to show; null stands for all.
 *
 * @param person the random id of a member of staff
 * @param caseName the case
 * @param act the kind
 * @param outcome done or refused
 * @param from the first day, UTC
 * @param to the last day, UTC
 */
public record LogFilter(
        @Nullable UUID person,
        @Nullable Pseudonym caseName,
        @Nullable Act act,
        @Nullable Outcome outcome,
        @Nullable LocalDate from,
        @Nullable LocalDate to) {

    /** Every line. */
    public static final LogFilter ALL = new LogFilter(null, null, null, null, null, null);
}
