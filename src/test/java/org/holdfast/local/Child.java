// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A server that runs as a child process, its output in a file. Its number and start time are kept in {@code NAME.pid}, so that the next
 * start finds a child whose parent was killed.
 */
final class Child {
    private static final int LAST_LINES = 4;

    /** Gives a command a session of its own, so that Ctrl-C in the terminal reaches Maven alone, which then stops everything in order. */
    private static final List<String> APART = apart();

    /** Those that live; also the lock under which a child is started or refused. */
    private static final Set<Child> LIVING = new HashSet<>();

    private static boolean noMore;

    private final String name;
    private final Process process;
    private final Path log;
    private final Path pidFile;

    private Child(String name, Process process, Path log, Path pidFile) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.pidFile = pidFile;
    }

    /** Linux has a program for it, macOS has Perl; where there is neither, the children may stop in any order. */
    private static List<String> apart() {
        List<String> perl = List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec @ARGV or die");
        for (List<String> way : List.of(List.of("setsid"), perl)) {
            List<String> trial = new ArrayList<>(way);
            trial.add("true");
            if (RunAs.works(trial)) {
                return way;
            }
        }
        return List.of();
    }

    /** Starts the command with exactly the parent's environment, less what leaks settings into a Java server, plus {@code settings}. */
    static Child start(String name, Path data, List<String> command, Map<String, String> settings) throws IOException {
        Path log = logFile(data, name);
        List<String> words = new ArrayList<>(APART);
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words);
        // Settings of the shell or of Maven's Quarkus would otherwise configure Keycloak, which is a Quarkus program as
        // well.
        builder.environment()
                .keySet()
                .removeIf(v -> v.startsWith("QUARKUS_")
                        || v.startsWith("KC_")
                        || v.startsWith("HOLDFAST_")
                        || v.equals("JAVA_OPTS_APPEND")
                        || v.equals("JAVA_TOOL_OPTIONS")
                        || v.equals("MAVEN_OPTS"));
        builder.environment().putAll(settings);
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Child child = begin(name, builder, log, data.resolve(name + ".pid"));
        Files.writeString(child.pidFile, child.pid() + " " + startOf(child.process.toHandle()) + "\n");
        return child;
    }

    private static Child begin(String name, ProcessBuilder builder, Path log, Path pidFile) throws IOException {
        synchronized (LIVING) {
            if (noMore) {
                throw new Trouble("Everything is being stopped, so " + name + " is not started any more.");
            }
            LIVING.removeIf(other -> !other.isAlive());
            Child child = new Child(name, builder.start(), log, pidFile);
            LIVING.add(child);
            return child;
        }
    }

    /** From now on no child is started: the JVM ends, and nobody would stop it. */
    static void startNoMore() {
        synchronized (LIVING) {
            noMore = true;
        }
    }

    /** Ends every child that still lives. */
    static void endRest() throws IOException, InterruptedException {
        List<Child> rest;
        synchronized (LIVING) {
            rest = List.copyOf(LIVING);
        }
        for (Child child : rest) {
            if (child.isAlive()) {
                child.end(Duration.ofSeconds(15));
            }
        }
    }

    /** Runs a command to its end; what it printed is in the log file. */
    static void run(String name, Path data, List<String> command, Map<String, String> settings)
            throws IOException, InterruptedException {
        Child child = start(name, data, command, settings);
        int code = child.process.waitFor();
        Files.deleteIfExists(child.pidFile);
        if (code != 0) {
            throw child.ended();
        }
    }

    static Path logFile(Path data, String name) throws IOException {
        return Files.createDirectories(data.resolve("log")).resolve(name + ".log");
    }

    /** Ends a child that an earlier, killed run left behind in this data folder; true when there was one. */
    static boolean endLeftover(String name, Path data) throws IOException, InterruptedException {
        Path pidFile = data.resolve(name + ".pid");
        if (!Files.exists(pidFile)) {
            return false;
        }
        String[] words = Files.readString(pidFile).strip().split(" ");
        Files.delete(pidFile);
        Optional<ProcessHandle> found = words.length == 2 && words[0].matches("\\d{1,10}")
                ? ProcessHandle.of(Long.parseLong(words[0]))
                : Optional.empty();
        // The number alone is not enough: numbers are used again.
        if (found.isEmpty() || !startOf(found.get()).equals(words[1])) {
            return false;
        }
        end(found.get(), Duration.ofSeconds(15));
        return true;
    }

    /** Refuses when the child has ended by itself, with its last words. */
    void requireAlive() throws IOException {
        if (!isAlive()) {
            throw ended();
        }
    }

    /**
     * Waits until the child answers 200 at this address.
     *
     * @param patience after which a {@link Trouble} says so
     * @param who the child as a sentence calls it, such as "The server"
     */
    void awaitAnswer(URI address, Duration patience, String who) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest question =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build();
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            requireAlive();
            try {
                if (client.send(question, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // It does not listen yet.
            }
            if (System.nanoTime() > until) {
                throw new Trouble(who + " did not become ready within " + patience.toMinutes() + " minutes; its log is "
                        + log + ".");
            }
            Thread.sleep(50);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    Path log() {
        return log;
    }

    int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    /** Asks the child to end; forces it when it does not within the time. */
    void end(Duration patience) throws IOException, InterruptedException {
        end(process.toHandle(), patience);
        Files.deleteIfExists(pidFile);
    }

    /** Waits for a child that was asked to end in another way. */
    boolean gone(Duration patience) throws IOException, InterruptedException {
        boolean gone = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (gone) {
            Files.deleteIfExists(pidFile);
        }
        return gone;
    }

    /** The power cut: no chance to write anything more. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** What to say when the child has ended by itself: where its log is, and its last lines. */
    Trouble ended() throws IOException {
        List<String> lines = Files.readAllLines(log).stream()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .toList();
        List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        return new Trouble(
                name + " ended by itself; its log is " + log + " and ends with:\n    " + String.join("\n    ", last));
    }

    /** Ends a process, then those that it had started and that outlive it. */
    private static void end(ProcessHandle handle, Duration patience) throws InterruptedException {
        List<ProcessHandle> below = handle.descendants().toList();
        endAlone(handle, patience);
        for (ProcessHandle each : below) {
            endAlone(each, patience);
        }
    }

    private static void endAlone(ProcessHandle handle, Duration patience) throws InterruptedException {
        handle.destroy();
        long until = System.nanoTime() + patience.toNanos();
        while (handle.isAlive()) {
            if (System.nanoTime() > until) {
                handle.destroyForcibly();
            }
            Thread.sleep(20);
        }
    }

    private static String startOf(ProcessHandle handle) {
        return handle.info()
                .startInstant()
                .map(Instant::toEpochMilli)
                .map(String::valueOf)
                .orElse("unknown");
    }
}
