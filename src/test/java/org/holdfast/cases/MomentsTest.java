// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class MomentsTest {

    @Test
    void a_moment_is_kept_to_the_millisecond_and_shown_to_the_minute() {
        Clock clock = Clock.fixed(Instant.parse("2026-11-25T10:07:12.345678Z"), ZoneOffset.UTC);
        assertEquals("2026-11-25T10:07:12.345Z", Moments.now(clock));
        assertEquals("2026-11-25 10:07 UTC", Moments.shown(Moments.now(clock)));
    }

    @Test
    void a_moment_of_an_older_version_ends_at_the_minute_and_is_shown_alike() {
        assertEquals("2026-11-25 10:07 UTC", Moments.shown("2026-11-25T10:07:00Z"));
    }

    @Test
    void moments_are_in_order_whether_or_not_they_have_a_fraction() {
        List<String> order = List.of(
                "2026-11-25T10:07:00Z",
                "2026-11-25T10:07:12Z",
                "2026-11-25T10:07:12.005Z",
                "2026-11-25T10:07:12.345Z",
                "2026-11-25T10:07:13Z");
        assertEquals(
                order,
                order.stream()
                        .sorted(java.util.Comparator.reverseOrder())
                        .sorted(Moments.ORDER)
                        .toList());
    }
}
