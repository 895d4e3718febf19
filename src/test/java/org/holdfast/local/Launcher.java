// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The first step of {@code mvn -Plocal}: builds and packages the server when its sources are not those of the last build, and does nothing
 * otherwise. Maven's own life cycle would compile, augment and package at every start.
 *
 * <p>It runs as a single source file, before anything is compiled, so it uses nothing but the JDK.
 */
public final class Launcher {
    private Launcher() {}

    /**
     * Decides and builds.
     *
     * @param words the project's folder, then the Maven command to build with, word by word
     */
    public static void main(String[] words) throws IOException, InterruptedException {
        Path project = Path.of(words[0]);
        Stamp stamp = new Stamp(project);
        if (stamp.isUpToDate()) {
            System.out.println("[holdfast] The server is up to date, nothing to build");
            return;
        }
        long begin = System.nanoTime();
        System.out.println("[holdfast] Building the server (the first time Maven fetches its parts) ...");
        List<String> command = new ArrayList<>(List.of(words).subList(1, words.length));
        command.removeIf(String::isBlank);
        ProcessBuilder maven =
                new ProcessBuilder(command).directory(project.toFile()).inheritIO();
        // The settings of the running server of an outer shell are no business of a build.
        maven.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_") || name.startsWith("HOLDFAST_"));
        int code = maven.start().waitFor();
        if (code != 0) {
            System.err.println("[holdfast] The build failed; Maven's own lines above say why.");
            System.exit(code);
        }
        stamp.write();
        System.out.printf(Locale.ROOT, "[holdfast] %-58s %6.1f s%n", "Server built", (System.nanoTime() - begin) / 1e9);
    }

    /** The digest of what the build reads and of what it made. Contents count, not times: a checkout changes times. */
    static final class Stamp {
        private static final List<String> SOURCES = List.of(
                "pom.xml",
                ".mvn",
                "src/main",
                "src/test/java/org/holdfast/local",
                // The run reads the invented cases from where the build lays them.
                "src/test/resources/demonstration",
                "keycloak-realm");
        private static final List<String> PRODUCTS = List.of(
                "target/quarkus-app", "target/test-classes/org/holdfast/local", "target/test-classes/demonstration");

        private final Path project;

        Stamp(Path project) {
            this.project = project;
        }

        /** True when neither the sources nor the products differ from those of the last build. */
        boolean isUpToDate() throws IOException {
            return Files.exists(file())
                    && Files.exists(project.resolve("target/quarkus-app/quarkus-run.jar"))
                    && Files.readString(file()).equals(content());
        }

        void write() throws IOException {
            Files.writeString(file(), content());
        }

        private Path file() {
            return project.resolve("target/local.stamp");
        }

        private String content() throws IOException {
            return "sources " + digest(SOURCES) + "\nproducts " + digest(PRODUCTS) + "\n";
        }

        private String digest(List<String> places) throws IOException {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                for (String place : places) {
                    add(digest, project.resolve(place));
                }
                return HexFormat.of().formatHex(digest.digest());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        private void add(MessageDigest digest, Path place) throws IOException {
            if (!Files.exists(place)) {
                return;
            }
            try (Stream<Path> all = Files.walk(place)) {
                all.filter(Files::isRegularFile).sorted().forEach(file -> addFile(digest, file));
            }
        }

        private void addFile(MessageDigest digest, Path file) {
            try {
                byte[] content = Files.readAllBytes(file);
                // The name and the length before the bytes, so that nothing can move from one file to the next unseen.
                String head = project.relativize(file) + "\n" + content.length + "\n";
                digest.update(head.getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
