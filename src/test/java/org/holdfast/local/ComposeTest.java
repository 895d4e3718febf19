// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the production form must be, read from its files. */
class ComposeTest {
    private static final Path DOCKER = Path.of("docker");

    @Test
    void it_is_the_proxy_the_server_keycloak_and_two_databases() throws IOException {
        assertEquals(
                Set.of("main-db", "shred-db", "keycloak", "server", "proxy"),
                services().keySet());
    }

    @Test
    void every_service_is_bound_hand_and_foot() throws IOException {
        services().forEach((name, service) -> {
            assertEquals(true, service.get("read_only"), name);
            assertEquals(List.of("ALL"), service.get("cap_drop"), name);
            assertEquals(List.of("no-new-privileges:true"), service.get("security_opt"), name);
            assertFalse(service.containsKey("privileged"), name);
            assertFalse(service.containsKey("network_mode"), name);
            assertFalse(service.containsKey("pid"), name);
            assertTrue(service.containsKey("mem_limit") && service.containsKey("pids_limit"), name);
            assertTrue(service.containsKey("healthcheck"), name);
            assertEquals(0, map(service.get("ulimits")).get("core"), name + " may leave its memory on the disk");
            if (!name.equals("proxy")) {
                assertTrue(String.valueOf(service.get("user")).matches("[1-9]\\d*:\\d+"), name + " runs as root");
                assertNull(service.get("cap_add"), name);
                assertNull(service.get("ports"), name + " has a port to the outside");
            }
        });
        assertEquals(List.of("NET_BIND_SERVICE"), services().get("proxy").get("cap_add"));
    }

    @Test
    void secrets_are_files_and_stand_nowhere_in_clear() throws IOException {
        services()
                .forEach((name, service) -> map(service.get("environment")).forEach((key, value) -> {
                    String upper = key.toUpperCase(java.util.Locale.ROOT);
                    boolean secret = upper.contains("PASSWORD") || upper.contains("SECRET") || upper.contains("_KEY");
                    assertTrue(!secret || String.valueOf(value).startsWith("/run/secrets/"), name + " " + key);
                }));
        map(load().get("secrets"))
                .forEach((name, place) ->
                        assertEquals("./secrets/" + name, map(place).get("file"), name));
    }

    @Test
    void the_databases_do_not_see_each_other_and_the_proxy_sees_neither() throws IOException {
        assertEquals(List.of("main-db"), services().get("main-db").get("networks"));
        assertEquals(List.of("shred-db"), services().get("shred-db").get("networks"));
        assertFalse(
                map(services().get("proxy").get("networks")).keySet().stream().anyMatch(n -> n.endsWith("-db")));
        map(load().get("networks")).forEach((name, network) -> {
            if (!name.equals("outside")) {
                assertEquals(true, map(network).get("internal"), name);
            }
        });
    }

    @Test
    void values_never_reach_the_log_of_a_database() throws IOException {
        for (String name : List.of("main-db", "shred-db")) {
            List<?> command = (List<?>) services().get(name).get("command");
            for (String setting : List.of(
                    "log_statement=none",
                    "log_parameter_max_length=0",
                    "log_parameter_max_length_on_error=0",
                    "log_min_error_statement=panic")) {
                assertTrue(command.contains(setting), name + " " + setting);
            }
        }
    }

    @Test
    void the_proxy_keeps_no_record_of_who_asked() throws IOException {
        String proxy = Files.readString(DOCKER.resolve("proxy/Caddyfile"));
        assertTrue(proxy.contains("exclude http.log.access http.log.error"));
        assertTrue(proxy.contains("header_up -X-Forwarded-For"));
        assertFalse(proxy.contains("encode "));
    }

    @Test
    void the_proxy_says_nothing_without_headers_and_leads_to_one_realm_only() throws IOException {
        String proxy = Files.readString(DOCKER.resolve("proxy/Caddyfile"));
        for (String header : List.of("Content-Security-Policy", "Cache-Control", "X-Content-Type-Options")) {
            assertTrue(proxy.contains("\t\t?" + header + " "), header);
        }
        assertTrue(proxy.contains("handle_errors {\n\t\timport headers\n"));
        assertTrue(proxy.contains("path /realms/holdfast/* /resources/*\n"));
        assertTrue(proxy.contains("not path *;*\n"));
        // Above the server's own limit, or nobody ever reads its page about it.
        assertTrue(proxy.contains("max_size 16MiB"));
    }

    @Test
    void no_file_names_a_registry() throws IOException {
        try (Stream<Path> files = Files.walk(DOCKER)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)
                    .filter(f -> !f.startsWith(DOCKER.resolve("secrets")))::iterator) {
                String text = Files.readString(file);
                assertFalse(
                        text.matches("(?s).*\\b(?:docker\\.io|quay\\.io|ghcr\\.io|registry\\.).*"), file.toString());
            }
        }
    }

    @Test
    void made_secrets_are_accepted_and_placeholders_refused(@TempDir Path folder) throws Exception {
        Path script = Files.copy(DOCKER.resolve("make-secrets"), folder.resolve("make-secrets"));
        assertEquals(0, run(folder, Map.of(), "bash", script.toString()));
        Path secrets = folder.resolve("secrets");
        assertEquals(
                "rwx------",
                java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)));
        String first = Files.readString(secrets.resolve("client_secret"));
        assertEquals(0, run(folder, Map.of(), "bash", script.toString()));
        assertEquals(first, Files.readString(secrets.resolve("client_secret")));
        map(load().get("secrets")).keySet().forEach(name -> assertTrue(Files.exists(secrets.resolve(name)), name));

        // A Keycloak that says whether it was reached.
        Path bin = Files.createDirectories(folder.resolve("keycloak/bin"));
        Path fake = Files.writeString(
                bin.resolve("kc.sh"), "#!/bin/bash\n[[ $HOLDFAST_SECRETS_CHECKED == true ]] && exit 42\n");
        assertTrue(fake.toFile().setExecutable(true));
        Map<String, String> settings = Map.of(
                "HOLDFAST_SECRETS",
                secrets.toString(),
                "KEYCLOAK_HOME",
                folder.resolve("keycloak").toString(),
                "HOLDFAST_DESK_URL",
                "https://desk.test",
                "KC_HOSTNAME",
                "https://login.test");
        String start = DOCKER.resolve("keycloak/start").toAbsolutePath().toString();
        assertEquals(42, run(folder, settings, "bash", start));
        Path client = secrets.resolve("client_secret");
        for (String bad : List.of(
                "change-me",
                "change-me-change-me-change-me",
                "${HOLDFAST_CLIENT_SECRET}xxxxxx",
                "a\"b-0123456789012345678901234")) {
            Files.delete(client);
            Files.writeString(client, bad);
            assertEquals(78, run(folder, settings, "bash", start), bad);
        }
        Files.delete(client);
        assertEquals(78, run(folder, settings, "bash", start));

        Files.copy(DOCKER.resolve(".env.example"), folder.resolve(".env"));
        assertEquals(78, run(folder, Map.of(), "bash", script.toString()));
    }

    private static int run(Path folder, Map<String, String> settings, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(settings);
        Process process = builder.start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return process.exitValue();
    }

    private static Map<String, Map<String, Object>> services() throws IOException {
        Map<String, Map<String, Object>> found = new java.util.TreeMap<>();
        map(load().get("services")).forEach((name, service) -> found.put(name, map(service)));
        return found;
    }

    private static Map<String, Object> load() throws IOException {
        return map(new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(DOCKER.resolve("compose.yaml"))));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }
}
