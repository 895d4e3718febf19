// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The random number that the page after sending carries and whose SHA-256 is inside the sealed report: what is added later counts only
 * with it, because whoever can write into the database does not know it.
 */
final class Proof {
    private static final int LENGTH = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Proof() {}

    static byte[] random() {
        byte[] proof = new byte[LENGTH];
        RANDOM.nextBytes(proof);
        return proof;
    }

    static byte[] hash(byte[] proof) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(proof);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(byte[] proof) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(proof);
    }

    static Optional<byte[]> read(@Nullable String text) {
        if (text == null || text.length() > 2 * LENGTH) {
            return Optional.empty();
        }
        try {
            byte[] proof = Base64.getUrlDecoder().decode(text);
            return proof.length == LENGTH ? Optional.of(proof) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
