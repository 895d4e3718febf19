// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Settings of the room {@code web}: {@code holdfast.web.…}. */
@ConfigMapping(prefix = "holdfast.web")
public interface WebConfig {
    /** The host name, with its port where the address shows one, under which the report door answers. */
    String reportHost();

    /** The host name, likewise, under which desk and oversight answer; not the report door's. */
    String deskHost();

    /** Whether a proxy in front speaks TLS: then {@code Strict-Transport-Security} is sent. */
    @WithDefault("false")
    boolean behindTls();

    /** The onion address of the report door, announced on its first page only. */
    Optional<String> onionLocation();

    /** File with the key of the form tickets: at least 32 bytes in base64, the same on every node. */
    Path ticketKeyFile();
}
