// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * One message of Cobblestone-256: C2SP chunked-encryption with SHA-512 and AES-256-GCM.
 *
 * <pre>
 * salt 24 | commitment 32 | chunk 0 | chunk 1 | … | last chunk
 * key 32 | base nonce 12 | commitment 32 =
 *     HKDF-Expand(input key, "c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM" 00 | salt | context)
 * </pre>
 *
 * <p>A chunk holds 16 KiB and a 16-byte tag; the last one is always shorter and may be empty, which is what shows a cut.
 * The nonce of a chunk is the base nonce with the chunk's number added by exclusive or. Not safe for several threads;
 * closing overwrites the message key.
 */
final class ChunkedEncryption implements AutoCloseable {

    static final int SALT = 24;
    static final int PREFIX = SALT + 32;
    static final int CHUNK = 16 << 10;
    static final int TAG = 16;
    static final int SEALED_CHUNK = CHUNK + TAG;

    private static final byte[] LABEL =
            "c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY = 32;
    private static final int NONCE = 12;
    private static final long MAX_CHUNKS = 1L << 38;

    private final byte[] derived = new byte[KEY + NONCE + 32];
    private final BorrowedKey messageKey;
    private final Cipher cipher;
    private final int mode;
    private long chunk;

    private ChunkedEncryption(int mode, SealingKey key, byte[] salt, byte[] context) {
        key.expand(derived, LABEL, salt, context);
        this.mode = mode;
        this.messageKey = new BorrowedKey(Arrays.copyOf(derived, KEY), "AES");
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Begins a message and writes its salt and commitment into the 56 bytes from the given place. */
    static ChunkedEncryption sealing(SealingKey key, byte[] salt, byte[] context, byte[] out, int offset) {
        ChunkedEncryption message = new ChunkedEncryption(Cipher.ENCRYPT_MODE, key, salt, context);
        System.arraycopy(salt, 0, out, offset, SALT);
        System.arraycopy(message.derived, KEY + NONCE, out, offset + SALT, PREFIX - SALT);
        return message;
    }

    /**
     * Begins to open a message from its 56 bytes of salt and commitment.
     *
     * @throws Tampered if key and context are not those it was sealed under
     */
    static ChunkedEncryption opening(SealingKey key, byte[] context, byte[] sealed, int offset) throws Tampered {
        if (sealed.length - offset < PREFIX) {
            throw new Tampered("too short for salt and commitment");
        }
        byte[] salt = Arrays.copyOfRange(sealed, offset, offset + SALT);
        ChunkedEncryption message = new ChunkedEncryption(Cipher.DECRYPT_MODE, key, salt, context);
        byte[] expected = Arrays.copyOfRange(message.derived, KEY + NONCE, message.derived.length);
        byte[] found = Arrays.copyOfRange(sealed, offset + SALT, offset + PREFIX);
        if (!MessageDigest.isEqual(expected, found)) {
            message.close();
            throw new Tampered("commitment");
        }
        return message;
    }

    /** A whole message: the given bytes and a prefix of as many free bytes as asked for. */
    static byte[] seal(SealingKey key, byte[] salt, byte[] context, byte[] plain, int length, int headroom) {
        byte[] out = new byte[Math.toIntExact(headroom + sealedLength(length))];
        try (ChunkedEncryption message = sealing(key, salt, context, out, headroom)) {
            int to = headroom + PREFIX;
            for (int from = 0; from <= length; from += CHUNK) {
                to += message.next(plain, from, Math.min(CHUNK, length - from), out, to);
            }
            return out;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Opens a whole message that begins at the given place and ends with the array. Gives all of it or nothing.
     *
     * @throws Tampered if anything of it is not as it was sealed
     */
    static byte[] open(SealingKey key, byte[] context, byte[] sealed, int offset) throws Tampered {
        try (ChunkedEncryption message = opening(key, context, sealed, offset)) {
            int body = sealed.length - offset - PREFIX;
            int full = body / SEALED_CHUNK;
            int rest = body - full * SEALED_CHUNK;
            if (rest < TAG) {
                throw new Tampered("cut off");
            }
            byte[] plain = new byte[full * CHUNK + rest - TAG];
            int from = offset + PREFIX;
            int to = 0;
            for (int i = 0; i <= full; i++) {
                int length = Math.min(SEALED_CHUNK, sealed.length - from);
                to += message.next(sealed, from, length, plain, to);
                from += length;
            }
            return plain;
        } catch (AEADBadTagException e) {
            throw new Tampered("tag");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Length of a sealed message of this many bytes. */
    static long sealedLength(long plain) {
        return PREFIX + plain + (plain / CHUNK + 1) * TAG;
    }

    /** Seals or opens the next chunk; the caller sees to it that all but the last are full. Returns the bytes written. */
    int next(byte[] in, int from, int length, byte[] out, int to) throws GeneralSecurityException {
        if (chunk >= MAX_CHUNKS) {
            throw new IllegalStateException("a message has at most 2^38 chunks");
        }
        byte[] nonce = Arrays.copyOfRange(derived, KEY, KEY + NONCE);
        for (int i = 0; i < 5; i++) {
            nonce[NONCE - 1 - i] ^= (byte) (chunk >>> (8 * i));
        }
        chunk++;
        cipher.init(mode, messageKey, new GCMParameterSpec(8 * TAG, nonce));
        return cipher.doFinal(in, from, length, out, to);
    }

    @Override
    public void close() {
        Arrays.fill(derived, (byte) 0);
        messageKey.wipe();
    }
}
