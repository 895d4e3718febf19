// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The packaged server as a child process on a local stack, as it runs in production less the containers. Not thread-safe. */
public final class HoldfastServer implements AutoCloseable {
    static final String NAME = "server";

    private final LocalStack stack;
    private final Path jar;
    private final List<String> javaOptions;
    private volatile @Nullable Child child;

    private HoldfastServer(LocalStack stack, Path jar, List<String> javaOptions) {
        this.stack = stack;
        this.jar = jar;
        this.javaOptions = javaOptions;
    }

    /** The server of {@code target/quarkus-app}, not yet started. */
    public static HoldfastServer on(LocalStack stack, String... moreJavaOptions) {
        Path jar = Path.of(System.getProperty("holdfast.local.app", "target/quarkus-app/quarkus-run.jar"));
        if (!Files.exists(jar)) {
            throw new Trouble(
                    "The server is not packaged (" + jar + " is missing): build it with 'mvn package -DskipTests'.");
        }
        HoldfastServer server = new HoldfastServer(stack, jar, List.of(moreJavaOptions));
        stack.serves(server);
        return server;
    }

    /** Starts it and returns at once. */
    public void launch() throws IOException {
        launch(Map.of());
    }

    /** As {@link #launch()}, with more settings, or other ones than the stack's. */
    public void launch(Map<String, String> moreSettings) throws IOException {
        Ports.requireFree(stack.ports().server(), "the Holdfast server");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+ExitOnOutOfMemoryError",
                // A dump of the memory would hold what is opened right now.
                "-XX:-HeapDumpOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash"));
        command.addAll(javaOptions);
        command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
        Map<String, String> settings = new java.util.HashMap<>(stack.serverSettings());
        // Whoever looks at it here sees every language, the drafts marked as such.
        settings.put("HOLDFAST_LANGUAGE_DRAFTS", "true");
        settings.putAll(moreSettings);
        child = Child.start(NAME, stack.data(), command, settings);
    }

    /** Waits until its readiness check says yes. */
    public void awaitReady() throws IOException, InterruptedException {
        running()
                .awaitAnswer(
                        URI.create("http://127.0.0.1:" + stack.ports().management() + "/q/health/ready"),
                        Duration.ofMinutes(3),
                        "The server");
    }

    /** What it printed. */
    public Path log() throws IOException {
        return Child.logFile(stack.data(), NAME);
    }

    /** The number of its process, for a look at its memory. */
    public long pid() {
        return running().pid();
    }

    public boolean isAlive() {
        Child running = child;
        return running != null && running.isAlive();
    }

    /** Refuses when it has ended by itself, with its last words. */
    void requireAlive() throws IOException {
        running().requireAlive();
    }

    private Child running() {
        Child running = child;
        if (running == null) {
            throw new IllegalStateException("the server was not launched");
        }
        return running;
    }

    /** The power cut. */
    public void kill() throws InterruptedException {
        Child running = child;
        if (running != null) {
            running.kill();
        }
    }

    /** Lets it end its requests and stops it. A second call does nothing. */
    public void stop() throws IOException, InterruptedException {
        Child running = child;
        if (running != null) {
            running.end(Duration.ofSeconds(15));
        }
    }

    @Override
    public void close() throws IOException {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
