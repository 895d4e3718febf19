// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.MLDSASigner;

/**
 * An ML-DSA-44 signing key (FIPS 204, pure, empty context string, hedged: two signatures of one message differ). Whoever
 * creates one closes it. Safe for several threads.
 */
public final class MlDsaKey implements AutoCloseable {

    /** Length of a seed in bytes. */
    public static final int SEED_LENGTH = 32;

    /** Length of a public key in bytes. */
    public static final int PUBLIC_KEY_LENGTH = 1312;

    /** Length of a signature in bytes. */
    public static final int SIGNATURE_LENGTH = 2420;

    private final MLDSAPrivateKeyParameters key;
    private final byte[] publicKey;

    private MlDsaKey(MLDSAPrivateKeyParameters key) {
        this.key = key;
        this.publicKey = key.getPublicKeyParameters().getEncoded();
    }

    /**
     * The key of a seed (xi in FIPS 204), which stays with the caller and may be closed at once.
     *
     * @param seed 32 uniformly random or derived bytes
     */
    public static MlDsaKey fromSeed(SecretBytes seed) {
        return new MlDsaKey(new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_44, seed.reveal(SEED_LENGTH)));
    }

    /** 1312 bytes. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** 2420 bytes. */
    public byte[] sign(byte[] message) {
        if (key.isDestroyed()) {
            throw new IllegalStateException("the key is closed");
        }
        MLDSASigner signer = new MLDSASigner();
        signer.init(true, new ParametersWithRandom(key, Randomness.source()));
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        key.destroy();
    }

    @Override
    public String toString() {
        return "MlDsaKey[redacted]";
    }
}
