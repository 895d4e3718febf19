// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * The run command's main: starts both servers and Holdfast itself, fills in the demonstration organisation, says where to go, and stays
 * until somebody stops it. It runs inside Maven's JVM, so Ctrl-C ends Maven only after everything here has stopped.
 */
public final class LocalMain {
    private LocalMain() {}

    /** Takes its settings from system properties, which the profile {@code local} of the pom sets. */
    public static void main(String[] words) throws InterruptedException {
        Steps steps = new Steps(System.out);
        try {
            run(steps);
        } catch (Trouble trouble) {
            sayUnlessStopped(steps, trouble.getMessage());
        } catch (IOException e) {
            sayUnlessStopped(steps, "The local stack stopped: " + e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        // Where everything is being stopped already, this waits for it, and Maven calls the build neither good nor bad.
        System.exit(1);
    }

    /** What breaks off because everything is being stopped is no news. */
    private static void sayUnlessStopped(Steps steps, String sentence) {
        if (!Ending.hasBegun()) {
            steps.say(sentence);
        }
    }

    private static void run(Steps steps) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Path home = Path.of(System.getProperty("holdfast.local.dir", ".local"))
                .toAbsolutePath()
                .normalize();
        Files.createDirectories(home);
        try (FileChannel channel = FileChannel.open(
                        home.resolve("run.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = alone(channel, home)) {
            if (!lock.isValid()) {
                throw new IOException("no lock on " + home);
            }
            endLeftovers(home.resolve("run"), steps);
            LocalStack.requireFreePorts(home.resolve("run"));
            LocalStack stack = LocalStack.forRun(steps);
            HoldfastServer server = HoldfastServer.on(stack);
            Ending.brings("holdfast stops", () -> stop(stack, steps));
            stack.startPostgres(steps);
            stack.launchKeycloak();
            // Here the languages that nobody approved yet may be looked at; a real server hides them.
            server.launch(java.util.Map.of("HOLDFAST_LANGUAGE_DRAFTS", "true"));
            steps.step("Server ready", () -> {
                server.awaitReady();
                return server;
            });
            stack.awaitKeycloak(steps);
            boolean empty = Boolean.getBoolean("holdfast.local.empty");
            if (!empty) {
                Demonstration.load(stack, steps);
            }
            steps.said("Ready, not counting the build", Duration.ofNanos(System.nanoTime() - begin));
            new Welcome(stack.reportUrl(), stack.deskUrl(), stack.data(), empty)
                    .lines()
                    .forEach(steps::say);
            stayWith(server, stack);
        }
    }

    /** A second run on the same folder would fight for its files. */
    static FileLock alone(FileChannel channel, Path home) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException sameJvm) {
            // Said below.
        }
        throw new Trouble("Another 'mvn -Plocal' runs on " + home + ": stop it first, with Ctrl-C in its terminal.");
    }

    private static void endLeftovers(Path data, Steps steps) throws IOException, InterruptedException {
        for (String name : new String[] {HoldfastServer.NAME, KeycloakServer.NAME}) {
            if (Child.endLeftover(name, data)) {
                steps.say("A " + name + " that an earlier, killed run left behind was stopped");
            }
        }
    }

    private static void stayWith(HoldfastServer server, LocalStack stack) throws IOException, InterruptedException {
        while (true) {
            if (!Ending.hasBegun()) {
                server.requireAlive();
                stack.keycloak().requireAlive();
            }
            Thread.sleep(250);
        }
    }

    private static void stop(LocalStack stack, Steps steps) {
        long begin = System.nanoTime();
        stack.close();
        steps.said("Stopped", Duration.ofNanos(System.nanoTime() - begin));
    }
}
