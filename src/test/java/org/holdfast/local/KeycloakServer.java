// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Keycloak in production mode on the loopback interface, without its start script: the script's Java options of a big server cost
 * twice the start time. Not thread-safe.
 */
public final class KeycloakServer {
    static final String NAME = "keycloak";
    static final String REALM = "holdfast";

    /** What Keycloak bakes into itself once. The features off are doors nobody here needs. */
    static final List<String> BUILD = List.of(
            "build",
            "--db=postgres",
            "--cache=local",
            "--health-enabled=false",
            "--metrics-enabled=false",
            // Logins are kept in the database for seven days, and are never lines of a log file.
            "--spi-events-listener--jboss-logging--enabled=false",
            "--features-disabled=impersonation,device-flow,ciba");

    private final Path programs;
    private final Path data;
    private final Path realmFolder;
    private final Secrets secrets;
    private final Ports ports;
    private final String databaseUrl;
    private volatile @Nullable Child child;

    KeycloakServer(Path programs, Path data, Path realmFolder, Secrets secrets, Ports ports, String databaseUrl) {
        this.programs = programs;
        this.data = data;
        this.realmFolder = realmFolder;
        this.secrets = secrets;
        this.ports = ports;
        this.databaseUrl = databaseUrl;
    }

    /** Starts Keycloak and returns at once; {@link #awaitReady()} waits. */
    void launch(String deskUrl, boolean importRealm) throws IOException, InterruptedException {
        Child.endLeftover(NAME, data);
        Ports.requireFree(ports.keycloak(), "Keycloak");
        List<String> options = new ArrayList<>(List.of(
                "start",
                "--optimized",
                "--cache=local",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + ports.keycloak(),
                "--hostname=" + address(),
                "--log-level=info",
                // The theme is read where it is written, so that a change shows without a copy.
                "--spi-theme--folder--dir=" + realmFolder.resolve("themes").toAbsolutePath()));
        if (importRealm) {
            options.add("--import-realm");
            Path imports = Files.createDirectories(programs.resolve("data/import"));
            Files.copy(realmFile(), imports.resolve("holdfast-realm.json"), StandardCopyOption.REPLACE_EXISTING);
        }
        Map<String, String> settings = new HashMap<>();
        settings.put("KC_DB_URL", databaseUrl);
        settings.put("KC_DB_USERNAME", "keycloak");
        settings.put("KC_DB_PASSWORD", secrets.of(Secrets.KEYCLOAK));
        settings.put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
        settings.put("KC_BOOTSTRAP_ADMIN_PASSWORD", secrets.of(Secrets.ADMIN));
        settings.put("HOLDFAST_CLIENT_SECRET", secrets.of(Secrets.CLIENT));
        settings.put("HOLDFAST_DESK_URL", deskUrl);
        // The secret above was made at random a moment ago or on the first start; see keycloak-realm/README.md.
        settings.put("HOLDFAST_SECRETS_CHECKED", "true");
        forgetPacked();
        Path temporary = Files.createDirectories(data.resolve("tmp"));
        List<String> command = command(programs, options);
        command.add(1, "-Djava.io.tmpdir=" + temporary.toAbsolutePath());
        child = Child.start(NAME, data, command, settings);
    }

    /** Keycloak keeps what it packed for browsers by its own version only: a changed theme would not show. It packs anew. */
    private void forgetPacked() throws IOException {
        Path packed = programs.resolve("data/tmp/kc-gzip-cache");
        if (Files.isDirectory(packed)) {
            try (DirectoryStream<Path> versions = Files.newDirectoryStream(packed)) {
                for (Path version : versions) {
                    Folders.delete(version.resolve("login/holdfast"));
                }
            }
        }
    }

    /** Waits until the realm answers. */
    void awaitReady() throws IOException, InterruptedException {
        running()
                .awaitAnswer(
                        URI.create(issuer() + "/.well-known/openid-configuration"), Duration.ofMinutes(8), "Keycloak");
    }

    Path realmFile() {
        return realmFolder.resolve("holdfast-realm.json");
    }

    /** Where Keycloak answers, without a slash at the end. */
    public String address() {
        return "http://localhost:" + ports.keycloak();
    }

    /** The issuer of the tokens, which is the address of the realm. */
    public String issuer() {
        return address() + "/realms/" + REALM;
    }

    /** Refuses when it has ended by itself, with its last words. */
    void requireAlive() throws IOException {
        running().requireAlive();
    }

    private Child running() {
        Child running = child;
        if (running == null) {
            throw new IllegalStateException("Keycloak was not launched");
        }
        return running;
    }

    /** Ends Keycloak. Does nothing when it is not running. */
    public void stop() throws IOException, InterruptedException {
        Child running = child;
        if (running != null) {
            running.end(Duration.ofSeconds(15));
            child = null;
        }
    }

    /** The command line of one Keycloak in the given folder: quick to compile, small, without the start script. */
    static List<String> command(Path programs, List<String> options) {
        Path home = programs.toAbsolutePath();
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xms256m",
                "-Xmx768m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8",
                "-Duser.language=en",
                "-Dkc.home.dir=" + home,
                "-Djboss.server.config.dir=" + home.resolve("conf"),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dpicocli.disable.closures=true",
                "-Dquarkus-log-max-startup-records=10000",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                home.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
        words.addAll(options);
        return words;
    }
}
