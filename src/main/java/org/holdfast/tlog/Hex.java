// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Lower-case hexadecimal only: an upper-case spelling would be a second encoding of the same value. */
final class Hex {
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUES = new byte[256];
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

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

    /** Whether whole groups of eight bytes are digits; what a log is mostly made of, so eight are looked at at a time. */
    static boolean isHex(byte[] bytes, int from, int to) {
        boolean good = (to - from) % 8 == 0;
        for (int i = from; i + 8 <= to; i += 8) {
            long eight = (long) EIGHT.get(bytes, i);
            // A byte's high bit tells whether it reaches a bound: adding 128 less the bound carries into it.
            long digits = (eight + (0x80 - '0') * ONES) & ~(eight + (0x7f - '9') * ONES);
            long letters = (eight + (0x80 - 'a') * ONES) & ~(eight + (0x7f - 'f') * ONES);
            good &= ((digits | letters) & ~eight & HIGH) == HIGH;
        }
        return good;
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
        return eight((long) EIGHT.get(digits, from)) << 32 | eight((long) EIGHT.get(digits, from + 8));
    }

    private static long eight(long digits) {
        // Letters have bit 6 and count from 9 + 1; then the nibbles move together, two, four, eight.
        long nibbles = (digits & 0x0f * ONES) + 9 * (digits >>> 6 & ONES);
        nibbles = (nibbles | nibbles >>> 4) & 0x00ff00ff00ff00ffL;
        nibbles = (nibbles | nibbles >>> 8) & 0x0000ffff0000ffffL;
        return (nibbles | nibbles >>> 16) & 0xffffffffL;
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
