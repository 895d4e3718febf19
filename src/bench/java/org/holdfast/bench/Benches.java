// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.bench;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.holdfast.local.Ending;

/**
 * The way in of {@code mvn -Pbench -Dbench=NAME}: knows the benches, and runs one in a JVM of its own. It works inside Maven's JVM, so that
 * Ctrl-C ends Maven only after the bench has stopped all that it started.
 */
public final class Benches {
    private static final String CHECK = "check";
    private static final String BENCH = "bench=";

    private Benches() {}

    /**
     * Takes {@code check} or {@code run}, then {@code bench=NAME ARGUMENTS}, then options of the bench's JVM, in the first word several. {@code check} says before the
     * server is packaged whether there is such a bench. Exit codes: that of the bench, 2 for a bench that does not exist.
     */
    public static void main(String[] words) throws IOException, InterruptedException {
        List<String> bench = split(words[1].substring(BENCH.length()));
        String refusal = refusal(bench.isEmpty() ? "" : bench.get(0), names());
        if (!refusal.isEmpty()) {
            System.out.println("[holdfast] " + refusal);
            System.exit(2);
        }
        if (words[0].equals(CHECK)) {
            return;
        }
        // The first is what somebody may have given in one text, the others are the pom's and may hold a path with a
        // space.
        List<String> options = new ArrayList<>(split(words[2]));
        options.addAll(Arrays.asList(words).subList(3, words.length));
        int code = run(bench, options);
        if (code != 0) {
            System.exit(code);
        }
    }

    /** One sentence when there is no bench of this name; otherwise nothing. */
    static String refusal(String name, List<String> names) {
        if (names.contains(name)) {
            return "";
        }
        String what = name.isEmpty() ? "No bench was named" : "There is no bench called " + name;
        return what + ": give one of them as -Dbench=NAME, which are " + String.join(", ", names) + ".";
    }

    /** The names of the benches, from the compiled classes that lie beside this one. */
    static List<String> names() throws IOException {
        Path folder;
        try {
            folder = Path.of(Benches.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolve(Benches.class.getPackageName().replace('.', '/'));
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Bench.class"))
                    .map(name -> name.replace(".class", ""))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> split(String words) {
        return Stream.of(words.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static int run(List<String> bench, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), Benches.class.getPackageName() + "." + bench.get(0)));
        command.addAll(bench.subList(1, bench.size()));
        Process process = new ProcessBuilder(command).inheritIO().start();
        // In a terminal Ctrl-C has reached the bench as well; a TERM has reached Maven alone.
        Ending.brings("bench stops", () -> {
            process.destroy();
            process.waitFor();
        });
        return process.waitFor();
    }

    /** Maven runs this class in a class loader of its own; the JVM's own class path is Maven's. */
    private static String classPath() throws IOException {
        if (!(Benches.class.getClassLoader() instanceof URLClassLoader loader)) {
            return System.getProperty("java.class.path");
        }
        List<String> parts = new ArrayList<>();
        for (URL part : loader.getURLs()) {
            try {
                parts.add(Path.of(part.toURI()).toString());
            } catch (URISyntaxException e) {
                throw new IOException(e);
            }
        }
        return String.join(java.io.File.pathSeparator, parts);
    }
}
