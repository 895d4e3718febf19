// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RowHashTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void values_have_one_canonical_form() {
        assertEquals(
                "0011223344556677889900aabbccddee",
                HEX.formatHex(RowHash.canonical(UUID.fromString("00112233-4455-6677-8899-00aabbccddee"))));
        assertEquals("fffffffffffffffe", HEX.formatHex(RowHash.canonical(-2L)));
        assertEquals("01", HEX.formatHex(RowHash.canonical(true)));
        assertEquals("00", HEX.formatHex(RowHash.canonical(false)));
        assertArrayEquals(
                "2026-11-25".getBytes(StandardCharsets.US_ASCII), RowHash.canonical(LocalDate.of(2026, 11, 25)));
        assertArrayEquals(new byte[] {(byte) 0xc3, (byte) 0xa9}, RowHash.canonical("é"));
        assertNull(RowHash.canonical((String) null));
        assertNull(RowHash.canonical((LocalDate) null));
    }

    @Test
    void a_length_stands_before_every_part() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RowHash.put(out, "ab".getBytes(StandardCharsets.US_ASCII));
        RowHash.put(out, new byte[0]);
        assertEquals("00000002616200000000", HEX.formatHex(out.toByteArray()));
    }

    @Test
    void a_row_that_is_gone_has_zeros_and_nobody_can_change_them() {
        RowHash.gone()[0] = 1;
        assertArrayEquals(new byte[32], RowHash.gone());
    }
}
