// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
    @TempDir
    Path folder;

    static byte[] zip(SampleLog log) throws IOException, Malformed {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BundleWriter.copy(log, SampleLog.POLICY, out);
        return out.toByteArray();
    }

    private Verdict verify(byte[] bytes) throws IOException, Malformed {
        Path file = Files.write(folder.resolve("bundle.zip"), bytes);
        try (Bundle bundle = Bundle.open(file)) {
            return new LogVerifier(bundle.policy()).withSignatures().verify(bundle);
        }
    }

    @Test
    void what_is_written_is_read_and_sound() throws Exception {
        for (int size : new int[] {0, 1, 256, 700}) {
            SampleLog log = SampleLog.of(size, 30 + size);
            log.waiting.add(Entry.builder("2026-11-25", Entry.REPORT_DOOR, "mailbox.opened", "00".repeat(16))
                    .build()
                    .encode());
            Verdict verdict = verify(zip(log));
            assertTrue(verdict.sound(), verdict.findings().toString());
            assertEquals(size, verdict.counts().entries());
            assertEquals(log.rows.size(), verdict.counts().rows());
            assertEquals(1, verdict.counts().waiting());
        }
    }

    @Test
    void a_row_keeps_its_revision_in_its_one_spelling() throws Exception {
        SampleLog log = SampleLog.of(4, 36);
        String object = "77".repeat(16);
        String hash = "01".repeat(32);
        log.sign(log.worker, "case.row-written", b -> b.object(object).rowHash(hash));
        log.rows.add(new String[] {"case_file", object, hash, "1"});
        byte[] good = zip(log.seal());
        assertTrue(verify(good).sound());
        for (String other : List.of(" 0", " +", "  ", "\n\n", "x1", " x")) {
            byte[] bad = good.clone();
            int at = find(bad, (hash + " 1\n").getBytes(StandardCharsets.US_ASCII)) + hash.length();
            System.arraycopy(other.getBytes(StandardCharsets.US_ASCII), 0, bad, at, 2);
            assertThrows(Malformed.class, () -> verify(bad), other);
        }
        log.rows.get(log.rows.size() - 1)[3] = "2";
        assertEquals("row.gap", verify(zip(log)).first().orElseThrow().kind());
    }

    @Test
    void the_same_log_gives_the_same_bytes() throws Exception {
        SampleLog log = SampleLog.of(300, 31);
        assertArrayEquals(zip(log), zip(log));
    }

    @Test
    void the_members_lie_as_the_specification_says() throws Exception {
        SampleLog log = SampleLog.of(300, 32);
        Path file = Files.write(folder.resolve("bundle.zip"), zip(log));
        try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(file.toFile())) {
            for (String name : List.of(
                    "checkpoint",
                    "policy",
                    "rows",
                    "directory",
                    "waiting",
                    "tile/0/000",
                    "tile/0/001.p/44",
                    "tile/1/000.p/1",
                    "tile/entries/000",
                    "tile/entries/001.p/44")) {
                assertNotNull(zip.getEntry(name), name);
            }
            assertEquals(10, zip.size());
        }
    }

    @Test
    void one_changed_byte_anywhere_in_the_entries_names_the_entry() throws Exception {
        SampleLog log = SampleLog.of(300, 33);
        byte[] good = zip(log);
        SplittableRandom random = new SplittableRandom(33);
        for (int round = 0; round < 30; round++) {
            int index = random.nextInt(300);
            byte[] entry = log.entries.get(index);
            byte[] bad = good.clone();
            bad[find(good, entry) + random.nextInt(entry.length)] ^= (byte) random.nextInt(1, 256);
            Verdict verdict = verify(bad);
            assertFalse(verdict.sound());
            assertEquals(
                    index,
                    verdict.first().orElseThrow().index(),
                    verdict.findings().toString());
        }
    }

    @Test
    void a_changed_length_names_the_entry_where_it_goes_wrong() throws Exception {
        SampleLog log = SampleLog.of(300, 34);
        byte[] bad = zip(log);
        bad[find(bad, log.entries.get(120)) - 1] ^= 1;
        assertEquals(120, verify(bad).first().orElseThrow().index());
    }

    @Test
    void no_changed_byte_anywhere_goes_unnoticed_where_it_matters() throws Exception {
        SampleLog log = SampleLog.of(20, 35);
        byte[] good = zip(log);
        SplittableRandom random = new SplittableRandom(35);
        int silent = 0;
        for (int round = 0; round < 300; round++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) random.nextInt(1, 256);
            try {
                silent += verify(bad).sound() ? 1 : 0;
            } catch (Malformed | IOException e) {
                // Named as unusable.
            }
        }
        // What can change silently is not the log: time stamps, checksums and local headers of the zip form.
        assertTrue(silent < 30, silent + " of 300");
    }

    static int find(byte[] in, byte[] what) {
        for (int at = 0; at + what.length <= in.length; at++) {
            if (java.util.Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
                return at;
            }
        }
        throw new AssertionError("not in the file");
    }

    @Test
    void files_that_are_no_bundles_are_refused_with_their_place() throws Exception {
        place("bundle", "no zip".getBytes(StandardCharsets.US_ASCII));
        place("bundle", new byte[0]);
        place("bundle", zipOf("policy", new String(SampleLog.POLICY.encode(), StandardCharsets.UTF_8)));
        place("bundle, member 1", zipOf("../../etc/passwd", ""));
        place("bundle, member 1", zipOf("tile/0/0", ""));
        place(
                "bundle, policy, line 1",
                zipOf("checkpoint", "", "rows", "", "directory", "", "waiting", "", "policy", "nonsense"));
        String policy = new String(SampleLog.POLICY.encode(), StandardCharsets.UTF_8);
        String note = new String(SampleLog.of(0, 1).note, StandardCharsets.UTF_8);
        place(
                "checkpoint, line 1",
                zipOf("checkpoint", "x", "rows", "", "directory", "", "waiting", "", "policy", policy));
        place(
                "bundle, rows, line 2",
                zipOf(
                        "checkpoint",
                        note,
                        "rows",
                        "a " + "0".repeat(32) + " " + "0".repeat(64) + "\nx\n",
                        "directory",
                        "",
                        "waiting",
                        "",
                        "policy",
                        policy));
        place(
                "bundle, rows, line 1",
                zipOf("checkpoint", note, "rows", "y".repeat(500), "directory", "", "waiting", "", "policy", policy));
        place(
                "bundle, directory, line 1",
                zipOf("checkpoint", note, "rows", "", "directory", "%\n", "waiting", "", "policy", policy));
        place(
                "bundle, waiting, line 1",
                zipOf("checkpoint", note, "rows", "", "directory", "", "waiting", "{}\n", "policy", policy));
    }

    private void place(String place, byte[] bytes) {
        Malformed refusal = assertThrows(Malformed.class, () -> verify(bytes));
        assertTrue(refusal.place().startsWith(place), refusal.getMessage());
    }

    private static byte[] zipOf(String... namesAndTexts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
                zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    @Test
    void sections_out_of_order_are_a_mistake_of_the_writer() throws Exception {
        BundleWriter writer = new BundleWriter(new ByteArrayOutputStream(), SampleLog.POLICY);
        writer.statement(new byte[1]);
        assertThrows(IllegalStateException.class, () -> writer.row("case_file", "", "", 0));
        assertThrows(IllegalStateException.class, () -> writer.checkpoint(new byte[0]));
    }

    @Test
    void entry_bundles_come_back_as_they_were_and_no_others_are_taken() throws Exception {
        List<byte[]> entries = List.of(new byte[0], new byte[] {1}, new byte[1024]);
        byte[] bundle = EntryBundle.encode(entries);
        List<byte[]> read = EntryBundle.decode(bundle, 3);
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(entries.get(i), read.get(i));
        }
        assertThrows(Malformed.class, () -> EntryBundle.decode(bundle, 2));
        assertThrows(Malformed.class, () -> EntryBundle.decode(bundle, 4));
        assertThrows(IllegalArgumentException.class, () -> EntryBundle.encode(List.of(new byte[1025])));
        assertThrows(IllegalArgumentException.class, () -> EntryBundle.encode(List.of()));
    }

    @Test
    void the_golden_bundle_is_sound_and_has_its_root() throws Exception {
        Verdict verdict = verify(Files.readAllBytes(Path.of("src/test/vectors/tlog/bundle.zip")));
        assertTrue(verdict.sound(), verdict.findings().toString());
        assertEquals(300, verdict.checkpoint().size());
        assertEquals(
                Files.readString(Path.of("src/test/vectors/tlog/root.txt")).strip(),
                Hex.encode(verdict.checkpoint().root()));
    }
}
