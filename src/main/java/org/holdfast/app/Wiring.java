// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** Gives the rooms what must come from one place, so that a test can give something else. */
class Wiring {

    /** The one clock, in UTC: no room asks the system for the time itself. */
    @Produces
    @ApplicationScoped
    Clock clock() {
        return Clock.systemUTC();
    }
}
