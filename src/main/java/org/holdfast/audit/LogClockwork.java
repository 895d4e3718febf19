// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Keeps the log moving: numbers every 100 ms, signs every ten seconds, on one thread of its own so that no busy pool can
 * hold it up. Nothing is numbered before the first start is done, since the log belongs to nobody until then.
 */
@ApplicationScoped
class LogClockwork {
    private static final Logger LOG = Logger.getLogger(LogClockwork.class);
    private static final long NUMBER_MILLIS = 100;
    private static final long SIGN_MILLIS = 10_000;

    private final Sequencer sequencer;
    private final Notary notary;
    private final LogSettings settings;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "log-clockwork");
        made.setDaemon(true);
        return made;
    });
    private String lastTrouble = "";

    LogClockwork(Sequencer sequencer, Notary notary, LogSettings settings) {
        this.sequencer = sequencer;
        this.notary = notary;
        this.settings = settings;
    }

    void start(@Observes StartupEvent event) {
        if (settings.clockwork()) {
            every(NUMBER_MILLIS, sequencer::run);
            every(SIGN_MILLIS, notary::checkpointNow);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        thread.shutdown();
        thread.awaitTermination(5, TimeUnit.SECONDS);
    }

    private void every(long millis, Runnable work) {
        // Nobody waits for it, and an attempt throws nothing.
        var unused = thread.scheduleWithFixedDelay(() -> attempt(work), millis, millis, TimeUnit.MILLISECONDS);
    }

    /** One failure must not end the clockwork; the same one is said once. */
    private void attempt(Runnable work) {
        try {
            if (notary.policy().isPresent()) {
                work.run();
                lastTrouble = "";
            }
        } catch (AlteredLog e) {
            say("the log was altered: " + e.getMessage());
        } catch (RuntimeException e) {
            say("the log does not move: " + e.getClass().getSimpleName());
        }
    }

    private void say(String trouble) {
        if (!trouble.equals(lastTrouble)) {
            LOG.error(trouble);
            lastTrouble = trouble;
        }
    }
}
