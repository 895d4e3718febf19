// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;

/**
 * Wraps a secret to a public key, and unwraps it with the key pair: HPKE (RFC 9180), base mode, one message, X-Wing
 * (0x647a), HKDF-SHA256, AES-256-GCM.
 *
 * <pre>header 16 | encapsulated key 1120 | secret and tag</pre>
 *
 * <p>The info is {@code holdfast/v1/} and the type's name in lower case; the associated data is the {@link Context}. The
 * holder of the key pair learns that nobody changed the secret after it was wrapped as this type for this context, and not
 * who wrapped it: base mode authenticates no sender, so that who relies on a wrap also checks a signature or a commitment.
 * The length of the secret shows; only secrets of a fixed length are wrapped, and content is sealed under one of those.
 * All methods are safe for several threads.
 */
public final class Wrapper {

    private static final int ENCAPSULATED = 1120;
    private static final int TAG = 16;

    private Wrapper() {}

    /**
     * Wraps a secret.
     *
     * @param epoch key epoch for the header
     * @param publicKey 1216 bytes, checked by the caller to be the right person's
     * @param secret stays with the caller
     * @throws IllegalArgumentException if the public key is not one
     */
    public static byte[] wrap(ObjectType type, int epoch, byte[] publicKey, Context context, byte[] secret) {
        byte[] header = new Envelope(Suite.HF1, type, epoch, XWingKeyPair.keyId(publicKey)).encode();
        byte[] aad = context.bytes(header);
        try {
            HPKE hpke = hpke();
            AsymmetricKeyParameter recipient = hpke.deserializePublicKey(publicKey);
            byte[][] sealed = hpke.seal(recipient, info(type), aad, secret, null, null, null);
            byte[] ciphertext = sealed[0];
            byte[] encapsulated = sealed[1];
            byte[] out = Arrays.copyOf(header, Envelope.LENGTH + ENCAPSULATED + ciphertext.length);
            System.arraycopy(encapsulated, 0, out, Envelope.LENGTH, ENCAPSULATED);
            System.arraycopy(ciphertext, 0, out, Envelope.LENGTH + ENCAPSULATED, ciphertext.length);
            return out;
        } catch (InvalidCipherTextException | IllegalStateException e) {
            throw new IllegalArgumentException("not an X-Wing public key", e);
        }
    }

    /** Wraps a secret that is held closed. */
    public static byte[] wrap(ObjectType type, int epoch, byte[] publicKey, Context context, SecretBytes secret) {
        return wrap(type, epoch, publicKey, context, secret.reveal());
    }

    /**
     * Unwraps what {@link #wrap} gave.
     *
     * @param expected the only type that is accepted
     * @param context where the wrap was found
     * @throws Tampered if it is not exactly that
     */
    public static SecretBytes unwrap(ObjectType expected, XWingKeyPair keys, Context context, byte[] wrapped)
            throws Tampered {
        AsymmetricCipherKeyPair pair = keys.pair();
        Envelope header = Envelope.parse(wrapped, expected, keys.keyId());
        int start = Envelope.LENGTH + ENCAPSULATED;
        if (wrapped.length < start + TAG) {
            throw new Tampered("too short for a wrap");
        }
        byte[] encapsulated = Arrays.copyOfRange(wrapped, Envelope.LENGTH, start);
        byte[] ciphertext = Arrays.copyOfRange(wrapped, start, wrapped.length);
        byte[] aad = context.bytes(header);
        try {
            return SecretBytes.of(hpke().open(encapsulated, pair, info(expected), aad, ciphertext, null, null, null));
        } catch (InvalidCipherTextException e) {
            throw new Tampered("wrap");
        } catch (IllegalArgumentException | IllegalStateException e) {
            // Bouncy Castle's answer to an encapsulated key that no honest sender makes, such as a point of small
            // order.
            throw new Tampered("encapsulated key");
        }
    }

    /** How many bytes {@link #wrap} gives for a secret of this length. */
    public static int wrappedLength(int secretLength) {
        return Envelope.LENGTH + ENCAPSULATED + secretLength + TAG;
    }

    /** A machine of its own for each call: Bouncy Castle's holds digests that are not safe for several threads. */
    static HPKE hpke() {
        return new HPKE(HPKE.mode_base, HPKE.kem_X_WING, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }

    static byte[] info(ObjectType type) {
        return ("holdfast/v1/" + type.label()).getBytes(StandardCharsets.US_ASCII);
    }
}
