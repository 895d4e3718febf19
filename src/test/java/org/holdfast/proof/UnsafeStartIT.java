// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.local.HoldfastServer;
import org.holdfast.local.LocalStack;
import org.holdfast.local.Steps;
import org.holdfast.local.Trouble;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The packaged server, started as no server may run. It ends by itself, says of each thing what it is called and what to do, and writes
 * no secret. The last test starts it as it should be, and then it runs: nothing else kept it from that. Each needs the ones before it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UnsafeStartIT {
    private static final String PLACEHOLDER = "replace-me-before-use-0123456789abcdef";

    /** A variable of the environment and what makes the server unsafe, by the name of the setting that the output must say. */
    private static final Map<String, Map.Entry<String, String>> SETTINGS = Map.of(
            "quarkus.http.access-log.enabled", Map.entry("QUARKUS_HTTP_ACCESS_LOG_ENABLED", "true"),
            "quarkus.http.proxy.proxy-address-forwarding",
                    Map.entry("QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING", "true"),
            "quarkus.hibernate-orm.log.bind-parameters", Map.entry("QUARKUS_HIBERNATE_ORM_LOG_BIND_PARAMETERS", "true"),
            "quarkus.oidc.authentication.cookie-force-secure",
                    Map.entry("QUARKUS_OIDC_AUTHENTICATION_COOKIE_FORCE_SECURE", "false"),
            "quarkus.oidc.authentication.pkce-required",
                    Map.entry("QUARKUS_OIDC_AUTHENTICATION_PKCE_REQUIRED", "false"),
            "quarkus.oidc.roles.source", Map.entry("QUARKUS_OIDC_ROLES_SOURCE", "idtoken"));

    private static final List<String> LOG =
            List.of("audit_entry", "audit_sequence", "audit_tile", "audit_checkpoint", "audit_detail");

    private static LocalStack stack;
    private static HoldfastServer server;

    @BeforeAll
    static void databaseAlone() throws Exception {
        Steps steps = new Steps(System.out);
        stack = LocalStack.forCrashTests(Path.of("target/unsafe-stack").toAbsolutePath(), steps);
        stack.startPostgres(steps);
        server = HoldfastServer.on(stack);
    }

    @AfterAll
    static void end() throws Exception {
        if (server != null) {
            server.close();
        }
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    @Order(1)
    void a_secret_that_nobody_replaced_stops_the_start_and_is_not_printed() throws Exception {
        String said = refused(Map.of("HOLDFAST_OIDC_CLIENT_SECRET", PLACEHOLDER));
        assertTrue(said.contains("The client secret for the login is a placeholder or too short"), said);
        assertFalse(said.contains(PLACEHOLDER), said);
        assertEquals(1, reasons(said), said);
    }

    @Test
    @Order(2)
    void every_setting_that_undoes_a_promise_stops_the_start_and_is_named() throws Exception {
        Map<String, String> unsafe = new HashMap<>();
        SETTINGS.values().forEach(variable -> unsafe.put(variable.getKey(), variable.getValue()));
        unsafe.put("HOLDFAST_REPORT_HOST", URI.create(stack.deskUrl()).getAuthority());
        String said = refused(unsafe);
        for (String name : SETTINGS.keySet()) {
            assertTrue(said.contains("The setting " + name + " must be "), name + " in\n" + said);
        }
        assertTrue(said.contains("The report door and the desk have one host name"), said);
        assertEquals(SETTINGS.size() + 1, reasons(said), said);
    }

    @Test
    @Order(3)
    void a_database_role_that_may_more_than_it_must_stops_the_start_and_is_named() throws Exception {
        Town town = new Town(stack);
        String log = String.join(", ", LOG);
        town.change("alter role holdfast_app createdb; alter role holdfast_log createrole;"
                + " alter role holdfast_shred bypassrls; grant update, delete, truncate on " + log
                + " to holdfast_app");
        String said = refused(Map.of());
        town.change("alter role holdfast_app nocreatedb; alter role holdfast_log nocreaterole;"
                + " alter role holdfast_shred nobypassrls; revoke update, delete, truncate on " + log
                + " from holdfast_app");
        for (String who : List.of(
                "The server's database role owns",
                "The role that numbers and signs the log owns",
                "The role of the shred database owns")) {
            assertTrue(said.contains(who + " tables or has powers of its own"), who + " in\n" + said);
        }
        for (String table : LOG) {
            for (String power : List.of("UPDATE", "DELETE", "TRUNCATE")) {
                assertTrue(
                        said.contains("The server's database role may " + power + " " + table + ":"),
                        power + " " + table + " in\n" + said);
            }
        }
        assertEquals(3 + 3 * LOG.size(), reasons(said), said);
    }

    @Test
    @Order(4)
    void as_it_should_be_it_starts_and_each_start_and_stop_is_a_line() throws Exception {
        Town town = new Town(stack);
        assertEquals(0, lines(town, "server.started"), "what was refused never began to serve");
        server.launch();
        server.awaitReady();
        assertEquals("", onlyByTls(stack.reportUrl()));
        assertEquals(1, lines(town, "server.started"));
        assertEquals(0, lines(town, "server.stopped"));
        server.stop();
        assertEquals(1, lines(town, "server.stopped"));
        // The second time behind a proxy that speaks TLS: browsers are told to come by it alone.
        server.launch(Map.of("HOLDFAST_WEB_BEHIND_TLS", "true"));
        server.awaitReady();
        for (String door : List.of(stack.reportUrl(), stack.deskUrl())) {
            assertEquals("max-age=63072000; includeSubDomains; preload", onlyByTls(door), door);
        }
        assertEquals(2, lines(town, "server.started"));
        server.kill();
        assertEquals(1, lines(town, "server.stopped"), "whoever is killed writes nothing");
    }

    private static String onlyByTls(String door) throws Exception {
        HttpResponse<String> answer = Visitor.at(URI.create(door)).get("/");
        return answer.headers().firstValue("Strict-Transport-Security").orElse("");
    }

    private static long lines(Town town, String act) throws Exception {
        return town.count("select count(*) from audit_entry where act = '" + act + "' and actor = 'system'");
    }

    /** What a server says that must not start with these settings on top of its right ones. */
    private static String refused(Map<String, String> settings) throws Exception {
        long before = Files.exists(server.log()) ? Files.size(server.log()) : 0;
        server.launch(settings);
        assertThrows(Trouble.class, server::awaitReady);
        assertFalse(server.isAlive());
        byte[] all = Files.readAllBytes(server.log());
        return new String(all, (int) before, all.length - (int) before, StandardCharsets.UTF_8);
    }

    /** How many things it names. */
    private static long reasons(String said) {
        int begin = said.indexOf("Holdfast does not start.");
        assertTrue(begin >= 0, said);
        return said.substring(begin)
                .lines()
                .skip(1)
                .takeWhile(line -> line.endsWith(".") && !line.startsWith("\t"))
                .count();
    }
}
