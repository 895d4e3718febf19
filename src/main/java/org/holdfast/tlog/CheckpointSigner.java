// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.holdfast.crypto.MlDsaKey;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.SigningKey;

/**
 * Signs the checkpoints of one log with both of its keys. The keys stay with the caller, who closes them.
 *
 * <p>Whoever calls it answers for never signing two heads that do not extend each other. Safe between threads.
 */
public final class CheckpointSigner {
    private final String origin;
    private final SigningKey ed25519;
    private final MlDsaKey mlDsa44;

    /** @param origin the log's origin, which is also the name of both keys */
    public CheckpointSigner(String origin, SigningKey ed25519, MlDsaKey mlDsa44) {
        this.origin = origin;
        this.ed25519 = ed25519;
        this.mlDsa44 = mlDsa44;
    }

    /**
     * A signer whose keys live as long as it does.
     *
     * @param seeds 64 bytes, copied: the Ed25519 seed, then the ML-DSA-44 seed
     */
    public static CheckpointSigner fromSeeds(String origin, byte[] seeds) {
        if (seeds.length != SigningKey.SEED_LENGTH + MlDsaKey.SEED_LENGTH) {
            throw new IllegalArgumentException("two seeds of 32 bytes are needed");
        }
        try (SecretBytes plain = SecretBytes.of(Arrays.copyOf(seeds, SigningKey.SEED_LENGTH));
                SecretBytes postQuantum =
                        SecretBytes.of(Arrays.copyOfRange(seeds, SigningKey.SEED_LENGTH, seeds.length))) {
            return new CheckpointSigner(origin, SigningKey.fromSeed(plain), MlDsaKey.fromSeed(postQuantum));
        }
    }

    /** What verifiers have to know of this log. */
    public Policy policy() {
        return new Policy(origin, List.of(ed25519Key(), mlDsa44Key()));
    }

    private NoteKey ed25519Key() {
        return NoteKey.ed25519(origin, ed25519.publicKey());
    }

    private NoteKey mlDsa44Key() {
        return NoteKey.mlDsa44(origin, mlDsa44.publicKey());
    }

    /**
     * The signed note of a head.
     *
     * @param time seconds since 1970, which the ML-DSA-44 signature states; 0 states none
     */
    public SignedNote sign(long size, byte[] root, long time) {
        Checkpoint checkpoint = new Checkpoint(origin, size, root);
        byte[] plain = ed25519.sign(checkpoint.text().getBytes(StandardCharsets.UTF_8));
        byte[] postQuantum = mlDsa44.sign(NoteKey.cosigned(origin, time, checkpoint));
        byte[] stamped = ByteBuffer.allocate(8 + postQuantum.length)
                .putLong(time)
                .put(postQuantum)
                .array();
        return new SignedNote(
                checkpoint.text(),
                List.of(
                        new SignedNote.Signature(origin, ed25519Key().id(), plain),
                        new SignedNote.Signature(origin, mlDsa44Key().id(), stamped)));
    }
}
