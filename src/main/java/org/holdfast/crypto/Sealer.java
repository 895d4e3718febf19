// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Seals bytes under a symmetric key and opens them again.
 *
 * <pre>header 16 | salt 24 | commitment 32 | chunks of AES-256-GCM</pre>
 *
 * <p>What opens was sealed by a holder of the key, as this type and under this very context, and is complete; everything
 * else is {@link Tampered}. The content is padded first, so that only the bucket of its length shows (256 bytes, 1, 4, 16,
 * 64 KiB, above that Padmé; files at least 64 KiB). Sealing the same content twice gives different bytes. At most 2^32
 * objects are sealed under one key. Formats: {@link Envelope}, {@link Context}, C2SP chunked-encryption. All methods are
 * safe for several threads.
 */
public final class Sealer {

    private Sealer() {}

    /**
     * Seals content. Prepare a {@link SealingKey} when more than one object is sealed or opened under the same key.
     *
     * @param epoch key epoch for the header
     * @param key 32 bytes
     * @param plain stays with the caller; at most about 1.8 GB, anything big is better streamed
     */
    public static byte[] seal(ObjectType type, int epoch, SecretBytes key, Context context, byte[] plain) {
        try (SealingKey prepared = SealingKey.of(key)) {
            return seal(type, epoch, prepared, context, plain);
        }
    }

    /** Seals content under a prepared key. */
    public static byte[] seal(ObjectType type, int epoch, SealingKey key, Context context, byte[] plain) {
        return seal(type, epoch, key, context, plain, Randomness.bytes(ChunkedEncryption.SALT));
    }

    static byte[] seal(ObjectType type, int epoch, SealingKey key, Context context, byte[] plain, byte[] salt) {
        byte[] header = new Envelope(Suite.HF1, type, epoch, key.keyId()).encode();
        byte[] padded = Arrays.copyOf(plain, Math.toIntExact(Padding.padded(type, plain.length)));
        padded[plain.length] = Padding.MARK;
        byte[] sealed =
                ChunkedEncryption.seal(key, salt, context.bytes(header), padded, padded.length, Envelope.LENGTH);
        Arrays.fill(padded, (byte) 0);
        System.arraycopy(header, 0, sealed, 0, Envelope.LENGTH);
        return sealed;
    }

    /**
     * Opens what {@link #seal} gave.
     *
     * @param expected the only type that is accepted
     * @param context where the object was found
     * @return the content, the caller's to overwrite
     * @throws Tampered if it is not exactly that
     */
    public static byte[] open(ObjectType expected, SecretBytes key, Context context, byte[] sealed) throws Tampered {
        try (SealingKey prepared = SealingKey.of(key)) {
            return open(expected, prepared, context, sealed);
        }
    }

    /** Opens under a prepared key. */
    public static byte[] open(ObjectType expected, SealingKey key, Context context, byte[] sealed) throws Tampered {
        Envelope header = Envelope.parse(sealed, expected, key.keyId());
        byte[] padded = ChunkedEncryption.open(key, context.bytes(header), sealed, Envelope.LENGTH);
        byte[] plain = Arrays.copyOf(padded, Padding.contentLength(expected, padded, padded.length));
        Arrays.fill(padded, (byte) 0);
        return plain;
    }

    /** How many bytes {@link #seal} and {@link #sealing} give for content of this length. */
    public static long sealedLength(ObjectType type, long plainLength) {
        return Envelope.LENGTH + ChunkedEncryption.sealedLength(Padding.padded(type, plainLength));
    }

    /**
     * Seals while content streams through, in constant memory, to the same format as {@link #seal}. The object is complete
     * only after {@code close()}, which writes the padding and closes {@code out}; abandon the target after any failure.
     *
     * @throws IOException if the header cannot be written
     */
    public static OutputStream sealing(ObjectType type, int epoch, SealingKey key, Context context, OutputStream out)
            throws IOException {
        return new SealingStream(type, epoch, key, context, out);
    }

    /**
     * Opens while content streams through, in constant memory. Every byte that is read has been authenticated, but only
     * reaching the end proves that nothing is missing: use nothing before. Later damage is an {@link IOException} whose
     * cause is {@link Tampered}, now and on every further read.
     *
     * @throws Tampered if header, key, type or context do not fit
     * @throws IOException if {@code in} cannot be read
     */
    public static InputStream opening(ObjectType expected, SealingKey key, Context context, InputStream in)
            throws Tampered, IOException {
        return new OpeningStream(expected, key, context, in);
    }
}
