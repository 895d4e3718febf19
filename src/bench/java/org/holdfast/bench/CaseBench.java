// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.bench;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.holdfast.local.HoldfastServer;
import org.holdfast.local.Organisation;
import org.holdfast.local.ScratchStack;
import org.holdfast.local.Visitor;
import org.holdfast.rules.Codes;
import org.jsoup.Jsoup;

/**
 * The page of a case and the list of cases, over HTTP on the packaged server with real PostgreSQL and Keycloak, client included, all on
 * one machine. Prints the times of the page when warm, of the first opening by a colleague who was just given the case, and of the list
 * of fifty out of many sealed cases: the very first one, which checks the signature of every grant; warm, under different filters; and
 * one for which everything is read anew, as after a crash or after a case was taken away.
 *
 * <p>Arguments: cases (10000), seed (1), rounds (300). The same seed makes the same cases. Run it with
 * {@code mvn -q package -DskipTests && mvn -q -Pbench -Dbench=CaseBench}.
 */
public final class CaseBench {

    private static final List<String> FILTERS = List.of(
            "",
            "?status=st.open",
            "?urgency=UG2",
            "?language=ug",
            "?owner=me",
            "?sort=due",
            "?sort=code&page=3",
            "?kind=rt.travel_risk");
    /** Sentences in several scripts, so that lengths and encodings are those of real summaries. */
    private static final List<String> WORDS = List.of(
            "Parents were called in after a post, twice this month.",
            "哥哥被带走三天，家里人不敢打电话。",
            "دادام تەكشۈرۈشكە چاقىرىلدى، خەۋەر يوق.",
            "Отца снова допрашивали, просят вернуться.",
            "از خانواده خواستند که تماس نگیرند.",
            "བོད་ནས་སྐད་ཆ་ཡོང་མ་སོང་།",
            "Two men asked the landlady about the flat.",
            "A flight over a third country is planned next week.");

    private CaseBench() {}

    public static void main(String[] args) {
        int cases = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 300;
        System.out.printf(
                Locale.ROOT,
                "CaseBench: JDK %s, %d cores, %d cases, seed %d%n",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                cases,
                seed);
        ScratchStack.run("bench-cases", (stack, steps) -> {
            stack.start(steps);
            try (HoldfastServer server = HoldfastServer.on(stack)) {
                server.launch();
                server.awaitReady();
                URI desk = URI.create(stack.deskUrl());
                Organisation organisation = Organisation.found(desk);
                run(desk, organisation, cases, seed, rounds);
                server.stop();
            }
        });
    }

    private static void run(URI desk, Organisation organisation, int cases, long seed, int rounds) throws Exception {
        long begun = System.nanoTime();
        List<String> ids = generate(desk, organisation, cases, seed);
        System.out.printf(Locale.ROOT, "%d cases made in %.0f s%n", ids.size(), (System.nanoTime() - begun) / 1e9);

        Visitor amina = organisation.unlocked("amina");
        Client client = new Client(desk, amina);
        print("first list of " + ids.size() + ", all grants checked", times(client, 1, i -> "/desk/cases"));
        String full = "/desk/cases/" + ids.get(0);
        fill(amina, full);
        for (int i = 0; i < 200; i++) {
            client.get(full);
        }
        print("case page, warm", times(client, rounds, i -> full), 50);

        int given = Math.min(rounds, ids.size() - 1);
        amina.get(full);
        String tenzin =
                amina.page().select("select[name=to] option:contains(Tenzin)").attr("value");
        for (int i = 1; i <= given; i++) {
            amina.get("/desk/cases/" + ids.get(i));
            amina.submit("form[action$=/assign]", Map.of("to", tenzin));
        }
        Visitor taker = organisation.unlocked("tenzin");
        Client colleague = new Client(desk, taker);
        print("case page, first opening", times(colleague, given, i -> "/desk/cases/" + ids.get(i + 1)), 80);

        for (int i = 0; i < 20; i++) {
            client.get("/desk/cases" + FILTERS.get(i % FILTERS.size()));
        }
        int lists = Math.max(40, rounds / 4);
        print(
                "list of 50 out of " + ids.size(),
                times(client, lists, i -> "/desk/cases" + FILTERS.get(i % FILTERS.size())),
                300);

        double[] anew = new double[Math.min(5, given)];
        for (int i = 0; i < anew.length; i++) {
            taker.get("/desk/cases/" + ids.get(i + 1));
            taker.submit("form[action$=/unassign]:contains(Amina)", Map.of());
            anew[i] = times(client, 1, round -> "/desk/cases")[0];
        }
        print("list, all cases read anew", anew);
    }

