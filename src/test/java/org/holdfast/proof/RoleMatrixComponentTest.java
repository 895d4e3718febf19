// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.holdfast.local.DemonstrationLogin;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.Test;

/**
 * Every address, asked by everybody. {@code src/test/resources/role-matrix.csv} has a row for each address that the code answers; a new
 * one without a row fails the build, so that somebody decides who may.
 */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class RoleMatrixComponentTest {
    private static final String CASEWORKER = "caseworker";
    private static final String REFUSED = "refused";
    private static final String STRANGER = "stranger";

    @Inject
    ServedRoutes served;

    @Test
    void every_address_of_the_code_has_a_row_and_every_row_an_address() throws Exception {
        TreeSet<String> answered = Routes.ofTheCode();
        answered.addAll(Routes.OF_THE_SERVER.keySet());
        assertEquals(answered, new TreeSet<>(matrix().keySet()));
    }

    /** Whom the server asks for an answer, all of them: ours are the doors and the pages, the rest is of the framework. */
    private static final List<String> SERVED = List.of(
            // The pages, whose addresses have their rows.
            "/ org.jboss.resteasy.reactive.server.vertx.ResteasyReactiveVertxHandler",
            // The logout that Keycloak sends, which has its row.
            "any io.quarkus.oidc.runtime.BackChannelLogoutHandler",
            // Tells other programs how to log in, at an address that no door lets through.
            "any io.quarkus.oidc.runtime.ResourceMetadataHandler",
            // Errors, which the doors turn into short pages.
            "any io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder",
            "any io.quarkus.resteasy.reactive.server.runtime.observability.ObservabilityIntegrationRecorder",
            "any io.quarkus.vertx.http.runtime.QuarkusErrorHandler",
            // Files below META-INF/resources: one style sheet, which has its row.
            "any io.quarkus.vertx.http.runtime.StaticResourcesRecorder",
            // Limits, and the login in front of the pages.
            "any io.quarkus.vertx.http.runtime.options.HttpServerCommonHandlers",
            "any io.quarkus.vertx.http.runtime.security.HttpSecurityRecorder",
            "any org.holdfast.web.Doors");

    @Test
    void the_running_server_asks_nobody_for_an_answer_who_is_not_known() {
        assertEquals(SERVED, served.routes());
    }

    @Test
    void one_file_of_the_program_is_served_and_no_library_brings_more() throws Exception {
        Path files = Path.of("src/main/resources/META-INF/resources");
        try (Stream<Path> all = Files.walk(files)) {
            assertEquals(
                    List.of("style/desk.css"),
                    all.filter(Files::isRegularFile)
                            .map(file -> files.relativize(file).toString())
                            .toList());
        }
        for (String door : List.of("desk", "oversight", "style", "form", "reply", "leave", "w")) {
            List<URL> places = Collections.list(
                    Thread.currentThread().getContextClassLoader().getResources("META-INF/resources/" + door));
            assertEquals(door.equals("style") ? 1 : 0, places.size(), door + " " + places);
        }
    }

    @Test
    void every_cell_is_as_it_is_written() throws Exception {
        Map<String, Visitor> people = people();
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, Map<String, String>> row : matrix().entrySet()) {
            for (Map.Entry<String, String> cell : row.getValue().entrySet()) {
                String was = Outcome.of(ask(people, cell.getKey(), row.getKey()));
                if (!was.equals(cell.getValue())) {
                    wrong.add(row.getKey() + " by " + cell.getKey() + ": " + was + " in place of " + cell.getValue());
                }
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    @Test
    void a_caseworker_never_reaches_oversight_and_neither_auditor_nor_administrator_reaches_content() throws Exception {
        int checked = 0;
        for (Map.Entry<String, Map<String, String>> row : matrix().entrySet()) {
            String path = row.getKey().replaceFirst("[A-Z]+ ", "");
            boolean oversight = path.startsWith("/oversight");
            boolean content = path.startsWith("/desk/cases") || path.startsWith("/desk/intake");
            Set<String> shut = oversight
                    ? Set.of(CASEWORKER, "administrator")
                    : content ? Set.of("auditor", "administrator") : Set.of();
            for (String role : shut) {
                for (String state : List.of(" locked", " unlocked")) {
                    assertEquals(REFUSED, row.getValue().get(role + state), row.getKey() + " by " + role + state);
                    checked++;
                }
            }
            if (oversight || content) {
                assertEquals(
                        row.getKey().startsWith("GET") ? "login" : "gone",
                        row.getValue().get(STRANGER));
                assertEquals(REFUSED, row.getValue().get("outsider"), row.getKey());
            }
        }
        assertTrue(checked > 60, "only " + checked);
    }

    @Test
    void a_desk_address_does_not_exist_at_the_report_door_and_the_other_way_round() throws Exception {
        Visitor report = Visitor.at(TestStack.report());
        Visitor desk = Organisation.ofTests().unlocked("amina");
        for (String route : matrix().keySet()) {
            if (route.equals("GET /")) {
                // Each door has one: at the desk it leads to /desk, as web.DoorsComponentTest asks.
                continue;
            }
            boolean ofDesk = isOfTheDesk(route);
            HttpResponse<String> answer = send(ofDesk ? report : desk, route);
            assertEquals(404, answer.statusCode(), route);
        }
    }

    private static boolean isOfTheDesk(String route) {
        return route.contains(" /desk") || route.contains(" /oversight") || route.contains(" /style");
    }

    private static Map<String, Visitor> people() throws Exception {
        Organisation organisation = Organisation.ofTests();
        Map<String, Visitor> people = new LinkedHashMap<>();
        Visitor outsider = Visitor.at(TestStack.desk());
        outsider.signIn(DemonstrationLogin.OUTSIDER);
        people.put("outsider", outsider);
        Map<String, String> logins =
                Map.of(CASEWORKER, "amina", "supervisor", "sara", "auditor", "audrey", "administrator", "adrian");
        for (Map.Entry<String, String> role : logins.entrySet()) {
            people.put(role.getKey() + " locked", organisation.signedIn(role.getValue()));
            people.put(role.getKey() + " unlocked", organisation.unlocked(role.getValue()));
        }
        return people;
    }

    private static HttpResponse<String> ask(Map<String, Visitor> people, String name, String route)
            throws IOException, InterruptedException {
        if (!isOfTheDesk(route)) {
            return send(Visitor.at(TestStack.report()), route);
        }
        // Each question by another stranger: one who is sent to the login fifty times carries fifty cookies of logins
        // begun.
        return send(name.equals(STRANGER) ? Visitor.at(TestStack.desk()) : people.get(name), route);
    }

    private static HttpResponse<String> send(Visitor who, String route) throws IOException, InterruptedException {
        String[] words = route.split(" ", 2);
        StringBuilder path = new StringBuilder();
        for (String part : words[1].split("(?<=/)|(?=/)")) {
            path.append(
                    part.equals("{letter}")
                            ? "a"
                            : part.startsWith("{") ? UUID.randomUUID().toString() : part);
        }
        return words[0].equals("GET") ? who.get(path.toString()) : who.post(path.toString(), Map.of());
    }

    /** By address, then by who asks. */
    private static Map<String, Map<String, String>> matrix() throws IOException {
        List<String> lines;
        try (InputStream in = RoleMatrixComponentTest.class.getResourceAsStream("/role-matrix.csv")) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .toList();
        }
        String[] head = lines.get(0).split(",");
        Map<String, Map<String, String>> matrix = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            assertEquals(head.length, cells.length, line);
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 1; i < cells.length; i++) {
                row.put(head[i], cells[i]);
            }
            matrix.put(cells[0], row);
        }
        return matrix;
    }
}
