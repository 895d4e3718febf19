// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

class ChunkedEncryptionTest {

    @Test
    void wycheproof_35_of_35() throws Exception {
        int passed = 0;
        for (Vectors.Case c : Vectors.wycheproof("c2sp_chunked_encryption_aes_256_gcm_test.json")) {
            // The ciphertexts of this file are compressed before they are written in hexadecimal.
            byte[] sealed = inflate(c.bytes("ct"));
            byte[] context = c.bytes("ctx");
            if (c.bytes("key").length != SealingKey.LENGTH) {
                assertThrows(
                        IllegalArgumentException.class, () -> SealingKey.of(SecretBytes.of(c.bytes("key"))), c.name());
            } else {
                try (SecretBytes bytes = SecretBytes.of(c.bytes("key"));
                        SealingKey key = SealingKey.of(bytes)) {
                    if (c.isValid()) {
                        byte[] plain = ChunkedEncryption.open(key, context, sealed, 0);
                        assertEquals(c.test().get("msgLength").asInt(), plain.length, c.name());
                        assertArrayEquals(
                                c.bytes("msgSha512"),
                                MessageDigest.getInstance("SHA-512").digest(plain),
                                c.name());
                        byte[] salt = Arrays.copyOf(sealed, ChunkedEncryption.SALT);
                        assertArrayEquals(
                                sealed, ChunkedEncryption.seal(key, salt, context, plain, plain.length, 0), c.name());
                    } else {
                        assertThrows(Tampered.class, () -> ChunkedEncryption.open(key, context, sealed, 0), c.name());
                    }
                }
            }
            passed++;
        }
        assertEquals(35, passed);
    }

    @Test
    void every_length_around_the_edges_of_a_chunk_comes_back() throws Tampered {
        int chunk = ChunkedEncryption.CHUNK;
        for (int length : new int[] {0, 1, chunk - 1, chunk, chunk + 1, 2 * chunk, 2 * chunk + 1, 5 * chunk + 77}) {
            try (SecretBytes bytes = Samples.key("chunks");
                    SealingKey key = SealingKey.of(bytes)) {
                byte[] plain = Samples.content(length);
                byte[] sealed = ChunkedEncryption.seal(key, new byte[24], new byte[0], plain, length, 0);
                assertEquals(ChunkedEncryption.sealedLength(length), sealed.length);
                assertArrayEquals(plain, ChunkedEncryption.open(key, new byte[0], sealed, 0));
            }
        }
    }

    private static byte[] inflate(byte[] compressed) throws IOException {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(compressed))) {
            return in.readAllBytes();
        }
    }
}
