// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.holdfast.local.HoldfastServer;
import org.holdfast.local.LocalStack;
import org.holdfast.local.ScratchStack;

/**
 * How long the packaged server needs from its start to its readiness, without and with a class-data archive, and what memory it holds
 * when ready and after load (form pages of the report door by eight clients). PostgreSQL and Keycloak run already, on the same machine.
 *
 * <p>Arguments: rounds (5), pages of load (4000). Run it with {@code mvn -q package -DskipTests && mvn -q -Pbench -Dbench=StartBench}.
 */
public final class StartBench {
    private StartBench() {}

    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        int pages = args.length > 1 ? Integer.parseInt(args[1]) : 4000;
        System.out.printf(
                Locale.ROOT,
                "StartBench: JDK %s, %d cores, %d rounds%n",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                rounds);
        ScratchStack.run("bench-start", (stack, steps) -> {
            Path archive = stack.data().resolve("classes.jsa");
            stack.start(steps);
            start(stack, false, 0); // migrations run once
            print("start to ready, plain", times(stack, rounds));
            Files.deleteIfExists(archive);
            start(stack, false, 0, "-XX:ArchiveClassesAtExit=" + archive);
            print("start to ready, class-data archive", times(stack, rounds, "-XX:SharedArchiveFile=" + archive));
            start(stack, true, pages);
        });
    }

    private static double[] times(LocalStack stack, int rounds, String... options) throws Exception {
        double[] seconds = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            seconds[i] = start(stack, false, 0, options);
        }
        return seconds;
    }

    private static double start(LocalStack stack, boolean tell, int pages, String... options) throws Exception {
        try (HoldfastServer server = HoldfastServer.on(stack, options)) {
            long begun = System.nanoTime();
            server.launch();
            server.awaitReady();
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (tell) {
                System.out.printf(Locale.ROOT, "memory (resident) when ready: %d MB%n", resident(server.pid()));
                load(URI.create(stack.reportUrl()), pages);
                System.out.printf(
                        Locale.ROOT,
                        "memory (resident) after %d pages by 8 clients: %d MB%n",
                        pages,
                        resident(server.pid()));
            }
            server.stop();
            return seconds;
        }
    }

    private static void load(URI door, int pages) throws InterruptedException {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread client = new Thread(() -> {
                HttpClient http = HttpClient.newHttpClient();
                for (int j = 0; j < pages / 8; j++) {
                    try {
                        http.send(
                                HttpRequest.newBuilder(door.resolve("/form/" + "abc".charAt(j % 3)))
                                        .build(),
                                HttpResponse.BodyHandlers.discarding());
                    } catch (IOException e) {
                        throw new IllegalStateException("the server refused a page under load", e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return;
                    }
                }
            });
            client.start();
            clients.add(client);
        }
        for (Thread client : clients) {
            client.join();
        }
    }

    /** Resident set in MB, from the kernel; 0 where it does not say. */
    private static long resident(long pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    private static void print(String what, double[] seconds) {
        Arrays.sort(seconds);
        System.out.printf(
                Locale.ROOT,
                "%s: median %.1f s (%.1f to %.1f)%n",
                what,
                seconds[seconds.length / 2],
                seconds[0],
                seconds[seconds.length - 1]);
    }
}
