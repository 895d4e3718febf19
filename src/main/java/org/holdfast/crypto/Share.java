// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * One holder's share of a secret; see {@link Shares}. Fewer shares than the threshold say nothing about the secret, not
 * even together.
 *
 * <p>The printed form is nineteen groups of six characters, each with its own check character: {@code 12 | index | threshold
 * | set id 4 | commitment 16 | data 32}. A share is as sensitive as a key; {@link #toString} says nothing of its data.
 *
 * @param index 1 to 16
 * @param setId 4 bytes, the same in all shares of one splitting
 * @param threshold how many shares are needed, 2 to 16
 * @param data 32 bytes, secret
 * @param commitment 16 bytes that only the secret of this set fits
 */
public record Share(int index, byte[] setId, int threshold, byte[] data, byte[] commitment) {

    static final int SET_ID = 4;
    static final int COMMITMENT = 16;

    private static final byte KIND = 0x12;
    private static final int PAYLOAD = 3 + SET_ID + COMMITMENT + Shares.SECRET_LENGTH;

    /** Copies the arrays and checks every part. */
    public Share {
        if (index < 1 || index > Shares.MAX_HOLDERS || threshold < 2 || threshold > Shares.MAX_HOLDERS) {
            throw new IllegalArgumentException("index or threshold is out of range");
        }
        if (setId.length != SET_ID || data.length != Shares.SECRET_LENGTH || commitment.length != COMMITMENT) {
            throw new IllegalArgumentException("a part of the share has a wrong length");
        }
        setId = setId.clone();
        data = data.clone();
        commitment = commitment.clone();
    }

    @Override
    public byte[] setId() {
        return setId.clone();
    }

    @Override
    public byte[] data() {
        return data.clone();
    }

    @Override
    public byte[] commitment() {
        return commitment.clone();
    }

    /** Five lines of four groups, the last of three. */
    public String toText() {
        byte[] payload = new byte[PAYLOAD];
        ByteBuffer.wrap(payload)
                .put(KIND)
                .put((byte) index)
                .put((byte) threshold)
                .put(setId)
                .put(commitment)
                .put(data);
        String text = PrintedGroups.print(payload);
        Arrays.fill(payload, (byte) 0);
        return text;
    }

    /**
     * Reads the printed form; case, spaces and hyphens do not matter.
     *
     * @throws Mistyped which names the first group that is wrong
     */
    public static Share parse(String text) throws Mistyped {
        byte[] payload = PrintedGroups.parse(text, PAYLOAD, KIND);
        try {
            int setEnd = 3 + SET_ID;
            return new Share(
                    payload[1],
                    Arrays.copyOfRange(payload, 3, setEnd),
                    payload[2],
                    Arrays.copyOfRange(payload, setEnd + COMMITMENT, PAYLOAD),
                    Arrays.copyOfRange(payload, setEnd, setEnd + COMMITMENT));
        } catch (IllegalArgumentException e) {
            throw new Mistyped(Mistyped.Reason.KIND, 0);
        } finally {
            Arrays.fill(payload, (byte) 0);
        }
    }

    boolean sameSet(Share other) {
        return threshold == other.threshold
                && Arrays.equals(setId, other.setId)
                && Arrays.equals(commitment, other.commitment);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Share that
                && index == that.index
                && sameSet(that)
                && MessageDigest.isEqual(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(setId) + index;
    }

    @Override
    public String toString() {
        return "Share[" + index + ", any " + threshold + "]";
    }
}
