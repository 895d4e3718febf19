// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C leaves nothing behind, with real processes: children that do not know of each other, and what they started themselves. */
@Timeout(60)
class EndingTest {
    @TempDir
    Path folder;

    @Test
    void a_stop_ends_every_child_and_its_children_and_starts_no_other() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Run.class.getName(),
                        folder.toString())
                .redirectErrorStream(true);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process run = builder.start();
        List<ProcessHandle> below = new ArrayList<>();
        try {
            BufferedReader out = run.inputReader();
            assertEquals("ready", out.readLine());
            below.addAll(run.descendants().toList());
            // Two shells, and a program that each of them started.
            assertTrue(below.size() >= 4, below.toString());
            // TERM ends a JVM as Ctrl-C does; a destroyed Process would close the stream too.
            run.toHandle().destroy();
            assertEquals("no child is started any more", out.readLine());
            assertTrue(run.waitFor(30, TimeUnit.SECONDS), "it ends");
            assertEquals(
                    List.of(), below.stream().filter(ProcessHandle::isAlive).toList(), "what outlives the stop");
            assertTrue(Files.notExists(folder.resolve("one.pid")) && Files.notExists(folder.resolve("two.pid")));
        } finally {
            run.destroyForcibly();
            below.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** Stands for the program that starts the local servers. */
    static final class Run {
        private Run() {}

        public static void main(String[] words) throws Exception {
            Path folder = Path.of(words[0]);
            Ending.brings("the test stops", () -> late(folder));
            for (String name : List.of("one", "two")) {
                Path started = folder.resolve(name + ".started");
                // The shell dies of TERM, and what it started does not notice.
                String command = "sleep 300 & echo $! > '" + started + "'; wait";
                Child.start(name, folder, List.of("sh", "-c", command), Map.of());
                while (Files.notExists(started) || Files.size(started) == 0) {
                    Thread.sleep(10);
                }
            }
            System.out.println("ready");
            Thread.sleep(300_000);
        }

        /** A start in progress when the stop comes. */
        private static void late(Path folder) throws java.io.IOException {
            try {
                Child.start("late", folder, List.of("sleep", "300"), Map.of());
                System.out.println("a child was started while everything stops");
            } catch (Trouble refused) {
                System.out.println("no child is started any more");
            }
        }
    }
}
