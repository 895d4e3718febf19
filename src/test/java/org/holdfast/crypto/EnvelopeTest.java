// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class EnvelopeTest {

    private static final byte[] KEY_ID = Samples.HEX.parseHex("0102030405060708");

    @Test
    void every_type_comes_back_from_its_sixteen_bytes() throws Tampered {
        for (ObjectType type : ObjectType.values()) {
            Envelope header = new Envelope(Suite.HF1, type, 0xfffffffe, KEY_ID);
            assertEquals(Envelope.LENGTH, header.encode().length);
            assertEquals(header, Envelope.parse(header.encode()));
        }
        assertEquals(17, ObjectType.values().length);
    }

    @Test
    void an_unknown_type_suite_or_mark_is_refused() throws Tampered {
        byte[] sound = new Envelope(Suite.HF1, ObjectType.FIELD, 1, KEY_ID).encode();
        for (int code = 0; code < 256; code++) {
            byte[] changed = sound.clone();
            changed[3] = (byte) code;
            if (code >= 1 && code <= 17) {
                assertEquals(code, Envelope.parse(changed).type().code());
            } else {
                assertThrows(Tampered.class, () -> Envelope.parse(changed));
            }
        }
        for (int place = 0; place < 3; place++) {
            byte[] changed = sound.clone();
            changed[place] ^= 2;
            assertThrows(Tampered.class, () -> Envelope.parse(changed));
        }
    }

    @Test
    void anything_shorter_than_a_header_is_refused() {
        byte[] sound = new Envelope(Suite.HF1, ObjectType.FIELD, 1, KEY_ID).encode();
        for (int length = 0; length < Envelope.LENGTH; length++) {
            byte[] cut = Arrays.copyOf(sound, length);
            assertThrows(Tampered.class, () -> Envelope.parse(cut));
        }
    }

    @Test
    void a_header_does_not_change_with_the_arrays_around_it() {
        byte[] keyId = KEY_ID.clone();
        Envelope header = new Envelope(Suite.HF1, ObjectType.FIELD, 1, keyId);
        keyId[0] = 99;
        header.keyId()[1] = 99;
        assertArrayEquals(KEY_ID, header.keyId());
    }

    @Test
    void the_context_string_is_laid_out_as_specified() {
        Envelope header = new Envelope(Suite.HF1, ObjectType.SUMMARY, 3, KEY_ID);
        Context context = new Context(Samples.tenant(), "case", "x", Samples.ROW, 0x01020304, 0x1122334455667788L);
        String expected = "686f6c64666173742f763100" // "holdfast/v1" 00
                + "4846010d000000030102030405060708" // header
                + "a0a1a2a3a4a5a6a7a8a9aaabacadaeaf" // tenant
                + "000463617365" // lp("case")
                + "000178" // lp("x")
                + "00112233445546778899aabbccddeeff" // row
                + "01020304" // schema version
                + "1122334455667788"; // revision
        assertEquals(expected, Samples.HEX.formatHex(context.bytes(header)));
    }

    @Test
    void every_part_of_a_context_changes_its_bytes() {
        Envelope header = new Envelope(Suite.HF1, ObjectType.FIELD, 3, KEY_ID);
        Context context = Samples.context();
        for (Context changed : Samples.changed(context)) {
            assertNotEquals(context, changed);
            assertNotEquals(Samples.HEX.formatHex(context.bytes(header)), Samples.HEX.formatHex(changed.bytes(header)));
        }
    }

    @Test
    void a_context_refuses_parts_that_are_not_what_they_say() {
        byte[] tenant = Samples.tenant();
        UUID row = Samples.ROW;
        assertRefused(() -> new Context(new byte[15], "a", "b", row, 1, 1));
        assertRefused(() -> new Context(tenant, "", "b", row, 1, 1));
        assertRefused(() -> new Context(tenant, "a", "b c", row, 1, 1));
        assertRefused(() -> new Context(tenant, "ä", "b", row, 1, 1));
        assertRefused(() -> new Context(tenant, "a".repeat(101), "b", row, 1, 1));
        assertRefused(() -> new Context(tenant, "a", "b", row, -1, 1));
        assertRefused(() -> new Context(tenant, "a", "b", row, 1, -1));
    }

    private static void assertRefused(Executable making) {
        assertThrows(IllegalArgumentException.class, making);
    }
}
