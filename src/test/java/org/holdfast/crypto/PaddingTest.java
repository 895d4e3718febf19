// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PaddingTest {

    @Test
    void content_fills_the_buckets_one_byte_short() {
        long[][] expected = {
            {0, 256},
            {255, 256},
            {256, 1024},
            {1023, 1024},
            {1024, 4096},
            {4095, 4096},
            {4096, 16384},
            {16383, 16384},
            {16384, 65536},
            {65535, 65536},
            {65536, 67584},
            {1_000_000, 1_015_808}
        };
        for (long[] pair : expected) {
            assertEquals(pair[1], Padding.padded(ObjectType.FIELD, pair[0]), "content of " + pair[0]);
        }
    }

    @Test
    void a_file_never_shows_less_than_64_kibibytes() {
        assertEquals(65536, Padding.padded(ObjectType.FILE, 0));
        assertEquals(65536, Padding.padded(ObjectType.FILE, 65535));
        assertEquals(67584, Padding.padded(ObjectType.FILE, 65536));
    }

    @Test
    void padding_is_monotone_and_costs_at_most_twelve_per_cent_above_the_buckets() {
        long before = 0;
        for (long length = 0; length < 300_000; length++) {
            before = assertSound(length, before);
        }
        before = 0;
        for (long length = 300_000; length < 1L << 45; length += length / 997 + 1) {
            before = assertSound(length, before);
        }
    }

    private static long assertSound(long length, long before) {
        long padded = Padding.padded(ObjectType.FIELD, length);
        assertTrue(padded > length && padded >= before, () -> "content of " + length);
        if (length >= 65536) {
            assertTrue(padded - length - 1 <= 0.12 * length, () -> "overhead at " + length);
        }
        return padded;
    }

    @Test
    void the_length_comes_back_even_when_the_content_looks_like_padding() throws Tampered {
        for (int length : new int[] {0, 1, 2, 100, 255, 256, 1023, 5000}) {
            byte[] padded = new byte[(int) Padding.padded(ObjectType.FIELD, length)];
            Arrays.fill(padded, 0, length / 2, Padding.MARK);
            padded[length] = Padding.MARK;
            assertEquals(length, Padding.contentLength(ObjectType.FIELD, padded, padded.length));
        }
    }

    @Test
    void padding_of_another_bucket_or_without_its_mark_is_refused() {
        byte[] tooLong = new byte[1024];
        tooLong[10] = Padding.MARK;
        assertThrows(Tampered.class, () -> Padding.contentLength(ObjectType.FIELD, tooLong, 1024));
        assertThrows(Tampered.class, () -> Padding.contentLength(ObjectType.FIELD, new byte[256], 256));
        byte[] otherEnd = new byte[256];
        otherEnd[10] = Padding.MARK;
        otherEnd[255] = 1;
        assertThrows(Tampered.class, () -> Padding.contentLength(ObjectType.FIELD, otherEnd, 256));
        assertThrows(Tampered.class, () -> Padding.contentLength(ObjectType.FIELD, new byte[0], 0));
    }
}
