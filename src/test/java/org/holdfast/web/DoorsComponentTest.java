// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.TestStack;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class DoorsComponentTest {
    private static final List<String> ALWAYS = List.of(
            "Content-Security-Policy",
            "Referrer-Policy",
            "X-Content-Type-Options",
            "X-Frame-Options",
            "Cross-Origin-Opener-Policy",
            "Cross-Origin-Embedder-Policy",
            "Cross-Origin-Resource-Policy",
            "Permissions-Policy",
            "Cache-Control",
            "X-Robots-Tag",
            "X-DNS-Prefetch-Control");

    private final URI report = TestStack.report();
    private final URI desk = TestStack.desk();

    @Test
    void a_host_name_that_is_not_ours_gets_a_short_page_of_the_usual_size() throws Exception {
        RawHttp.Answer answer = RawHttp.send(report, "GET /", List.of("Host: evil.example"), new byte[0]);
        assertEquals(404, answer.status());
        assertShort(answer);
    }

    @Test
    void each_door_answers_only_its_own_addresses() throws Exception {
        for (String path : List.of(
                "/desk", "/desk/cases", "/oversight/log", "/style/desk.css", "/q/health", "/form", "/form/", "/x")) {
            RawHttp.Answer answer = RawHttp.get(report, path);
            assertEquals(404, answer.status(), path);
            assertShort(answer);
        }
        for (String path : List.of("/form/a", "/reply", "/leave", "/w", "/q/health", "/index.html")) {
            RawHttp.Answer answer = RawHttp.get(desk, path);
            assertEquals(404, answer.status(), path);
            assertHeaders(answer);
        }
    }

    @Test
    void the_bare_host_name_of_the_desk_leads_to_the_desk_and_that_of_the_report_door_does_not() throws Exception {
        for (String line : List.of("GET /", "HEAD /", "GET /?next=//evil.example")) {
            RawHttp.Answer answer = RawHttp.send(desk, line, List.of("Host: " + desk.getAuthority()), new byte[0]);
            assertEquals(303, answer.status(), line);
            assertEquals("/desk", answer.header("Location"));
            assertHeaders(answer);
        }
        assertEquals(404, RawHttp.post(desk, "/", "a=b").status());
        assertEquals(404, RawHttp.get(desk, "/./").status());
        RawHttp.Answer first = RawHttp.get(report, "/");
        assertEquals(200, first.status());
        assertFalse(first.text().contains(desk.getAuthority()), "the report door names no desk");
    }

    @Test
    void an_address_in_disguise_is_no_address() throws Exception {
        for (String path : List.of("/form/../desk", "/form//a", "/%66orm/a", "/form/a;x=1", "/./")) {
            assertEquals(404, RawHttp.get(report, path).status(), path);
        }
        assertEquals(404, RawHttp.get(desk, "/style/../form/a").status());
    }

    @Test
    void no_address_has_a_second_one_with_a_stroke_more() throws Exception {
        for (URI door : List.of(report, desk)) {
            String nowhere =
                    RawHttp.get(door, door == report ? "/x" : "/desk/x").text();
            for (String address : List.of("/reply", "/form/a", "/w", "/desk", "/desk/cases", "/oversight/log")) {
                for (String more : List.of("/", "//", "%2F", "%2f", "/%2F", "/.", "%5C")) {
                    RawHttp.Answer answer = RawHttp.get(door, address + more);
                    assertEquals(404, answer.status(), address + more);
                    assertEquals(nowhere, answer.text(), address + more);
                }
            }
        }
        assertEquals(404, RawHttp.post(desk, "/desk/lock/", "a=b").status());
        assertEquals(404, RawHttp.get(desk, "/desk%2Fcases").status());
    }

    @Test
    void a_post_that_another_site_started_is_refused_at_both_doors() throws Exception {
        for (URI door : List.of(report, desk)) {
            String path = door == report ? "/form/a" : "/desk/lock";
            for (String header : List.of(
                    "Sec-Fetch-Site: cross-site",
                    "Sec-Fetch-Site: same-site",
                    "Origin: http://evil.example",
                    "Origin: null",
                    "Origin: http://" + (door == report ? desk : report).getAuthority())) {
                RawHttp.Answer answer = RawHttp.post(door, path, "a=b", header);
                assertEquals(403, answer.status(), header);
                assertHeaders(answer);
                if (door == report) {
                    assertShort(answer);
                }
            }
        }
    }

    @Test
    void more_than_two_megabytes_get_a_short_413() throws Exception {
        String big = "story=" + "a".repeat(2 * 1024 * 1024 + 1);
        RawHttp.Answer answer = RawHttp.post(report, "/form/a", big, "Sec-Fetch-Site: same-origin");
        assertEquals(413, answer.status());
        assertShort(answer);
        RawHttp.Answer atTheDesk = RawHttp.post(desk, "/desk/lock", big, "Sec-Fetch-Site: same-origin");
        assertEquals(413, atTheDesk.status());
        assertHeaders(atTheDesk);
    }

    @Test
    void other_methods_are_refused_with_the_same_headers() throws Exception {
        for (String method : List.of("PUT", "DELETE", "OPTIONS", "TRACE", "PATCH")) {
            RawHttp.Answer answer =
                    RawHttp.send(report, method + " /", List.of("Host: " + report.getAuthority()), new byte[0]);
            assertEquals(405, answer.status(), method);
            assertShort(answer);
        }
    }

    @Test
    void the_desks_sheet_comes_from_the_desk_and_may_be_kept() throws Exception {
        RawHttp.Answer answer = RawHttp.get(desk, "/style/desk.css");
        assertEquals(200, answer.status());
        assertTrue(answer.header("Content-Type").startsWith("text/css"));
        assertTrue(answer.header("Cache-Control").contains("immutable"));
        assertHeaders(answer);
        assertEquals(404, RawHttp.get(desk, "/style/other.css").status());
        assertHeaders(RawHttp.get(desk, "/style/other.css"));
    }

    @Test
    void the_way_to_the_login_carries_the_headers_of_the_desk() throws Exception {
        RawHttp.Answer answer = RawHttp.get(desk, "/desk");
        assertHeaders(answer);
        String cookie = answer.header("Set-Cookie").toLowerCase(Locale.ROOT);
        assertTrue(cookie.contains("; secure") && cookie.contains("; httponly"), cookie);
        assertFalse(answer.header("Content-Security-Policy").contains("sandbox"));
        assertTrue(answer.header("Content-Security-Policy").contains("style-src 'self'"));
    }

    @Test
    void what_is_no_form_in_utf_8_is_refused_before_anything_reads_it() throws Exception {
        String file = "--x\r\nContent-Disposition: form-data; name=\"narrative\"; filename=\"a.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\nwords\r\n--x--\r\n";
        for (String type : List.of(
                "application/json",
                "text/plain",
                "multipart/form-data; boundary=x",
                "application/x-www-form-urlencoded; charset=UTF-16",
                "application/x-www-form-urlencoded;charset=\"nonsense\"")) {
            for (String path : List.of("/form/a", "/reply", "/leave", "/desk/lock", "/desk/back-channel-logout")) {
                URI door = path.startsWith("/desk") ? desk : report;
                RawHttp.Answer answer = RawHttp.send(door, "POST " + path, typed(door, type, file), bytes(file));
                assertEquals(415, answer.status(), path + " " + type);
                assertHeaders(answer);
                if (door == report) {
                    assertShort(answer);
                }
            }
        }
        String same = "application/x-www-form-urlencoded; charset=UTF-8";
        assertEquals(
                200,
                RawHttp.send(report, "POST /leave", typed(report, same, "a=b"), bytes("a=b"))
                        .status());
    }

    @Test
    void half_an_escape_and_too_many_fields_are_told_as_what_they_are() throws Exception {
        for (String form : List.of("step=review&narrative=%zz", "step=review&" + "a=b&".repeat(1_500))) {
            RawHttp.Answer answer = RawHttp.post(report, "/form/a", form, "Sec-Fetch-Site: same-origin");
            assertEquals(400, answer.status());
            assertShort(answer);
        }
    }

    @Test
    void two_host_names_are_no_door() throws Exception {
        String ours = "Host: " + desk.getAuthority();
        String other = "Host: " + report.getAuthority();
        for (List<String> hosts : List.of(List.of(ours, other), List.of(other, ours), List.of(ours, ours))) {
            RawHttp.Answer answer = RawHttp.send(report, "GET /", hosts, new byte[0]);
            assertEquals(404, answer.status(), hosts.toString());
            assertShort(answer);
        }
        for (String address : List.of("http://" + report.getAuthority() + "/desk", "http://evil.example/desk")) {
            RawHttp.Answer answer = RawHttp.send(desk, "GET " + address, List.of(ours), new byte[0]);
            assertEquals(404, answer.status(), address);
            assertShort(answer);
        }
        assertEquals(
                200,
                RawHttp.send(report, "GET " + report + "/", List.of(other), new byte[0])
                        .status());
    }

    @Test
    void the_next_request_on_the_same_line_is_answered_after_a_refused_post() throws Exception {
        for (String refused : List.of(
                "POST /form/a HTTP/1.1\r\nSec-Fetch-Site: cross-site\r\n",
                "POST /nowhere HTTP/1.1\r\n",
                "PUT /form/a HTTP/1.1\r\n",
                "POST /form/a HTTP/1.1\r\nContent-Type: text/plain\r\n")) {
            for (int size : List.of(3, 300_000)) {
                try (Socket socket = new Socket(report.getHost(), report.getPort())) {
                    socket.setSoTimeout(10_000);
                    String host = "Host: " + report.getAuthority() + "\r\n";
                    String both = refused + host + "Content-Length: " + size + "\r\n\r\n" + "a".repeat(size)
                            + "GET / HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n";
                    socket.getOutputStream().write(bytes(both));
                    String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                    assertTrue(answers.startsWith("HTTP/1.1 4"), refused);
                    assertTrue(answers.contains("HTTP/1.1 200 OK"), refused + size);
                }
            }
        }
    }

    @Test
    void what_another_server_would_say_in_a_logout_token_reaches_no_log_and_ends_nothing() throws Exception {
        String unsigned = base64("{\"alg\":\"none\"}") + "." + base64("{\"sid\":\"Blabbermouth\"}") + ".";
        for (String token : List.of("Tattletale%0A2026-11-26%2000h%20INFO%20Tattletale", unsigned)) {
            RawHttp.Answer answer = RawHttp.post(desk, "/desk/back-channel-logout", "logout_token=" + token);
            assertEquals(400, answer.status());
            assertHeaders(answer);
        }
        String log = Files.readString(TestStack.data().resolve("log/application.log"));
        assertTrue(log.contains("ogout token"), "the refusal itself is said");
        for (String said : List.of("Tattletale", "Blabbermouth", unsigned)) {
            assertFalse(log.contains(said), said);
        }
    }

    private static List<String> typed(URI door, String type, String body) {
        return List.of(
                "Host: " + door.getAuthority(), "Content-Type: " + type, "Content-Length: " + bytes(body).length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(text));
    }

    /** The report door's answers have one of the usual sizes, all headers, and leave no trace. */
    static void assertShort(RawHttp.Answer answer) {
        assertHeaders(answer);
        assertEquals(Padding.SMALL, answer.body().length);
        for (String trace : List.of("Set-Cookie", "ETag", "Last-Modified", "Server", "X-Powered-By")) {
            assertEquals("", answer.header(trace), trace);
        }
        assertTrue(answer.header("Content-Security-Policy").contains("sandbox allow-forms allow-same-origin"));
        assertTrue(answer.header("Content-Security-Policy").contains("style-src 'sha256-"));
    }

    static void assertHeaders(RawHttp.Answer answer) {
        for (String name : ALWAYS) {
            assertFalse(answer.header(name).isEmpty(), name + " is missing on " + answer.status());
        }
        assertEquals(
                1,
                answer.headers().stream()
                        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-security-policy:"))
                        .count());
    }
}
