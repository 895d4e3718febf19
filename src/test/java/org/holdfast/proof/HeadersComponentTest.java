// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.holdfast.web.RawHttp;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every header that keeps a browser in its bounds, with its value, on an answer of every status of both doors. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class HeadersComponentTest {
    private static final String SHEET = "'sha256-[A-Za-z0-9+/]{43}='";
    private static final Pattern REPORT_POLICY = Pattern.compile("default-src 'none'; style-src " + SHEET + " " + SHEET
            + " " + SHEET + "; form-action 'self'; base-uri 'none';"
            + " frame-ancestors 'none'; script-src 'none'; require-trusted-types-for 'script';"
            + " trusted-types 'none'; sandbox allow-forms allow-same-origin");
    private static final String DESK_POLICY = "default-src 'none'; style-src 'self'; form-action 'self';"
            + " base-uri 'none'; frame-ancestors 'none'; script-src 'none'; require-trusted-types-for 'script';"
            + " trusted-types 'none'";
    private static final Map<String, String> COMMON = Map.of(
            "Referrer-Policy", "same-origin",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Embedder-Policy", "require-corp",
            "Cross-Origin-Resource-Policy", "same-origin",
            "X-DNS-Prefetch-Control", "off");
    private static final Pattern NO_FEATURE = Pattern.compile("([a-z-]+=\\(\\), )*[a-z-]+=\\(\\)");
    private static final List<String> FEATURES =
            List.of("camera", "display-capture", "geolocation", "microphone", "payment", "usb", "web-share");
    private static final List<String> TRACES = List.of("Set-Cookie", "ETag", "Last-Modified", "Server", "X-Powered-By");
    private static final String TOO_LARGE = "a=" + "a".repeat(2 * 1024 * 1024 + 1);

    private final URI report = TestStack.report();
    private final URI desk = TestStack.desk();
    private final TreeSet<Integer> seen = new TreeSet<>();
    private Tamperer database;

    @BeforeEach
    void begin() throws Exception {
        Organisation.ofTests();
        database = new Tamperer("holdfast");
    }

    @AfterEach
    void end() throws Exception {
        database.run("drop function if exists break() cascade");
        database.close();
    }

    @Test
    void on_every_answer_of_the_report_door() throws Exception {
        for (String path : List.of("/form/a", "/form/c?lang=fa", "/reply", "/w")) {
            atReport(200, RawHttp.get(report, path));
        }
        RawHttp.Answer first = RawHttp.get(report, "/");
        assertEquals("noarchive", only(first, "X-Robots-Tag"));
        check(200, first, "noarchive", "no-store");
        assertTrue(REPORT_POLICY.matcher(only(first, "Content-Security-Policy")).matches());
        itsSheetsAreThoseOfThePolicy(first);
        atReport(404, RawHttp.get(report, "/x"));
        atReport(404, RawHttp.get(report, "/desk"));
        atReport(404, RawHttp.send(report, "GET /", List.of("Host: evil.example"), new byte[0]));
        atReport(405, RawHttp.send(report, "PUT /", List.of("Host: " + report.getAuthority()), new byte[0]));
        atReport(403, RawHttp.post(report, "/form/a", "a=b", "Sec-Fetch-Site: cross-site"));
        atReport(403, RawHttp.post(report, "/form/a", "ticket=x&step=send"));
        atReport(400, RawHttp.post(report, "/form/a", "step=%zz"));
        atReport(413, RawHttp.post(report, "/form/a", TOO_LARGE));
        atReport(
                415,
                RawHttp.send(
                        report,
                        "POST /reply",
                        List.of("Host: " + report.getAuthority(), "Content-Type: text/plain", "Content-Length: 0"),
                        new byte[0]));
        atReport(422, RawHttp.post(report, "/reply", "number=1"));
        RawHttp.Answer left = RawHttp.post(report, "/leave", "");
        atReport(200, left);
        assertEquals("\"cache\", \"cookies\", \"storage\"", only(left, "Clear-Site-Data"));
        breakAt("before insert", "intake_report", "raise exception 'no'");
        atReport(500, send());
        breakAt("after insert", "intake_report", "perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1)");
        atReport(503, send());
        assertEquals(List.of(200, 400, 403, 404, 405, 413, 415, 422, 500, 503), List.copyOf(seen));
    }

    private RawHttp.Answer send() throws Exception {
        return RawHttp.post(report, "/form/a", "step=send&narrative=w&ticket=" + TicketForger.report(Duration.ZERO));
    }

    @Test
    void on_every_answer_of_the_desk() throws Exception {
        Visitor amina = Organisation.ofTests().unlocked("amina");
        amina.get("/desk/cases/new");
        String address = amina.submit("main form[action=/desk/cases]", Map.of("working", "Headed Heron"))
                .uri()
                .getPath();
        for (String path : List.of("/desk", "/desk/cases", address, address + "/edit")) {
            atDesk(200, as(amina, path));
        }
        atDesk(303, RawHttp.get(desk, "/"));
        atDesk(302, RawHttp.get(desk, "/desk"));
        atDesk(401, loginGivenUp());
        atDesk(403, RawHttp.post(desk, "/desk/lock", "a=b"));
        atDesk(403, RawHttp.post(desk, "/desk/lock", "a=b", "Sec-Fetch-Site: cross-site"));
        atDesk(403, as(amina, "/oversight"));
        atDesk(403, post(amina, "/desk/lock", Map.of("ticket", "x")));
        atDesk(404, RawHttp.get(desk, "/x"));
        atDesk(404, as(amina, "/desk/x"));
        atDesk(404, as(amina, "/desk/cases/nonsense"));
        atDesk(404, RawHttp.get(desk, "/style/other.css"));
        atDesk(405, RawHttp.send(desk, "PUT /desk", List.of("Host: " + desk.getAuthority()), new byte[0]));
        atDesk(405, as(amina, "/desk/lock"));
        atDesk(400, RawHttp.post(desk, "/desk/back-channel-logout", "logout_token=x"));
        atDesk(413, RawHttp.post(desk, "/desk/lock", TOO_LARGE));
        atDesk(
                415,
                RawHttp.send(
                        desk,
                        "POST /desk/lock",
                        List.of("Host: " + desk.getAuthority(), "Content-Type: text/plain", "Content-Length: 0"),
                        new byte[0]));
        Map<String, String> edit = new LinkedHashMap<>(Map.of("working", "Headed Heron", "status", "st.open"));
        edit.put("summary", "changed");
        atDesk(409, edit(amina, address, edit, "7"));
        atDesk(422, edit(amina, address, Map.of("working", "", "status", ""), "1"));
        breakAt("before update", "case_file", "raise exception 'no'");
        atDesk(500, edit(amina, address, edit, "1"));
        breakAt("after update", "case_file", "perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1)");
        atDesk(503, edit(amina, address, edit, "1"));
        database.run("drop function if exists break() cascade");
        atDesk(303, edit(amina, address, edit, "1"));
        Visitor audrey = Organisation.ofTests().unlocked("audrey");
        for (String path : List.of("/oversight/log", "/oversight/log/bundle", "/oversight/log/checkpoint")) {
            atDesk(200, as(audrey, path));
        }
        String verify = "/oversight/log/verify";
        RawHttp.Answer streamed = post(
                audrey,
                verify,
                Map.of("ticket", TicketForger.desk(TestStack.subject("audrey"), verify, Duration.ZERO)));
        assertEquals("chunked", only(streamed, "Transfer-Encoding"));
        atDesk(200, streamed);
        assertEquals(List.of(200, 302, 303, 400, 401, 403, 404, 405, 409, 413, 415, 422, 500, 503), List.copyOf(seen));
    }

    @Test
    void on_the_sheet_of_the_desk_which_alone_may_be_kept() throws Exception {
        String sheet = Jsoup.parse(RawHttp.get(desk, "/desk/x").text())
                .select("link[rel=stylesheet]")
                .attr("href");
        for (String path : List.of(sheet, "/style/desk.css")) {
            RawHttp.Answer answer = RawHttp.get(desk, path);
            assertEquals(DESK_POLICY, only(answer, "Content-Security-Policy"));
            check(200, answer, "noindex, noarchive", "max-age=31536000, immutable");
        }
    }

    private void atReport(int status, RawHttp.Answer answer) throws Exception {
        check(status, answer, "noindex, noarchive", "no-store");
        String policy = only(answer, "Content-Security-Policy");
        assertTrue(REPORT_POLICY.matcher(policy).matches(), policy);
        for (String trace : TRACES) {
            assertEquals(List.of(), values(answer, trace), trace);
        }
    }

    private void atDesk(int status, RawHttp.Answer answer) {
        check(status, answer, "noindex, noarchive", "no-store");
        assertEquals(DESK_POLICY, only(answer, "Content-Security-Policy"));
    }

    private void check(int status, RawHttp.Answer answer, String robots, String cache) {
        assertEquals(status, answer.status(), answer.text());
        seen.add(status);
        COMMON.forEach((name, value) -> assertEquals(value, only(answer, name), name + " of " + status));
        assertEquals(robots, only(answer, "X-Robots-Tag"), "of " + status);
        assertEquals(cache, only(answer, "Cache-Control"), "of " + status);
        String features = only(answer, "Permissions-Policy");
        assertTrue(NO_FEATURE.matcher(features).matches(), features);
        FEATURES.forEach(feature -> assertTrue(features.contains(feature + "=()"), feature));
    }

    /** The one value of a header; two are none, because browsers differ in which they take. */
    private static String only(RawHttp.Answer answer, String name) {
        List<String> values = values(answer, name);
        assertEquals(1, values.size(), name + " " + values + " on " + answer.status());
        return values.get(0);
    }

    private static List<String> values(RawHttp.Answer answer, String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return answer.headers().stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .toList();
    }

    private static void itsSheetsAreThoseOfThePolicy(RawHttp.Answer page) throws Exception {
        String policy = only(page, "Content-Security-Policy");
        List<Element> sheets = Jsoup.parse(page.text()).select("style");
        assertTrue(!sheets.isEmpty());
        for (Element sheet : sheets) {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(sheet.data().getBytes(StandardCharsets.UTF_8));
            assertTrue(policy.contains(Base64.getEncoder().encodeToString(hash)), policy);
        }
    }

    private RawHttp.Answer edit(Visitor who, String address, Map<String, String> typed, String revision)
            throws Exception {
        Map<String, String> fields = new LinkedHashMap<>(typed);
        fields.put("revision", revision);
        fields.put("ticket", TicketForger.desk(TestStack.subject("amina"), address + "/edit", Duration.ZERO));
        return post(who, address + "/edit", fields);
    }

    private RawHttp.Answer as(Visitor who, String path) throws Exception {
        return RawHttp.send(desk, "GET " + path, List.of("Host: " + desk.getAuthority(), cookies(who)), new byte[0]);
    }

    private RawHttp.Answer post(Visitor who, String path, Map<String, String> fields) throws Exception {
        List<String> pairs = new ArrayList<>();
        fields.forEach((name, value) -> pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return RawHttp.post(desk, path, String.join("&", pairs), cookies(who));
    }

    private static String cookies(Visitor who) {
        return "Cookie: "
                + who.cookieNames().stream()
                        .map(name -> name + "=" + who.cookie(name))
                        .collect(Collectors.joining("; "));
    }

    private RawHttp.Answer loginGivenUp() throws Exception {
        RawHttp.Answer way = RawHttp.get(desk, "/desk");
        String cookie = way.header("Set-Cookie").split(";", 2)[0];
        String state = cookie.split("=", 2)[0].replaceFirst(".*_", "");
        return RawHttp.send(
                desk,
                "GET /desk?error=access_denied&state=" + state,
                List.of("Host: " + desk.getAuthority(), "Cookie: " + cookie),
                new byte[0]);
    }

    /** Before a row is written, or after that at the commit. */
    private void breakAt(String event, String table, String statement) throws Exception {
        boolean atCommit = event.startsWith("after");
        database.run("drop function if exists break() cascade");
        database.run("create function break() returns trigger language plpgsql security definer as $$ begin "
                + statement + "; return new; end $$; create " + (atCommit ? "constraint trigger" : "trigger")
                + " break " + event + " on " + table + (atCommit ? " deferrable initially deferred" : "")
                + " for each row execute function break()");
    }
}
