// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.hpke.HPKE;
import org.jspecify.annotations.Nullable;

/**
 * A key pair that secrets are wrapped to: X-Wing, that is X25519 and ML-KEM-768 together (draft-connolly-cfrg-xwing-kem).
 *
 * <p>The 32-byte seed is the whole private key; the same seed always gives the same pair. Expanding it takes a quarter of
 * a millisecond, so a pair is worth keeping for the length of a request. Bouncy Castle's copy of the seed cannot be
 * overwritten; closing drops it. Safe for several threads.
 */
public final class XWingKeyPair implements AutoCloseable {

    /** Length of a seed in bytes. */
    public static final int SEED_LENGTH = 32;

    /** Length of a public key in bytes: ML-KEM-768 1184, X25519 32. */
    public static final int PUBLIC_KEY_LENGTH = 1216;

    private final byte[] publicKey;
    private volatile @Nullable AsymmetricCipherKeyPair pair;

    private XWingKeyPair(AsymmetricCipherKeyPair pair, byte[] publicKey) {
        this.pair = pair;
        this.publicKey = publicKey;
    }

    /**
     * Expands a seed, which stays with the caller.
     *
     * @param seed 32 uniformly random or derived bytes
     */
    public static XWingKeyPair fromSeed(SecretBytes seed) {
        HPKE hpke = Wrapper.hpke();
        AsymmetricCipherKeyPair pair = hpke.deserializePrivateKey(seed.reveal(SEED_LENGTH), null);
        return new XWingKeyPair(pair, hpke.serializePublicKey(pair.getPublic()));
    }

    /** 1216 bytes. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** First 8 bytes of SHA-256 over the public key. */
    public byte[] keyId() {
        return keyId(publicKey);
    }

    /** The key id of somebody's public key. */
    public static byte[] keyId(byte[] publicKey) {
        if (publicKey.length != PUBLIC_KEY_LENGTH) {
            throw new IllegalArgumentException("an X-Wing public key has 1216 bytes");
        }
        return Arrays.copyOf(Hashes.sha256(publicKey), Envelope.KEY_ID_LENGTH);
    }

    AsymmetricCipherKeyPair pair() {
        AsymmetricCipherKeyPair open = pair;
        if (open == null) {
            throw new IllegalStateException("the key pair is closed");
        }
        return open;
    }

    @Override
    public void close() {
        pair = null;
    }

    @Override
    public String toString() {
        return "XWingKeyPair[redacted]";
    }
}
