// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.UncheckedIOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Keeps the log moving: numbers every 100 ms, signs every ten seconds, on a thread of its own so that no busy pool can
 * hold it up; and has it read every second, on another, so that nobody who opens something waits for that, and what was read kept
 * on the disk of this server. Nothing is numbered before the first start is done, since the log belongs to nobody until then.
 */
@ApplicationScoped
class LogClockwork {
    private static final Logger LOG = Logger.getLogger(LogClockwork.class);
    private static final long NUMBER_MILLIS = 100;
    private static final long SIGN_MILLIS = 10_000;
    private static final long READ_MILLIS = 1_000;

    private final Sequencer sequencer;
    private final Notary notary;
    private final LogMemory memory;
    private final LogSettings settings;
    private final ScheduledExecutorService writer = thread("log-clockwork");
    private final ScheduledExecutorService reader = thread("log-memory");

    LogClockwork(Sequencer sequencer, Notary notary, LogMemory memory, LogSettings settings) {
        this.sequencer = sequencer;
        this.notary = notary;
        this.memory = memory;
        this.settings = settings;
    }

    void start(@Observes StartupEvent event) {
        if (settings.clockwork()) {
            every(writer, NUMBER_MILLIS, sequencer::run);
            every(writer, SIGN_MILLIS, notary::checkpointNow);
        }
        // Kept also of a log of which a line is missing: up to that line it is what it was.
        every(reader, READ_MILLIS, notary::keepHead);
        every(reader, READ_MILLIS, memory::catchUp);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        // What was done until now is kept, so that nobody takes it away before the next start.
        if (settings.clockwork()) {
            writer.execute(new Turn(sequencer::run));
        }
        end(writer);
        reader.execute(new Turn(notary::keepHead));
        end(reader);
    }

    private static void end(ScheduledExecutorService thread) throws InterruptedException {
        thread.shutdown();
        thread.awaitTermination(5, TimeUnit.SECONDS);
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, name);
            made.setDaemon(true);
            return made;
        });
    }

    private void every(ScheduledExecutorService thread, long millis, Runnable work) {
        // Nobody waits for it, and an attempt throws nothing.
        var unused = thread.scheduleWithFixedDelay(new Turn(work), millis, millis, TimeUnit.MILLISECONDS);
    }

    /** One failure must not end the clockwork; the same one is said once. */
    private final class Turn implements Runnable {
        private final Runnable work;
        private String lastTrouble = "";

        Turn(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            try {
                if (notary.policy().isPresent()) {
                    work.run();
                    lastTrouble = "";
                }
            } catch (AlteredLog e) {
                say("the log was altered: " + e.getMessage());
            } catch (UncheckedIOException e) {
                say("the head of the log is not kept: " + e.getMessage());
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
}
