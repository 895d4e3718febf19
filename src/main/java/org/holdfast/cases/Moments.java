// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/**
 * Instants inside of seals, as ISO text. They are kept to the millisecond, so that what was written in the same minute keeps its
 * order at every visit, and shown to the minute. That tells nothing new: only who holds the value reads it, and the entries of
 * the log have the same order. Values of older versions end at the minute; they are read alike.
 */
final class Moments {

    /** Earliest first. */
    static final Comparator<String> ORDER = Comparator.comparing(Instant::parse);

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private Moments() {}

    /** Now, to the millisecond. */
    static String now(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** To the minute, as the desk writes it. */
    static String shown(String instant) {
        return MINUTE.format(Instant.parse(instant));
    }
}
