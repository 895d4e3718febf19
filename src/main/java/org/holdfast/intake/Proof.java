// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.rules.report.Answers;
import org.holdfast.rules.report.ReportKind;
import org.jspecify.annotations.Nullable;

/**
 * The secret number that the page after sending carries and whose SHA-256 is inside the sealed report: what is added later counts only
 * with it, because whoever can write into the database does not know it. It follows from the page that was sent, so that the same page,
 * sent again, knows it again. ADR 0007.
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

    /** The proof of a report that is sent from that page: SHA-256 of a name and the page's 16 random bytes, which nobody stores. */
    static byte[] ofPage(byte[] page) {
        return sha256("holdfast/v1/report-proof".getBytes(StandardCharsets.US_ASCII), page);
    }

    /**
     * The id of the report with this proof and these answers, as random as the proof to whoever does not know it: the stored report
     * has this id if, and only if, it was sent from that page and nothing was changed in between.
     */
    static UUID reportId(byte[] proof, ReportKind kind, Answers content, Answers identity) {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        write(told, kind.code());
        for (Answers answers : List.of(content, identity)) {
            write(told, Integer.toString(answers.values().size()));
            answers.values().forEach((input, values) -> {
                write(told, input);
                write(told, Integer.toString(values.size()));
                values.forEach(value -> write(told, value));
            });
        }
        ByteBuffer id = ByteBuffer.wrap(
                sha256("holdfast/v1/report-id".getBytes(StandardCharsets.US_ASCII), proof, told.toByteArray()));
        // With the marks of a random one: version 4, variant 2.
        return new UUID((id.getLong() & ~0xf000L) | 0x4000L, (id.getLong() & (-1L >>> 2)) | Long.MIN_VALUE);
    }

    private static void write(ByteArrayOutputStream to, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
        to.writeBytes(bytes);
    }

    static byte[] hash(byte[] proof) {
        return sha256(proof);
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
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
