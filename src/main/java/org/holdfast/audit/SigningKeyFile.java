// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** The file with the seeds of both keys that sign checkpoints: 64 bytes in base64, Ed25519 first, ML-DSA-44 second. */
final class SigningKeyFile {
    private static final int SEEDS = 64;

    private SigningKeyFile() {}

    /**
     * The seeds, for the caller to overwrite.
     *
     * @throws IllegalStateException if the file cannot be read or is not in its form; the message names the setting only
     */
    static byte[] read(Path file) {
        byte[] seeds;
        try {
            seeds = Base64.getMimeDecoder().decode(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalStateException("holdfast.log.signing-key-file cannot be read", e);
        }
        if (seeds.length != SEEDS) {
            throw new IllegalStateException("holdfast.log.signing-key-file does not hold 64 bytes in base64");
        }
        return seeds;
    }
}
