// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where things are on this machine.
 *
 * @param home everything the local stack keeps, {@code .local} or {@code -Dholdfast.local.dir}
 * @param realmFolder the project's {@code keycloak-realm}
 */
record Place(Path home, Path realmFolder, Dist dist, RunAs runAs) {
    static Place here() {
        Platform.requireJava(Runtime.version().feature());
        Path home = Path.of(System.getProperty("holdfast.local.dir", ".local"))
                .toAbsolutePath()
                .normalize();
        String zip = System.getProperty("holdfast.local.keycloak-zip", "");
        if (zip.isEmpty() || !Files.exists(Path.of(zip))) {
            throw new Trouble(
                    "The Keycloak archive is not at hand: start through Maven, which fetches it (mvn -Plocal).");
        }
        Path realm = Path.of(System.getProperty("holdfast.local.realm", "keycloak-realm"))
                .toAbsolutePath();
        return new Place(home, realm, new Dist(home.resolve("dist"), Path.of(zip), Platform.here()), RunAs.here());
    }
}
