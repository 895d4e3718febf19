// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that an auditor gets, started as an auditor does: everything it needs is in it. */
class ToolsJarIT {
    private static final Path JAR = Path.of(System.getProperty("holdfast.tools.jar", "target/holdfast-tools.jar"));
    private static final Path VECTORS = Path.of("src/test/vectors/tlog");

    @TempDir
    Path folder;

    private String said = "";

    /** Starts the jar in an empty folder, and returns its exit code. */
    private int run(Object... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toAbsolutePath().toString()));
        for (Object word : words) {
            command.add(word.toString());
        }
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Files.createDirectories(folder.resolve("empty")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // With it a JVM says a line that is none of the tool's.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it does not end");
        } finally {
            process.destroyForcibly();
        }
        said = Files.readString(output);
        return process.exitValue();
    }

    private Path bundle() throws IOException {
        return Files.copy(VECTORS.resolve("bundle.zip"), folder.resolve("bundle.zip"));
    }

    @Test
    void a_sound_bundle_is_called_sound_with_all_signatures_of_people() throws Exception {
        assertEquals(0, run("verify", bundle(), "--signatures"), () -> said);
        assertTrue(said.contains("SOUND up to entry 299."), said);
        assertTrue(!said.contains("NOT SOUND"), said);
    }

    @Test
    void one_changed_byte_names_the_entry() throws Exception {
        Path bundle = bundle();
        byte[] bytes = Files.readAllBytes(bundle);
        String entry = Files.readAllLines(VECTORS.resolve("entries.txt")).get(7).split(" ", 2)[1];
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(entry);
        bytes[at + entry.indexOf("\"e\":\"") + 6] ^= 1;
        Files.write(bundle, bytes);
        assertEquals(1, run("verify", bundle), () -> said);
        assertTrue(said.contains("NOT SOUND"), said);
        assertTrue(said.contains("[entry 7, entry.altered]"), said);
    }

    @Test
    void an_unknown_word_is_answered_with_the_words_there_are() throws Exception {
        assertEquals(2, run("nonsense"), () -> said);
        assertTrue(said.contains("nonsense") && said.contains("verify"), said);
    }

    @Test
    void a_file_that_is_not_there_is_one_sentence_and_no_stack() throws Exception {
        Path missing = folder.resolve("missing.zip");
        assertEquals(2, run("verify", missing), () -> said);
        assertTrue(said.contains("missing.zip"), said);
        assertTrue(said.lines().noneMatch(line -> line.startsWith("\tat ")), said);
        assertTrue(said.strip().lines().count() <= 2, said);
    }
}
