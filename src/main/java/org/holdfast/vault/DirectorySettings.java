// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where the directory begins: {@code holdfast.directory.…}. */
@ConfigMapping(prefix = "holdfast.directory")
interface DirectorySettings {

    /** SHA-256 of the founding statement, 64 hexadecimal digits. A server with a directory and without it does not start. */
    Optional<String> pin();

    /** A file with the pin; written once, when the organisation is founded and it is absent. */
    Optional<Path> pinFile();
}
