// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
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
        for (String path : List.of("/", "/form/a", "/reply", "/leave", "/w", "/q/health", "/index.html")) {
            RawHttp.Answer answer = RawHttp.get(desk, path);
            assertEquals(404, answer.status(), path);
            assertHeaders(answer);
        }
    }

    @Test
    void an_address_in_disguise_is_no_address() throws Exception {
        for (String path : List.of("/form/../desk", "/form//a", "/%66orm/a", "/form/a;x=1", "/./")) {
            assertEquals(404, RawHttp.get(report, path).status(), path);
        }
        assertEquals(404, RawHttp.get(desk, "/style/../form/a").status());
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
        assertFalse(answer.header("Content-Security-Policy").contains("sandbox"));
        assertTrue(answer.header("Content-Security-Policy").contains("style-src 'self'"));
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
                        .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-security-policy:"))
                        .count());
    }
}
