// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes pages of the report door equally long, so that the length of an encrypted answer tells a watcher nothing: 32 KiB, 64 KiB, and
 * from there the next multiple of 64 KiB. What is filled in is a comment of spaces at the end.
 */
final class Padding {
    static final int SMALL = 32 * 1024;
    static final int STEP = 64 * 1024;

    private static final byte[] OPEN = "<!--".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSE = "-->".getBytes(StandardCharsets.US_ASCII);

    private Padding() {}

    static byte[] pad(byte[] page) {
        int size = sizeFor(page.length + OPEN.length + CLOSE.length);
        byte[] padded = Arrays.copyOf(page, size);
        Arrays.fill(padded, page.length, size, (byte) ' ');
        System.arraycopy(OPEN, 0, padded, page.length, OPEN.length);
        System.arraycopy(CLOSE, 0, padded, size - CLOSE.length, CLOSE.length);
        return padded;
    }

    static int sizeFor(int length) {
        return length <= SMALL ? SMALL : (length + STEP - 1) / STEP * STEP;
    }
}
