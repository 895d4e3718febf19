// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.util.Arrays;
import javax.crypto.Mac;

/**
 * A 32-byte key made ready for many sealings and openings: its key id and the inner state of its derivations are computed
 * once. Whoever creates one closes it. Safe for several threads.
 */
public final class SealingKey implements AutoCloseable {

    /** Length of the key in bytes. */
    public static final int LENGTH = 32;

    private final Mac derivation;
    private final byte[] keyId;
    private boolean closed;

    private SealingKey(Mac derivation, byte[] keyId) {
        this.derivation = derivation;
        this.keyId = keyId;
    }

    /**
     * Prepares a key, which stays with the caller and may be closed at once.
     *
     * @param key 32 uniformly random or derived bytes
     */
    public static SealingKey of(SecretBytes key) {
        byte[] bytes = key.reveal(LENGTH);
        byte[] keyId = Arrays.copyOf(Hashes.sha256(Kdf.commitment(key)), Envelope.KEY_ID_LENGTH);
        return new SealingKey(Macs.keyed(Macs.SHA512, bytes), keyId);
    }

    /** First 8 bytes of SHA-256 over the commitment of the key. */
    public byte[] keyId() {
        return keyId.clone();
    }

    /** HKDF-Expand with SHA-512 under this key, the info given in parts. */
    synchronized void expand(byte[] out, byte[]... info) {
        if (closed) {
            throw new IllegalStateException("the key is closed");
        }
        Kdf.expand(derivation, out, info);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Macs.forget(derivation);
        }
    }

    @Override
    public String toString() {
        return "SealingKey[redacted]";
    }
}
