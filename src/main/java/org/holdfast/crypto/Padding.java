// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

/**
 * Hides a length behind a bucket: the byte 0x80, then zeros, up to 256 bytes, 1, 4, 16 or 64 KiB; above that, and for
 * files from 64 KiB, up to the next Padmé length, which adds at most 12 per cent (Nikitin and others, "Reducing metadata
 * leakage from encrypted files and communication with PURBs", 2019).
 */
final class Padding {

    static final byte MARK = (byte) 0x80;

    private static final int[] BUCKETS = {256, 1 << 10, 4 << 10, 16 << 10, 64 << 10};
    private static final int LARGEST = 64 << 10;

    private Padding() {}

    /** The length that shows for content of this length; at least one byte longer. */
    static long padded(ObjectType type, long length) {
        long needed = length + 1;
        if (needed <= LARGEST) {
            if (type == ObjectType.FILE) {
                return LARGEST;
            }
            for (int bucket : BUCKETS) {
                if (needed <= bucket) {
                    return bucket;
                }
            }
        }
        return padme(needed);
    }

    /** Keeps as many leading bits of a length as the length of its own logarithm has. */
    private static long padme(long length) {
        int exponent = 63 - Long.numberOfLeadingZeros(length);
        int kept = 32 - Integer.numberOfLeadingZeros(exponent);
        long mask = (1L << (exponent - kept)) - 1;
        return Math.addExact(length, mask) & ~mask;
    }

    /**
     * The length of the content inside padded bytes.
     *
     * @throws Tampered if the padding is not the one that {@link #padded} gives
     */
    static int contentLength(ObjectType type, byte[] padded, int length) throws Tampered {
        int end = length - 1;
        while (end >= 0 && padded[end] == 0) {
            end--;
        }
        if (end < 0 || padded[end] != MARK || padded(type, end) != length) {
            throw new Tampered("padding");
        }
        return end;
    }
}
