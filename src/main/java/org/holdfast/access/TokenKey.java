// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import org.holdfast.crypto.SecretBytes;

/** The server's key for tokens, read at start. */
@ApplicationScoped
class TokenKey {

    private static final int LENGTH = 32;

    private final SecretBytes key;

    TokenKey(AccessSettings settings) {
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder()
                    .decode(Files.readString(settings.tokenKeyFile(), StandardCharsets.US_ASCII)
                            .strip());
        } catch (IOException e) {
            throw new UncheckedIOException("the file of holdfast.access.token-key-file cannot be read", e);
        }
        if (bytes.length < LENGTH) {
            throw new IllegalStateException(
                    "the file of holdfast.access.token-key-file does not hold 32 bytes in base64");
        }
        this.key = SecretBytes.of(bytes);
    }

    SecretBytes key() {
        return key;
    }
}
