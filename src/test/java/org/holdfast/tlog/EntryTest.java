// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EntryTest {
    private static final String FULL = "{\"v\":1,\"t\":\"2026-11-25T20:31Z\",\"a\":\"" + "a1".repeat(16)
            + "\",\"k\":\"" + "b2".repeat(8) + "\",\"e\":\"case.row-written\",\"c\":\"" + "c3".repeat(16)
            + "\",\"o\":\"" + "d4".repeat(16) + "\",\"r\":\"done\",\"w\":\"ar.case_work\",\"h\":\"" + "e5".repeat(32)
            + "\",\"d\":\"" + "f6".repeat(32) + "\",\"s\":\"" + "07".repeat(16) + "\",\"n\":12,\"x\":\""
            + "18".repeat(16) + "\",\"g\":\"" + "29".repeat(64) + "\"}";
    private static final String SHORT = "{\"v\":1,\"t\":\"2026-11-25\",\"a\":\"report-door\",\"e\":\"report.accepted\","
            + "\"r\":\"done\",\"x\":\"" + "18".repeat(16) + "\"}";

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void an_entry_comes_back_as_the_very_same_bytes() throws Malformed {
        for (String text : List.of(FULL, SHORT)) {
            assertArrayEquals(ascii(text), Entry.parse(ascii(text)).encode());
        }
    }

    @Test
    void every_field_is_where_it_belongs() throws Malformed {
        Entry entry = Entry.parse(ascii(FULL));
        assertEquals("2026-11-25T20:31Z", entry.time());
        assertEquals("a1".repeat(16), entry.actor());
        assertEquals("b2".repeat(8), entry.actorKey());
        assertEquals("case.row-written", entry.kind());
        assertEquals("c3".repeat(16), entry.caseRef());
        assertEquals("d4".repeat(16), entry.object());
        assertEquals("done", entry.outcome());
        assertEquals("ar.case_work", entry.reason());
        assertEquals("e5".repeat(32), entry.rowHash());
        assertEquals("f6".repeat(32), entry.detailHash());
        assertEquals("07".repeat(16), entry.session());
        assertEquals(12, entry.counter());
        assertEquals("18".repeat(16), entry.nonce());
        assertEquals("29".repeat(64), entry.signature());
    }

    @Test
    void the_signed_bytes_are_the_entry_without_its_signature() throws Malformed {
        String unsigned = FULL.substring(0, FULL.indexOf(",\"g\"")) + "}";
        assertArrayEquals(ascii(unsigned), Entry.parse(ascii(FULL)).signedBytes());
    }

    @Test
    void the_leaf_hash_is_that_of_the_bytes() throws Malformed {
        assertArrayEquals(
                MerkleTree.leafHash(ascii(SHORT)), Entry.parse(ascii(SHORT)).leafHash());
    }

    @Test
    void every_other_spelling_is_refused() {
        List<String> others = List.of(
                FULL.replace("{\"v\"", "{ \"v\""),
                FULL.replace(",\"r\"", ", \"r\""),
                FULL.replace("\"n\":12", "\"n\": 12"),
                FULL + "\n",
                " " + FULL,
                FULL.replace("\"n\":12", "\"n\":012"),
                FULL.replace("\"n\":12", "\"n\":0"),
                FULL.replace("\"n\":12", "\"n\":-1"),
                FULL.replace("\"n\":12", "\"n\":1.0"),
                FULL.replace("\"n\":12", "\"n\":1e1"),
                FULL.replace("\"n\":12", "\"n\":\"12\""),
                FULL.replace("\"n\":12", "\"n\":2147483648"),
                FULL.replace("\"n\":12", "\"n\":99999999999"),
                FULL.replace("\"v\":1", "\"v\":2"),
                FULL.replace("\"v\":1", "\"v\":\"1\""),
                FULL.replace("\"v\":1,", ""),
                FULL.replace("a1a1", "A1a1"),
                FULL.replace("e5e5", "E5e5"),
                FULL.replace("b2b2", "b2b"),
                FULL.replace("b2b2", "b2b2b2"),
                FULL.replace("done", "DONE"),
                FULL.replace("done", "don\\u0065"),
                FULL.replace("case.row", "case\\u002erow"),
                FULL.replace("case.row", "case/row"),
                FULL.replace("case.row-written", "case_written"),
                FULL.replace("case.row-written", ""),
                FULL.replace("case.row-written", "a".repeat(41)),
                FULL.replace("ar.case_work", "b".repeat(41)),
                FULL.replace("ar.case_work", "\u00e9"),
                FULL.replace("\"r\":\"done\",", ""),
                FULL.replace("\"r\":\"done\"", "\"r\":null"),
                FULL.replace("\"r\":\"done\"", "\"r\":\"done\",\"r\":\"done\""),
                FULL.replace("\"r\":\"done\",\"w\":\"ar.case_work\"", "\"w\":\"ar.case_work\",\"r\":\"done\""),
                FULL.replace("\"r\":\"done\"", "\"q\":\"done\""),
                FULL.replace("\"r\":\"done\"", "\"rr\":\"done\""),
                FULL.replace("\"n\":12,", ""),
                FULL.replace(",\"k\":\"" + "b2".repeat(8) + '"', ""),
                FULL.substring(0, FULL.indexOf(",\"g\"")) + "}",
                FULL.substring(0, FULL.length() - 1),
                FULL.substring(0, FULL.length() - 1) + ",}",
                FULL.substring(0, FULL.length() - 1) + ",\"z\":1}",
                FULL.replace("2026-11-25T20:31Z", "2026-11-25"),
                FULL.replace("2026-11-25T20:31Z", "2026-11-31T20:31Z"),
                FULL.replace("2026-11-25T20:31Z", "2026-02-29T20:31Z"),
                FULL.replace("2026-11-25T20:31Z", "2026-13-25T20:31Z"),
                FULL.replace("2026-11-25T20:31Z", "2026-11-25T24:00Z"),
                FULL.replace("2026-11-25T20:31Z", "2026-11-25T20:60Z"),
                FULL.replace("2026-11-25T20:31Z", "2026-11-25T20:31+"),
                FULL.replace("2026-11-25T20:31Z", "2026-11-25T20:31:00Z"),
                FULL.replace("2026-11-25T20:31Z", "2026-11-2"),
                SHORT.replace("\"2026-11-25\"", "\"2026-11-25T20:31Z\""),
                SHORT.replace("report-door", "report-window"),
                SHORT.replace("report-door", "somebody"),
                "[" + SHORT + "]",
                "\ufeff" + SHORT,
                "{}",
                "");
        for (String other : others) {
            Malformed refusal = assertThrows(Malformed.class, () -> Entry.parse(ascii(other)), other);
            assertTrue(refusal.place().startsWith("byte "), refusal.getMessage());
            assertThrows(
                    Malformed.class,
                    () -> new EntryCursor().read(ascii(other), 0, other.length()),
                    "the verifier reads without encoding again: " + other);
        }
    }

    @Test
    void an_entry_that_is_too_long_is_refused_before_it_is_read() {
        Malformed refusal = assertThrows(Malformed.class, () -> Entry.parse(ascii(FULL + " ".repeat(1024))));
        assertEquals("byte 1024", refusal.place());
    }

    @Test
    void the_refusal_names_the_place() {
        Malformed refusal = assertThrows(Malformed.class, () -> Entry.parse(ascii(FULL.replace("done", "dona"))));
        assertEquals("byte " + (FULL.indexOf("done") + 3), refusal.place());
        assertFalse(refusal.getMessage().contains("dona"));
    }

    @Test
    void leap_days_and_other_actors_are_taken() throws Malformed {
        Entry.parse(ascii(FULL.replace("2026-11-25T20:31Z", "2028-02-29T23:59Z")));
        for (String actor : List.of("system", "unknown")) {
            Entry.parse(ascii(SHORT.replace("report-door", actor).replace("\"2026-11-25\"", "\"2026-11-25T00:00Z\"")));
        }
    }

    @Test
    void a_writer_cannot_build_what_a_reader_refuses() {
        String nonce = "00".repeat(16);
        assertThrows(
                IllegalArgumentException.class,
                () -> Entry.builder("2026-11-25", "system", "server.started", nonce)
                        .build());
        assertThrows(
                IllegalArgumentException.class,
                () -> Entry.builder("2026-11-25T20:31Z", "system", "server.started", nonce + "0")
                        .build());
        assertThrows(
                IllegalArgumentException.class,
                () -> Entry.builder("2026-11-25T20:31Z", "system", "a\",\"r\":\"done", nonce)
                        .build());
        assertThrows(
                IllegalArgumentException.class,
                () -> Entry.builder("2026-11-25T20:31Z", "system", "server.started", nonce)
                        .session("00".repeat(16), -1)
                        .build());
    }

    @Test
    void a_flipped_bit_is_another_entry_or_none() throws Malformed {
        byte[] bytes = ascii(FULL);
        byte[] leaf = Entry.parse(bytes).leafHash();
        int others = 0;
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertFalse(java.util.Arrays.equals(leaf, Entry.parse(flipped).leafHash()));
                others++;
            } catch (Malformed e) {
                // Refused is as good.
            }
        }
        assertTrue(others > 500, "hexadecimal digits flip into each other");
    }

    @Test
    void noise_is_refused_or_read_exactly() {
        SplittableRandom random = new SplittableRandom(7);
        byte[] alphabet = ascii(FULL);
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = ascii(random.nextBoolean() ? FULL : SHORT);
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] =
                        random.nextInt(4) == 0 ? (byte) random.nextInt(256) : alphabet[random.nextInt(alphabet.length)];
            }
            try {
                assertArrayEquals(bytes, Entry.parse(bytes).encode());
            } catch (Malformed e) {
                assertTrue(e.place().startsWith("byte "));
            }
        }
    }

    @Test
    void the_golden_entries_are_read_and_hash_as_they_did() throws Exception {
        List<String> lines = Files.readAllLines(Path.of("src/test/vectors/tlog/entries.txt"));
        int read = 0;
        for (String line : lines) {
            String[] leafAndEntry = line.split(" ", 2);
            assertEquals(
                    leafAndEntry[0],
                    Hex.encode(Entry.parse(ascii(leafAndEntry[1])).leafHash()));
            read++;
        }
        assertEquals(12, read);
    }
}
