// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BenchesTest {
    @Test
    void every_bench_of_the_sources_is_known() throws Exception {
        try (Stream<Path> sources = Files.list(Path.of("src/bench/java/org/holdfast/bench"))) {
            List<String> benches = sources.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Bench.java"))
                    .map(name -> name.replace(".java", ""))
                    .sorted()
                    .toList();
            assertTrue(Benches.names().containsAll(benches), Benches.names() + " and " + benches);
        }
    }

    @Test
    void a_mistyped_name_and_none_are_told_in_one_sentence_with_the_names_that_there_are() {
        List<String> names = List.of("FieldBench", "LogBench");
        assertEquals(
                "There is no bench called Nonsense: give one of them as -Dbench=NAME, which are FieldBench, LogBench.",
                Benches.refusal("Nonsense", names));
        assertEquals(
                "No bench was named: give one of them as -Dbench=NAME, which are FieldBench, LogBench.",
                Benches.refusal("", names));
        assertEquals("", Benches.refusal("LogBench", names));
    }

    @Test
    void a_mistyped_name_fails_without_a_stack_trace() throws Exception {
        for (String bench : List.of("bench=Nonsense 1 2", "bench=")) {
            Process process = BenchProcess.of("org.holdfast.bench.Benches", "check", bench)
                    .redirectErrorStream(true)
                    .start();
            List<String> lines =
                    new String(process.getInputStream().readAllBytes()).lines().toList();
            assertEquals(2, process.waitFor(), lines.toString());
            assertEquals(1, lines.size(), lines.toString());
        }
        Process known = BenchProcess.of("org.holdfast.bench.Benches", "check", "bench=LogBench 2 1 1")
                .start();
        assertEquals(0, known.waitFor());
    }
}
