// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import java.time.Clock;

/** Waits on the thread of the request. */
final class Pause {
    private static final long SECOND = 1000;

    private Pause() {}

    static void seconds(int seconds) {
        millis(seconds * SECOND);
    }

    /** Until the second changes: the time of an answer then tells nothing about the work behind it. */
    static void untilNextSecond(Clock clock) {
        millis(SECOND - Math.floorMod(clock.millis(), SECOND));
    }

    private static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
