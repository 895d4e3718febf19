// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import org.holdfast.crypto.Kdf;
import org.holdfast.crypto.ObjectType;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.XWingKeyPair;

/**
 * An opened grant secret together with the field key that it gives.
 *
 * <p>For an object that is itself a key (intake epoch, oversight, staff) the field key also gives the seed of its X-Wing pair.
 */
final class Secrets implements AutoCloseable {

    private static final byte[] KEY_SEED = Bytes.ascii("holdfast/v1/key-seed");

    private final SecretBytes grantSecret;
    private final SecretBytes fieldKey;

    /** Takes ownership of both. */
    Secrets(SecretBytes grantSecret, SecretBytes fieldKey) {
        this.grantSecret = grantSecret;
        this.fieldKey = fieldKey;
    }

    SecretBytes grantSecret() {
        return grantSecret;
    }

    byte[] commitment() {
        return Kdf.commitment(fieldKey);
    }

    FieldKey fieldKey(byte[] tenant, Compartment compartment, int epoch) {
        ObjectType type = compartment == Compartment.SUMMARY ? ObjectType.SUMMARY : ObjectType.FIELD;
        return new FieldKey(tenant, type, epoch, fieldKey);
    }

    XWingKeyPair keyPair() {
        try (SecretBytes seed = Kdf.hkdfSha512(fieldKey, new byte[0], KEY_SEED, XWingKeyPair.SEED_LENGTH)) {
            return XWingKeyPair.fromSeed(seed);
        }
    }

    @Override
    public void close() {
        grantSecret.close();
        fieldKey.close();
    }

    @Override
    public String toString() {
        return "Secrets[redacted]";
    }
}
