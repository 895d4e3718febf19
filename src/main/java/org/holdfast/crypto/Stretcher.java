// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Makes guessing what a human types slow: Argon2id version 1.3 (RFC 9106), one lane, 64 bytes out.
 *
 * <p>The cost is the protection, and a way to exhaust the server, so that the number of computations at a time and of
 * callers that wait is fixed. Work is done in the caller's own thread, in order of arrival; a caller that finds all places
 * taken gets {@link Busy} at once. The memory of finished computations is overwritten and kept for the next, at most
 * {@code workers} times the largest cost ever asked for. Safe for several threads; nothing to close.
 */
public final class Stretcher {

    /** Length of the output in bytes. */
    public static final int OUTPUT_LENGTH = 64;

    /** What one computation costs. */
    public enum Cost {
        /** A staff passphrase: 64 MiB, three passes. */
        PASSPHRASE(64 << 10, 3),
        /** A reporter's return number, which is random: 19 MiB, two passes. */
        NUMBER(19 << 10, 2);

        private final int kibibytes;
        private final int passes;

        Cost(int kibibytes, int passes) {
            this.kibibytes = kibibytes;
            this.passes = passes;
        }
    }

    /** Blocks that a computation needs beside its memory. */
    private static final int SCRATCH_BLOCKS = 8;

    private final Semaphore places;
    private final Semaphore workers;
    private final FixedBlockPool blocks;

    /**
     * Makes a pool.
     *
     * @param workers computations at the same time, at least one
     * @param queue callers that may wait beside them, zero or more
     */
    public Stretcher(int workers, int queue) {
        if (workers < 1 || queue < 0) {
            throw new IllegalArgumentException("at least one worker, and a queue that is not negative");
        }
        this.places = new Semaphore(Math.addExact(workers, queue));
        this.workers = new Semaphore(workers, true);
        this.blocks = new FixedBlockPool(Math.multiplyExact(workers, Cost.PASSPHRASE.kibibytes + SCRATCH_BLOCKS));
    }

    /**
     * Stretches text, encoded in UTF-8 as it is: the caller normalises.
     *
     * @param secret stays with the caller
     * @param salt at least 8 bytes
     * @return 64 bytes
     * @throws Busy if all places are taken
     */
    public SecretBytes stretch(char[] secret, byte[] salt, Cost cost) {
        // Three bytes are the most that one char can need; the buffer is ours, so that it can be overwritten.
        ByteBuffer encoded = ByteBuffer.allocate(3 * secret.length);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(secret), encoded, true);
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(encoded.array(), (byte) 0);
        try {
            return stretch(bytes, salt, cost);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * Stretches bytes.
     *
     * @param secret stays with the caller
     * @param salt at least 8 bytes
     * @return 64 bytes
     * @throws Busy if all places are taken
     */
    public SecretBytes stretch(byte[] secret, byte[] salt, Cost cost) {
        if (salt.length < 8) {
            throw new IllegalArgumentException("a salt has at least 8 bytes");
        }
        if (!places.tryAcquire()) {
            throw new Busy();
        }
        try {
            workers.acquireUninterruptibly();
            try {
                return SecretBytes.of(compute(secret, salt, cost));
            } finally {
                workers.release();
            }
        } finally {
            places.release();
        }
    }

    private byte[] compute(byte[] secret, byte[] salt, Cost cost) {
        Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withParallelism(1)
                .withMemoryAsKB(cost.kibibytes)
                .withIterations(cost.passes)
                .withSalt(salt)
                .withBlockPool(blocks)
                .build();
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(parameters);
        byte[] out = new byte[OUTPUT_LENGTH];
        argon2.generateBytes(secret, out);
        return out;
    }
}
