// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The two servers, unpacked once for a machine below {@code dist/}. A folder is there whole or not at all: it is made beside its place and
 * moved there in one step, so that an interrupted start leaves nothing half-done behind.
 */
final class Dist {
    static final String POSTGRES_VERSION = "18.6";

    private final Path folder;
    private final Path keycloakZip;
    private final Platform platform;

    Dist(Path folder, Path keycloakZip, Platform platform) {
        this.folder = folder;
        this.keycloakZip = keycloakZip;
        this.platform = platform;
    }

    Path postgres() {
        return folder.resolve("postgres-" + POSTGRES_VERSION + "-" + platform.artifact());
    }

    Path keycloak() {
        // Other build options make another Keycloak.
        String build = Integer.toHexString(KeycloakServer.BUILD.hashCode());
        return folder.resolve("keycloak-" + keycloakVersion(keycloakZip) + "-" + build);
    }

    static String keycloakVersion(Path zip) {
        String name = zip.getFileName().toString();
        if (!name.matches("keycloak-quarkus-dist-[0-9.]+\\.zip")) {
            throw new Trouble("The Keycloak archive has an unexpected name: " + name + ".");
        }
        return name.substring("keycloak-quarkus-dist-".length(), name.length() - ".zip".length());
    }

    /** Unpacks what is not there yet and lets Keycloak build itself once; other programs wait meanwhile. */
    void prepare(Steps steps) throws IOException, InterruptedException {
        if (Files.exists(postgres()) && Files.exists(keycloak())) {
            return;
        }
        Folders.locked(folder, () -> {
            if (!Files.exists(postgres())) {
                steps.step("PostgreSQL " + POSTGRES_VERSION + " unpacked (once)", this::unpackPostgres);
            }
            if (!Files.exists(keycloak())) {
                Path half = half(keycloak());
                steps.step("Keycloak " + keycloakVersion(keycloakZip) + " unpacked (once)", () -> unpackKeycloak(half));
                steps.step("Keycloak built for PostgreSQL (once)", () -> buildKeycloak(half));
            }
            return folder;
        });
    }

    private Path unpackPostgres() throws IOException {
        Path half = half(postgres());
        try (InputStream archive = Dist.class.getResourceAsStream(platform.archive())) {
            if (archive == null) {
                throw new Trouble("PostgreSQL for this machine (" + platform.artifact()
                        + ") is not on the class path: check the profiles of pom.xml.");
            }
            Folders.untarXz(archive, half);
        }
        return Files.move(half, postgres(), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path unpackKeycloak(Path half) throws IOException {
        try (InputStream archive = Files.newInputStream(keycloakZip)) {
            Folders.unzip(archive, half);
        } catch (IOException e) {
            throw new Trouble(
                    "The archive " + keycloakZip
                            + " cannot be unpacked (an interrupted download?): delete it and start again.",
                    e);
        }
        return half;
    }

    private Path buildKeycloak(Path half) throws IOException, InterruptedException {
        Path inner;
        try (Stream<Path> children = Files.list(half)) {
            inner = children.filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow(() -> new Trouble(
                            "The archive " + keycloakZip + " holds no Keycloak: delete it and start again."));
        }
        Child.run("keycloak-build", folder, KeycloakServer.command(inner, KeycloakServer.BUILD), Map.of());
        Files.move(inner, keycloak(), StandardCopyOption.ATOMIC_MOVE);
        Folders.delete(half);
        return keycloak();
    }

    private static Path half(Path whole) throws IOException {
        Path half = whole.resolveSibling(whole.getFileName() + ".half");
        Folders.delete(half);
        return Files.createDirectories(half);
    }

    /** What the template of a data folder depends on, beside the realm. */
    List<String> versions() {
        return List.of(POSTGRES_VERSION, keycloakVersion(keycloakZip), platform.artifact());
    }
}
