// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** One line at the terminal for each step of a start, with the seconds it took. Thread-safe. */
public final class Steps {
    /** Work that may fail as files and processes do. */
    interface Work<T> {
        T run() throws IOException, InterruptedException;
    }

    private final PrintStream out;

    public Steps(PrintStream out) {
        this.out = out;
    }

    /** Does the work, and prints its name with the seconds once it is done. A failed step prints nothing: its exception speaks. */
    <T> T step(String name, Work<T> work) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        T result = work.run();
        said(name, Duration.ofNanos(System.nanoTime() - begin));
        return result;
    }

    void said(String name, Duration took) {
        say(String.format(Locale.ROOT, "%-58s %6.1f s", name, took.toMillis() / 1000.0));
    }

    /** Prints a line as it is. */
    public void say(String line) {
        synchronized (out) {
            out.println("[holdfast] " + line);
            out.flush();
        }
    }
}
