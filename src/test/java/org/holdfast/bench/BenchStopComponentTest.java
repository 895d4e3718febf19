// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However a bench ends, its PostgreSQL is gone and so is its folder. */
@Timeout(300)
class BenchStopComponentTest {
    private static final Path FOLDER = Path.of("target/bench-log");

    private Process bench;
    private ProcessHandle postgres;

    @AfterEach
    void nothing_is_left_of_the_test_itself() {
        bench.destroyForcibly();
        if (postgres != null) {
            postgres.destroyForcibly();
        }
    }

    @Test
    void a_bench_that_is_told_to_stop_leaves_no_server_and_no_folder() throws Exception {
        start("2", "60", "1");
        // TERM, which ends a JVM as Ctrl-C does: a build in the background of a shell has Ctrl-C ignored, and its
        // children with it.
        bench.destroy();
        assertTrue(bench.waitFor(60, TimeUnit.SECONDS), "the bench ends");
        assertNotEquals(0, bench.exitValue());
        assertNothingLeft();
    }

    @Test
    void a_bench_that_fails_leaves_no_server_and_no_folder() throws Exception {
        // Without clients nothing can be counted.
        start("0", "1", "1");
        assertTrue(bench.waitFor(60, TimeUnit.SECONDS), "the bench ends");
        assertEquals(1, bench.exitValue());
        assertNothingLeft();
    }

    /** Until it measures, with PostgreSQL at work. */
    private void start(String... words) throws Exception {
        bench = BenchProcess.of("org.holdfast.bench.LogBench", words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out = bench.inputReader();
        String line = out.readLine();
        while (line != null && !line.startsWith(words[0] + " clients")) {
            line = out.readLine();
        }
        assertTrue(line != null, "the bench begins");
        List<String> pid =
                List.of(Files.readString(FOLDER.resolve("postgres.pid")).split(" "));
        postgres = ProcessHandle.of(Long.parseLong(pid.get(0))).orElseThrow();
        assertTrue(postgres.isAlive());
    }

    private void assertNothingLeft() {
        assertFalse(postgres.isAlive(), "PostgreSQL has ended");
        assertFalse(Files.exists(FOLDER), "the folder is gone");
        assertFalse(Files.exists(Path.of("target/bench-log.half")));
    }
}
