// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import java.io.IOException;

/**
 * The end of this JVM, however it is told to end: Ctrl-C, TERM, or the last line of main. What was started here stops before it does.
 * Thread-safe.
 */
public final class Ending {
    /** Work that may fail as files and processes do. */
    public interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static volatile boolean begun;

    private Ending() {}

    /**
     * Registers work for the end. From its begin no child is started any more, so that a start in progress leaves none behind; a child that
     * is left when the work is done is ended. Failures are said at the terminal.
     *
     * @return the hook, for {@link Runtime#removeShutdownHook}
     */
    public static Thread brings(String name, Work work) {
        Thread hook = new Thread(() -> end(work), name);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException ending) {
            throw new Trouble("It was told to stop while it was starting.", ending);
        }
        return hook;
    }

    /** Whether the end has begun, so that a server that stops because it was told to is not called a surprise. */
    public static boolean hasBegun() {
        return begun;
    }

    private static void end(Work work) {
        begun = true;
        Child.startNoMore();
        try {
            work.run();
            Child.endRest();
        } catch (IOException | Trouble e) {
            new Steps(System.out).say("Not everything stopped cleanly: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
