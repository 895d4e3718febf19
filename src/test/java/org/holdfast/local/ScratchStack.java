// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stack for one piece of work, such as a bench: whether the work ends, fails or is broken off with Ctrl-C, its servers are stopped and
 * its folder is deleted. The work has the JVM for itself, which ends with it.
 */
public final class ScratchStack {
    /** What is done on the stack, of which nothing is started yet. */
    public interface Work {
        void on(LocalStack stack, Steps steps) throws Exception;
    }

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path folder;
    private final Steps steps = new Steps(System.out);
    private final Thread worker = Thread.currentThread();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable LocalStack stack;

    private ScratchStack(Path folder) {
        this.folder = folder;
    }

    /**
     * Does the work on a new stack with fsync on, in the folder {@code target/NAME}, and ends the JVM: with 0, or with 1 and what went wrong.
     * Never returns.
     */
    public static void run(String name, Work work) {
        new ScratchStack(Path.of("target", name).toAbsolutePath()).run(work);
    }

    private void run(Work work) {
        int code = 1;
        try {
            Ending.brings("stack and folder go", this::end);
            LocalStack made = LocalStack.forCrashTests(folder, steps);
            stack = made;
            work.on(made, steps);
            code = 0;
        } catch (Trouble trouble) {
            say(trouble.getMessage());
        } catch (Exception e) {
            if (!Ending.hasBegun()) {
                e.printStackTrace();
            }
        } finally {
            over.countDown();
        }
        System.exit(code);
    }

    private void say(String sentence) {
        if (!Ending.hasBegun()) {
            steps.say(sentence);
        }
    }

    private void end() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        boolean brokenOff = over.getCount() > 0;
        if (brokenOff) {
            worker.interrupt();
        }
        LocalStack made = stack;
        if (made != null) {
            made.close();
        }
        // Work that still copies files would fill the folder again.
        over.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Child.endRest();
        Folders.delete(folder);
        Folders.delete(LocalStack.half(folder));
        if (brokenOff) {
            steps.said("Stopped", Duration.ofNanos(System.nanoTime() - begin));
        }
    }
}
