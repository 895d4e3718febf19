// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Lower-case hexadecimal only: an upper-case spelling would be a second encoding of the same value. */
final class Hex {
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUES = new byte[256];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < 16; i++) {
            VALUES[DIGITS[i]] = (byte) i;
        }
    }

    private Hex() {}

    static String encode(byte[] bytes) {
        return encode(bytes, 0, bytes.length);
    }

    static String encode(byte[] bytes, int offset, int length) {
        byte[] out = new byte[2 * length];
        for (int i = 0; i < length; i++) {
            out[2 * i] = DIGITS[(bytes[offset + i] >> 4) & 15];
            out[2 * i + 1] = DIGITS[bytes[offset + i] & 15];
        }
        return new String(out, StandardCharsets.ISO_8859_1);
    }

    static boolean isHex(byte[] bytes, int from, int to) {
        int bad = 0;
        for (int i = from; i < to; i++) {
            bad |= VALUES[bytes[i] & 0xff];
        }
        return bad >= 0;
    }

    static boolean isHex(String text, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c > 'f' || VALUES[c] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Sixteen digits as one number, the first digit the highest; the digits are known to be good. */
    static long sixteen(byte[] digits, int from) {
        long value = 0;
        for (int i = from; i < from + 16; i++) {
            value = value << 4 | VALUES[digits[i] & 0xff];
        }
        return value;
    }

    static long sixteen(String digits, int from) {
        long value = 0;
        for (int i = from; i < from + 16; i++) {
            value = value << 4 | VALUES[digits.charAt(i)];
        }
        return value;
    }

    static String sixteen(long value) {
        byte[] bytes = new byte[8];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (value >>> (56 - 8 * i));
        }
        return encode(bytes);
    }

    /** @throws IllegalArgumentException if it is not lower-case hexadecimal of whole bytes */
    static byte[] decode(String text) {
        if (text.length() % 2 != 0 || !isHex(text, text.length())) {
            throw new IllegalArgumentException("not lower-case hexadecimal");
        }
        byte[] out = new byte[text.length() / 2];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) (VALUES[text.charAt(2 * i)] << 4 | VALUES[text.charAt(2 * i + 1)]);
        }
        return out;
    }
}
