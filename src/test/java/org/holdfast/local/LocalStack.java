// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A PostgreSQL and a Keycloak that belong together, with their data folder, their secrets and the settings the server needs to use them.
 *
 * <p>A stack begins as a copy of a template: a data folder in which Keycloak has made its tables and imported the realm already, which
 * takes a minute and is done once for a realm file. Not thread-safe; {@link #close()} may be called from a shutdown hook at any time,
 * and is when the JVM ends.
 */
public final class LocalStack implements AutoCloseable {
    /** The desk's address in a template; a stack with another one tells Keycloak. */
    private static final String TEMPLATE_DESK = "http://localhost:18081";

    private static final String COMPLETE = "complete";

    /** Counts up when {@link #makeTemplate} makes something else than before. */
    private static final String TEMPLATE_REVISION = "3";

    private final Path data;
    private final Ports ports;
    private final Secrets secrets;
    private final PostgresServer postgres;
    private final KeycloakServer keycloak;
    private final List<HoldfastServer> servers = new CopyOnWriteArrayList<>();

    private LocalStack(Place place, Path data, Ports ports, boolean durable) throws IOException {
        this.data = data;
        this.ports = ports;
        this.secrets = Secrets.in(data);
        this.postgres =
                new PostgresServer(place.dist().postgres(), data, secrets, ports.postgres(), durable, place.runAs());
        this.keycloak = new KeycloakServer(
                place.dist().keycloak(), data, place.realmFolder(), secrets, ports, postgres.url("keycloak"));
    }

    /** The stack of a test: free ports, data that a crash may lose, below {@code target/}. Not yet started. */
    public static LocalStack forTests(Steps steps) throws IOException, InterruptedException {
        return ofTemplate(Place.here(), Path.of("target/test-stack").toAbsolutePath(), Ports.forTests(), false, steps);
    }

    /** As {@link #forTests}, in a folder of its own and with fsync on: for tests that cut the power. */
    public static LocalStack forCrashTests(Path folder, Steps steps) throws IOException, InterruptedException {
        return ofTemplate(Place.here(), folder, Ports.forTests(), true, steps);
    }

    /** The stack of the run command: fixed ports, data that stays. */
    static LocalStack forRun(Steps steps) throws IOException, InterruptedException {
        Place place = Place.here();
        place.dist().prepare(steps);
        Path data = place.home().resolve("run");
        if (!Files.exists(data.resolve(COMPLETE))) {
            if (Files.exists(data) && Files.exists(data.resolve("pgdata"))) {
                throw new Trouble("The data folder " + data + " is half-written: delete that folder and start again.");
            }
            Path template = template(place, steps);
            steps.step("Data folder made", () -> copyOf(template, data));
        } else if (!Files.readString(data.resolve(COMPLETE)).equals(fingerprint(place))) {
            steps.say(
                    "The realm file or a server's version is not that of this data folder, which keeps its old realm; to begin anew,"
                            + " delete " + data);
        }
        return new LocalStack(place, data, Ports.RUN, true);
    }

    /** Refuses before anything is made when another program sits on one of the run command's ports; a PostgreSQL to be adopted may. */
    static void requireFreePorts(Path data) throws IOException {
        Ports ports = Ports.RUN;
        if (PostgresServer.living(data.resolve("pgdata/postmaster.pid")).isEmpty()) {
            ports.requireFree();
        } else {
            Ports.requireFree(ports.server(), "the Holdfast server");
            Ports.requireFree(ports.keycloak(), "Keycloak");
            Ports.requireFree(ports.management(), "health and metrics");
        }
    }

    private static LocalStack ofTemplate(Place place, Path data, Ports ports, boolean durable, Steps steps)
            throws IOException, InterruptedException {
        place.dist().prepare(steps);
        Path template = template(place, steps);
        Child.endLeftover(KeycloakServer.NAME, data);
        Child.endLeftover(PostgresServer.NAME, data);
        Folders.delete(data);
        copyOf(template, data);
        LocalStack stack = new LocalStack(place, data, ports, durable);
        stack.closedAtExit();
        return stack;
    }

    private static Path copyOf(Path template, Path data) throws IOException {
        Path half = half(data);
        Folders.delete(half);
        Folders.copy(template, half);
        return Files.move(half, data);
    }

    /** Where a data folder is made, before it is moved into place whole. */
    static Path half(Path data) {
        return data.resolveSibling(data.getFileName() + ".half");
    }

    /** The template for this realm file and these versions; the first who needs it makes it. */
    private static Path template(Place place, Steps steps) throws IOException, InterruptedException {
        Path template = place.home().resolve("template-" + fingerprint(place));
        return Folders.locked(place.home().resolve("dist"), () -> {
            if (!Files.exists(template.resolve(COMPLETE))) {
                steps.step(
                        "Template with Keycloak's tables and the realm made (once)",
                        () -> makeTemplate(place, template));
            }
            return template;
        });
    }

    private static Path makeTemplate(Place place, Path template) throws IOException, InterruptedException {
        Path half = half(template);
        Child.endLeftover(KeycloakServer.NAME, half);
        Child.endLeftover(PostgresServer.NAME, half);
        Folders.delete(half);
        try (LocalStack stack = new LocalStack(place, half, Ports.forTests(), false)) {
            Thread hook = stack.closedAtExit();
            stack.postgres.start();
            stack.keycloak.launch(TEMPLATE_DESK, true);
            stack.keycloak.awaitReady();
            KeycloakAdmin admin = KeycloakAdmin.of(stack.keycloak, stack.secrets);
            admin.allowPasswordAlone();
            for (DemonstrationLogin login : DemonstrationLogin.ORGANISATION) {
                admin.addLogin(login);
            }
            stack.close();
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        Folders.delete(half.resolve("log"));
        Folders.delete(half.resolve("tmp"));
        Files.writeString(half.resolve(COMPLETE), fingerprint(place));
        return Files.move(half, template);
    }

    private static String fingerprint(Place place) throws IOException {
        byte[] realm = Files.readAllBytes(place.realmFolder().resolve("holdfast-realm.json"));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(realm);
            digest.update(TEMPLATE_REVISION.getBytes(StandardCharsets.UTF_8));
            digest.update(String.join(" ", place.dist().versions()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts both servers and waits for both. */
    public void start(Steps steps) throws IOException, InterruptedException {
        startPostgres(steps);
        launchKeycloak();
        awaitKeycloak(steps);
    }

    /** Starts PostgreSQL alone and waits for it. */
    public void startPostgres(Steps steps) throws IOException, InterruptedException {
        steps.step("PostgreSQL started", () -> {
            postgres.start();
            return postgres;
        });
    }

    /** Starts Keycloak and returns at once. */
    public void launchKeycloak() throws IOException, InterruptedException {
        keycloak.launch(deskUrl(), false);
    }

    /** Waits until Keycloak answers. */
    public void awaitKeycloak(Steps steps) throws IOException, InterruptedException {
        steps.step("Keycloak ready", () -> {
            keycloak.awaitReady();
            Path moved = data.resolve("desk-moved");
            if (!deskUrl().equals(TEMPLATE_DESK) && !Files.exists(moved)) {
                KeycloakAdmin.of(keycloak, secrets).moveDesk(TEMPLATE_DESK, deskUrl());
                Files.createFile(moved);
            }
            return keycloak;
        });
    }

    /** Adds a login at Keycloak; one that is there is left as it is. */
    public void addLogin(DemonstrationLogin login) throws IOException, InterruptedException {
        KeycloakAdmin.of(keycloak, secrets).addLogin(login);
    }

    /** Everything this stack keeps: database files, logs, temporary files, secrets. */
    public Path data() {
        return data;
    }

    public PostgresServer postgres() {
        return postgres;
    }

    public KeycloakServer keycloak() {
        return keycloak;
    }

    Ports ports() {
        return ports;
    }

    /** The origin of the desk, without a slash at the end. */
    public String deskUrl() {
        return "http://" + deskHost();
    }

    /** The origin of the report door, without a slash at the end. */
    public String reportUrl() {
        return "http://" + reportHost();
    }

    private String deskHost() {
        return "localhost:" + ports.server();
    }

    private String reportHost() {
        return "127.0.0.1:" + ports.server();
    }

    /** What the server must know, under the names it reads, for its environment or as configuration values. */
    public Map<String, String> serverSettings() throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("HOLDFAST_DB_URL", postgres.url("holdfast"));
        login(settings, "HOLDFAST_DB_APP", "holdfast_app", Secrets.APP);
        login(settings, "HOLDFAST_DB_OWNER", "holdfast_owner", Secrets.OWNER);
        login(settings, "HOLDFAST_DB_LOG", "holdfast_log", Secrets.LOG);
        settings.put("HOLDFAST_SHRED_URL", postgres.url("holdfast_shred"));
        login(settings, "HOLDFAST_SHRED", "holdfast_shred", Secrets.SHRED);
        login(settings, "HOLDFAST_SHRED_OWNER", "holdfast_owner", Secrets.OWNER);
        settings.put("HOLDFAST_OIDC_URL", keycloak.issuer());
        settings.put("HOLDFAST_OIDC_CLIENT_SECRET", secrets.of(Secrets.CLIENT));
        // An Ed25519 seed and an ML-DSA-44 seed, 32 bytes each.
        settings.put(
                "HOLDFAST_LOG_SIGNING_KEY_FILE",
                secrets.keyFile("log-signing.key", 64).toString());
        settings.put(
                "HOLDFAST_TICKET_KEY_FILE", secrets.keyFile("ticket.key", 32).toString());
        settings.put("HOLDFAST_TOKEN_KEY_FILE", secrets.keyFile("token.key", 32).toString());
        settings.put(
                "HOLDFAST_KEPT_CHECKPOINT_FILE", data.resolve("log.checkpoint").toString());
        settings.put("HOLDFAST_PIN_FILE", data.resolve("directory.pin").toString());
        // Nobody waits an hour to see what he is trying out.
        settings.put("HOLDFAST_REPLY_DELAY_MIN", "PT0S");
        settings.put("HOLDFAST_REPLY_DELAY_MAX", "PT5S");
        settings.put("HOLDFAST_LOG_REPORT_DOOR", "at-once");
        settings.put("HOLDFAST_REPORT_HOST", reportHost());
        settings.put("HOLDFAST_DESK_HOST", deskHost());
        settings.put("QUARKUS_HTTP_PORT", String.valueOf(ports.server()));
        settings.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(ports.management()));
        return settings;
    }

    private void login(Map<String, String> settings, String prefix, String user, String secret) {
        settings.put(prefix + "_USER", user);
        settings.put(prefix + "_PASSWORD", secrets.of(secret));
    }

    String adminPassword() {
        return secrets.of(Secrets.ADMIN);
    }

    String superuserPassword() {
        return secrets.of(Secrets.SUPERUSER);
    }

    private Thread closedAtExit() {
        return Ending.brings("local stack stops", this::close);
    }

    /** Takes in a server that works on this stack and is stopped with it. */
    void serves(HoldfastServer server) {
        servers.add(server);
    }

    /** Stops the servers that work on it, then Keycloak, then PostgreSQL. A second call does nothing. */
    @Override
    public synchronized void close() {
        try {
            for (HoldfastServer server : servers) {
                server.stop();
            }
            keycloak.stop();
            postgres.stop();
        } catch (IOException e) {
            throw new Trouble("The local stack did not stop cleanly: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
