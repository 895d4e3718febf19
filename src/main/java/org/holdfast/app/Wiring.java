// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.app;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.util.Locale;

/** Gives the rooms what must come from one place, so that a test can give something else. */
class Wiring {

    /** The same words and digits on every machine: a query with Arabic digits is none. */
    void speakPlainly(@Observes @Priority(1) StartupEvent event) {
        Locale.setDefault(Locale.ROOT);
    }

    /** The one clock, in UTC: no room asks the system for the time itself. */
    @Produces
    @ApplicationScoped
    Clock clock() {
        return Clock.systemUTC();
    }
}
