// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of the log, from the entry itself and not from the copies beside it.
 *
 * @param number the entry's number, from 0
 * @param id the entry's id, under which its sealed detail lies
 * @param time minute in UTC, or the day alone for the report door
 * @param actor 32 digits of a member of staff, {@code report-door}, {@code system} or {@code unknown}
 * @param act the code of the kind
 * @param caseName the case, if it is about one
 * @param objectName the object, if it is about one
 * @param outcome how it ended
 * @param reason a code
 * @param signed whether the actor signed it
 * @param detail whether a sealed detail belongs to it
 * @param trouble why this line cannot be believed, in words; then only number and id are what they seem
 */
public record LogLine(
        long number,
        UUID id,
        String time,
        String actor,
        String act,
        @Nullable Pseudonym caseName,
        @Nullable Pseudonym objectName,
        Outcome outcome,
        @Nullable String reason,
        boolean signed,
        boolean detail,
        Optional<String> trouble) {}
