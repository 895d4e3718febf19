// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HexTest {
    @Test
    void exactly_the_sixteen_lower_case_digits_are_digits_at_every_place() {
        for (int place = 0; place < 8; place++) {
            for (int value = 0; value < 256; value++) {
                byte[] eight = "0a9f5c00".getBytes(StandardCharsets.US_ASCII);
                eight[place] = (byte) value;
                boolean digit = (value >= '0' && value <= '9') || (value >= 'a' && value <= 'f');
                assertEquals(digit, Hex.isHex(eight, 0, 8), value + " at " + place);
            }
        }
        assertFalse(Hex.isHex(new byte[] {'0', '0'}, 0, 2), "whole groups of eight only");
    }

    @Test
    void what_is_written_is_read() {
        SplittableRandom random = new SplittableRandom(41);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[8];
            random.nextBytes(bytes);
            String text = Hex.encode(bytes);
            assertArrayEquals(bytes, Hex.decode(text));
            long value = Long.parseUnsignedLong(text, 16);
            assertEquals(value, Hex.sixteen(text.getBytes(StandardCharsets.US_ASCII), 0));
            assertEquals(value, Hex.sixteen(text, 0));
            assertEquals(text, Hex.sixteen(value));
        }
    }

    @Test
    void upper_case_and_half_bytes_are_refused() {
        assertTrue(Hex.isHex("0f", 2));
        for (String text : new String[] {"0F", "0", "0g", "\u00e90", "\uff10\uff10"}) {
            assertFalse(Hex.isHex(text, 2));
            assertThrows(IllegalArgumentException.class, () -> Hex.decode(text));
        }
    }
}
