// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holdfast.local.HoldfastServer;
import org.holdfast.local.LocalStack;
import org.holdfast.local.Organisation;
import org.holdfast.local.ScratchStack;

/**
 * Self-reports accepted and durable: twelve fields and a text, 2 KB together, sent to the packaged server by eight clients, beside plain
 * INSERTs of as many bytes by as many clients into the same PostgreSQL in the same run, fsync on. Each report has a ticket of its own;
 * fetching the form is not counted. An answer counts when the page says that the report is stored, and at the end the rows must be as
 * many as the answers. Also prints the size of each page before it is filled up.
 *
 * <p>Clients, server, PostgreSQL and Keycloak share the machine. Arguments: clients (8), reports a round (3000), rounds (3). Run it with
 * {@code mvn -q package -DskipTests && mvn -q -Pbench -Dbench=ReportBench}.
 */
public final class ReportBench {
    private static final Pattern TICKET = Pattern.compile("name=\"?ticket\"? value=\"?([^\"> ]+)");
    private static final int TEXT = 1500;

    private ReportBench() {}

    private record Figures(double perSecond, double p50, double p95, int refused) {}

    public static void main(String[] args) {
        int clients = args.length > 0 ? Integer.parseInt(args[0]) : 8;
        int reports = args.length > 1 ? Integer.parseInt(args[1]) : 3000;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        ScratchStack.run("bench-reports", (stack, steps) -> {
            stack.start(steps);
            try (HoldfastServer server = HoldfastServer.on(stack)) {
                server.launch();
                server.awaitReady();
                Organisation.found(URI.create(stack.deskUrl()));
                System.out.printf(
                        Locale.ROOT,
                        "ReportBench: JDK %s, %d cores for everything, %d clients, %d rounds of %d reports, fsync on%n",
                        System.getProperty("java.version"),
                        Runtime.getRuntime().availableProcessors(),
                        clients,
                        rounds,
                        reports);
                URI door = URI.create(stack.reportUrl());
                sizes(door);
                run(stack, door, clients, Math.min(reports, 2000));
                List<Figures> accepted = new ArrayList<>();
                List<Figures> plain = new ArrayList<>();
                int bytes = bytesOfARow(stack);
                for (int round = 1; round <= rounds; round++) {
                    double begun = cpuSeconds(server.pid());
                    accepted.add(print("round " + round + " reports accepted", run(stack, door, clients, reports)));
                    System.out.printf(
                            Locale.ROOT,
                            "%-44s %8.2f ms a report, form page included%n",
                            "         CPU of the server",
                            1000 * (cpuSeconds(server.pid()) - begun) / reports);
                    plain.add(print(
                            "round " + round + " plain INSERTs of " + bytes + " bytes",
                            inserts(stack, clients, reports, bytes)));
                }
                Figures best = median(accepted);
                print("median reports accepted", best);
                Figures rows = print("median plain INSERTs", median(plain));
                System.out.printf(
                        Locale.ROOT,
                        "reports are %.2f of plain INSERTs; the bar is 400/s, none refused: %s%n",
                        best.perSecond() / rows.perSecond(),
                        best.perSecond() >= 400 && accepted.stream().allMatch(f -> f.refused() == 0)
                                ? "held"
                                : "NOT held");
            }
        });
    }

    /** CPU time of a process from the kernel; 0 where it does not say. Other work on the machine does not enter it. */
    private static double cpuSeconds(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(duration -> duration.toMillis() / 1000.0)
                .orElse(0.0);
    }

