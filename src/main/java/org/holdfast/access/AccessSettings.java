// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.access;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Logins: {@code holdfast.access.…}. */
@ConfigMapping(prefix = "holdfast.access")
interface AccessSettings {

    /** File with 32 random bytes in base64, under which tokens are sealed; the same on every node. */
    Path tokenKeyFile();
}
