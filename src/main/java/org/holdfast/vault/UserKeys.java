// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.util.Arrays;
import java.util.UUID;
import org.holdfast.crypto.Hashes;
import org.holdfast.crypto.Kdf;
import org.holdfast.crypto.SealingKey;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.SigningKey;
import org.holdfast.crypto.XWingKeyPair;
import org.jspecify.annotations.Nullable;

/**
 * A person's secret keys, open: an X-Wing seed and an Ed25519 seed of 32 bytes each, in this order. Whoever makes one closes
 * it. The X-Wing pair is expanded at first use. Used by one thread.
 */
final class UserKeys implements AutoCloseable {

    /** Length of both seeds together. */
    static final int LENGTH = XWingKeyPair.SEED_LENGTH + SigningKey.SEED_LENGTH;

    private static final byte[] COPY_KEY = Bytes.ascii("holdfast/v1/grant-copy-key");
    private static final byte[] LIST_KEY = Bytes.ascii("holdfast/v1/list-key");
    private static final byte[] STATE_KEY = Bytes.ascii("holdfast/v1/state-key");

    private final UUID staffId;
    private final SecretBytes seeds;
    private final SigningKey signing;
    private final byte[] keyId;
    private @Nullable XWingKeyPair wrapping;
    private @Nullable SealingKey copies;

    /** Takes ownership of the seeds. */
    UserKeys(UUID staffId, SecretBytes seeds) {
        this.staffId = staffId;
        this.seeds = seeds;
        byte[] both = seeds.copy();
        try (SecretBytes seed = SecretBytes.of(Arrays.copyOfRange(both, XWingKeyPair.SEED_LENGTH, LENGTH))) {
            this.signing = SigningKey.fromSeed(seed);
        } finally {
            Arrays.fill(both, (byte) 0);
        }
        this.keyId = keyId(signing.publicKey());
    }

    static UserKeys generate(UUID staffId) {
        return new UserKeys(staffId, SecretBytes.random(LENGTH));
    }

    /** The first 8 bytes of SHA-256 of a signing key. */
    static byte[] keyId(byte[] signKey) {
        return Arrays.copyOf(Hashes.sha256(signKey), 8);
    }

    UUID staffId() {
        return staffId;
    }

    SecretBytes seeds() {
        return seeds;
    }

    byte[] keyId() {
        return keyId.clone();
    }

    byte[] signKey() {
        return signing.publicKey();
    }

    byte[] wrapKey() {
        return wrapping().publicKey();
    }

    byte[] sign(byte[] message) {
        return signing.sign(message);
    }

    XWingKeyPair wrapping() {
        XWingKeyPair pair = wrapping;
        if (pair == null) {
            byte[] both = seeds.copy();
            try (SecretBytes seed = SecretBytes.of(Arrays.copyOf(both, XWingKeyPair.SEED_LENGTH))) {
                pair = XWingKeyPair.fromSeed(seed);
                wrapping = pair;
            } finally {
                Arrays.fill(both, (byte) 0);
            }
        }
        return pair;
    }

    /** The key of the symmetric copies of what is granted to this person. */
    SealingKey copies() {
        SealingKey key = copies;
        if (key == null) {
            try (SecretBytes secret = Kdf.hkdfSha512(seeds, new byte[0], COPY_KEY, SealingKey.LENGTH)) {
                key = SealingKey.of(secret);
                copies = key;
            }
        }
        return key;
    }

    /** The key of what her list is made from; the caller's to close. */
    SecretBytes listKey() {
        return Kdf.hkdfSha512(seeds, new byte[0], LIST_KEY, SealingKey.LENGTH);
    }

    /** The key of what this person remembers; the caller's to close. */
    SecretBytes stateKey() {
        return Kdf.hkdfSha512(seeds, new byte[0], STATE_KEY, SealingKey.LENGTH);
    }

    @Override
    public void close() {
        seeds.close();
        signing.close();
        if (wrapping != null) {
            wrapping.close();
        }
        if (copies != null) {
            copies.close();
        }
    }

    @Override
    public String toString() {
        return "UserKeys[redacted]";
    }
}