    private static void sizes(URI door) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        for (String path : List.of("/", "/form/a", "/form/b", "/form/c", "/reply", "/w")) {
            String page = http.send(
                            HttpRequest.newBuilder(door.resolve(path)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            int whole = page.getBytes(StandardCharsets.UTF_8).length;
            int before = page.substring(0, page.lastIndexOf("<!--")).getBytes(StandardCharsets.UTF_8).length;
            System.out.printf(Locale.ROOT, "page %-8s %,7d bytes before, %,7d after filling up%n", path, before, whole);
        }
    }

    private static Figures run(LocalStack stack, URI door, int clients, int reports) throws Exception {
        List<String> forms = forms(door, clients, reports);
        long before = stored(stack);
        AtomicInteger next = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        Figures figures = measure(clients, () -> {
            HttpClient http =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            return () -> {
                int mine = next.getAndIncrement();
                if (mine >= forms.size()) {
                    return false;
                }
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(door.resolve("/form/a"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("Sec-Fetch-Site", "same-origin")
                                .POST(HttpRequest.BodyPublishers.ofString(forms.get(mine)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200 || !answer.body().contains("Your report is stored.")) {
                    refused.incrementAndGet();
                }
                return true;
            };
        });
        long rows = stored(stack) - before;
        if (rows != reports - refused.get()) {
            throw new IllegalStateException(
                    reports - refused.get() + " reports were acknowledged and " + rows + " are there");
        }
        return new Figures(figures.perSecond(), figures.p50(), figures.p95(), refused.get());
    }

    /** Bodies ready to send, each with a ticket of its own. */
    private static List<String> forms(URI door, int clients, int reports) throws Exception {
        String text = URLEncoder.encode(
                "They came again on Monday and asked where I live. ".repeat(40).substring(0, TEXT),
                StandardCharsets.UTF_8);
        String answers =
                "&step=send&lang=en&incidents=ft.relative_summoned&incidents=ft.home_search&danger_now=no&now_country=DE"
                        + "&start.day=3&start.month=11&start.year=2026&precision=tp.day&demand=dm.stop_speaking&affected=rel.parent"
                        + "&situation=rsit.watched&help=hr.talk&help=hr.legal_asylum&contact_preference=cp.this_page_only&device=ds.own_private"
                        + "&name=M.&safe_hours=evenings&timezone=Berlin&narrative=" + text;
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            HttpClient http = HttpClient.newHttpClient();
            List<Future<String>> found = new ArrayList<>();
            for (int i = 0; i < reports; i++) {
                found.add(threads.submit(() -> {
                    Matcher ticket = TICKET.matcher(http.send(
                                    HttpRequest.newBuilder(door.resolve("/form/a"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body());
                    if (!ticket.find()) {
                        throw new IOException("a form without a ticket");
                    }
                    return "ticket=" + ticket.group(1) + answers;
                }));
            }
            List<String> forms = new ArrayList<>();
            for (Future<String> one : found) {
                forms.add(one.get());
            }
            return forms;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Figures inserts(LocalStack stack, int clients, int rows, int bytes) throws Exception {
        try (Connection connection = stack.postgres().connectAsSuperuser("holdfast");
                Statement sql = connection.createStatement()) {
            sql.execute("create table if not exists bench_plain (id uuid primary key, body bytea not null)");
        }
        AtomicInteger next = new AtomicInteger();
        byte[] body = new byte[bytes];
        new java.security.SecureRandom().nextBytes(body);
        return measure(clients, () -> {
            Connection connection = stack.postgres().connectAsSuperuser("holdfast");
            PreparedStatement insert = connection.prepareStatement("insert into bench_plain values (?, ?)");
            return () -> {
                if (next.getAndIncrement() >= rows) {
                    connection.close();
                    return false;
                }
                insert.setObject(1, UUID.randomUUID());
                insert.setBytes(2, body);
                insert.executeUpdate();
                return true;
            };
        });
    }

    /** Runs one worker a client until it says that nothing is left. */
    private static Figures measure(int clients, Callable<Callable<Boolean>> worker) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Callable<Boolean>> workers = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                workers.add(worker.call());
            }
            long begin = System.nanoTime();
            List<Future<long[]>> work = new ArrayList<>();
            for (Callable<Boolean> one : workers) {
                work.add(threads.submit(() -> times(one)));
            }
            List<long[]> times = new ArrayList<>();
            for (Future<long[]> one : work) {
                times.add(one.get());
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            long[] sorted =
                    times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            return new Figures(
                    sorted.length / seconds,
                    sorted[sorted.length / 2] / 1e6,
                    sorted[(int) (sorted.length * 0.95)] / 1e6,
                    0);
        } finally {
            threads.shutdownNow();
        }
    }

    private static long[] times(Callable<Boolean> work) throws Exception {
        long[] times = new long[1 << 17];
        int count = 0;
        while (true) {
            long begin = System.nanoTime();
            if (!work.call()) {
                return Arrays.copyOf(times, count);
            }
            times[count++] = System.nanoTime() - begin;
        }
    }

    private static long stored(LocalStack stack) throws SQLException {
        return number(stack, "select count(*) from intake_report");
    }

    /** What one report adds to its tables and to the log, so that the plain row weighs the same. */
    private static int bytesOfARow(LocalStack stack) throws SQLException {
        return (int)
                number(
                        stack,
                        "select (select avg(length(wrap) + length(identity) + length(content)) from intake_report)"
                                + " + (select avg(length(sealed)) from intake_card) + 2 * (select avg(length(body)) from audit_entry)");
    }

    private static long number(LocalStack stack, String sql) throws SQLException {
        try (Connection connection = stack.postgres().connectAsSuperuser("holdfast");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Figures print(String what, Figures f) {
        System.out.printf(
                Locale.ROOT,
                "%-44s %,8.0f/s   p50 %6.1f ms   p95 %6.1f ms   refused %d%n",
                what,
                f.perSecond(),
                f.p50(),
                f.p95(),
                f.refused());
        return f;
    }

    private static Figures median(List<Figures> figures) {
        List<Figures> sorted = new ArrayList<>(figures);
        sorted.sort((a, b) -> Double.compare(a.perSecond(), b.perSecond()));
        return sorted.get(sorted.size() / 2);
    }
}