    /** A person and a report of each kind, with something in most blocks. */
    private static void fill(Visitor amina, String address) throws Exception {
        amina.get(address + "/person");
        amina.submit("main form", Map.of("role", "pr.person_at_risk", "names.1.name", "Somebody"));
        Map<String, String> incident = Map.of("a", "ft.home_search", "b", "aa.home_visit", "c", "te.planned_trip");
        for (Map.Entry<String, String> kind : incident.entrySet()) {
            amina.get(address + "/reports/new/" + kind.getKey());
            amina.submit(
                    "main form",
                    Map.of(
                            "incidents",
                            kind.getValue(),
                            "narrative",
                            String.join(" ", WORDS).repeat(3)));
        }
    }

    /** Makes the cases with four sessions of one caseworker; returns their ids in the order of their numbers. */
    private static List<String> generate(URI desk, Organisation organisation, int cases, long seed) throws Exception {
        String[] ids = new String[cases];
        ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>();
        List<Thread> workers = new ArrayList<>();
        for (int w = 0; w < 4; w++) {
            int first = w;
            Visitor visitor = organisation.unlocked("amina");
            Client client = new Client(desk, visitor);
            Thread worker = new Thread(() -> {
                try {
                    for (int i = first; i < cases; i += 4) {
                        // One form makes one case.
                        ids[i] = client.post("/desk/cases", sample(i, seed, client.ticket("/desk/cases/new")));
                    }
                } catch (Exception e) {
                    failures.add(e);
                }
            });
            worker.start();
            workers.add(worker);
        }
        for (Thread worker : workers) {
            worker.join();
        }
        if (!failures.isEmpty()) {
            throw failures.element();
        }
        return List.of(ids);
    }

    /** The fields of case number i: the same for the same seed, in whatever order cases are made. */
    private static Map<String, String> sample(int i, long seed, String ticket) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + i);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("ticket", ticket);
        fields.put("working", "Sample " + i);
        StringBuilder summary = new StringBuilder();
        for (int n = 1 + random.nextInt(6); n > 0; n--) {
            summary.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
        }
        fields.put("summary", summary.toString());
        for (Map.Entry<String, String> coded : Map.of(
                        "urgency",
                        "urgency_level",
                        "level",
                        "risk_level",
                        "language",
                        "language",
                        "origin",
                        "country",
                        "host",
                        "country",
                        "source",
                        "report_source")
                .entrySet()) {
            List<Codes.Code> list = Codes.shipped().list(coded.getValue());
            fields.put(coded.getKey(), list.get(random.nextInt(list.size())).code());
        }
        fields.put("next", "Call on day " + random.nextInt(1, 29));
        return fields;
    }

    private interface Address {
        String of(int round);
    }

    private static double[] times(Client client, int rounds, Address address) throws Exception {
        double[] millis = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            String where = address.of(i);
            long begun = System.nanoTime();
            client.get(where);
            millis[i] = (System.nanoTime() - begun) / 1e6;
        }
        return millis;
    }

    private static void print(String what, double[] millis) {
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "%s: p50 %.0f ms, max %.0f ms (%d times)%n",
                what,
                millis[millis.length / 2],
                millis[millis.length - 1],
                millis.length);
    }

    private static void print(String what, double[] millis, int bar) {
        Arrays.sort(millis);
        double p95 = millis[(int) Math.ceil(millis.length * 0.95) - 1];
        System.out.printf(
                Locale.ROOT,
                "%s: p50 %.1f ms, p95 %.1f ms, max %.1f ms (%d times; bar %d ms: %s)%n",
                what,
                millis[millis.length / 2],
                p95,
                millis[millis.length - 1],
                millis.length,
                bar,
                p95 <= bar ? "held" : "missed");
    }

    /** A visitor's session in a client that follows no redirect. */
    private static final class Client {
        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final URI desk;
        private final String cookies;

        Client(URI desk, Visitor visitor) {
            this.desk = desk;
            this.cookies = visitor.cookieNames().stream()
                    .map(name -> name + "=" + visitor.cookie(name))
                    .collect(Collectors.joining("; "));
        }

        /** The ticket of a form that is fetched for it. */
        String ticket(String address) throws Exception {
            return Jsoup.parse(get(address)).select("main input[name=ticket]").attr("value");
        }

        String get(String address) throws Exception {
            HttpResponse<String> page = http.send(
                    HttpRequest.newBuilder(desk.resolve(address))
                            .header("Cookie", cookies)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (page.statusCode() != 200) {
                throw new IllegalStateException("the server answers " + page.statusCode() + " to " + address);
            }
            return page.body();
        }

        /** Sends a form and gives the last part of the address to which the answer leads. */
        String post(String address, Map<String, String> fields) throws Exception {
            String form = fields.entrySet().stream()
                    .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
            HttpResponse<String> page = http.send(
                    HttpRequest.newBuilder(desk.resolve(address))
                            .header("Cookie", cookies)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("Sec-Fetch-Site", "same-origin")
                            .POST(HttpRequest.BodyPublishers.ofString(form))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (page.statusCode() != 303) {
                throw new IllegalStateException("the server answers " + page.statusCode() + " to " + address);
            }
            String to = page.headers().firstValue("location").orElseThrow();
            return to.substring(to.lastIndexOf('/') + 1);
        }
    }
}
