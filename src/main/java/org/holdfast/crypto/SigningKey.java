// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 signing key (RFC 8032, pure). Whoever creates one closes it. Safe for several threads. */
public final class SigningKey implements AutoCloseable {

    /** Length of a seed in bytes. */
    public static final int SEED_LENGTH = 32;

    /** Length of a public key in bytes. */
    public static final int PUBLIC_KEY_LENGTH = 32;

    /** Length of a signature in bytes. */
    public static final int SIGNATURE_LENGTH = 64;

    private final SecretBytes seed;
    private final byte[] publicKey;

    private SigningKey(SecretBytes seed, byte[] publicKey) {
        this.seed = seed;
        this.publicKey = publicKey;
    }

    /**
     * The key of a seed, which stays with the caller and may be closed at once.
     *
     * @param seed 32 uniformly random or derived bytes
     */
    public static SigningKey fromSeed(SecretBytes seed) {
        byte[] publicKey = new byte[PUBLIC_KEY_LENGTH];
        Ed25519.generatePublicKey(seed.reveal(SEED_LENGTH), 0, publicKey, 0);
        return new SigningKey(SecretBytes.copyOf(seed.reveal()), publicKey);
    }

    /** 32 bytes. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** 64 bytes; the same for the same message. */
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[SIGNATURE_LENGTH];
        Ed25519.sign(seed.reveal(), 0, publicKey, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    @Override
    public void close() {
        seed.close();
    }

    @Override
    public String toString() {
        return "SigningKey[redacted]";
    }
}
