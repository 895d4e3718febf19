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
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignedNoteTest {
    private static final Path VECTORS = Path.of("src/test/vectors/tlog");

    /** The checkpoint that C2SP tlog-checkpoint prints. */
    private static final String PRINTED = """
        example.com/behind-the-sofa
        20852163
        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

        \u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
        """;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void the_checkpoint_that_the_specification_prints_is_read() throws Malformed {
        SignedNote note = SignedNote.parse(utf8(PRINTED));
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        assertEquals("example.com/behind-the-sofa", checkpoint.origin());
        assertEquals(20_852_163, checkpoint.size());
        assertEquals(1, note.signatures().size());
        assertArrayEquals(utf8(PRINTED), note.encode());
    }

    @Test
    void a_note_in_any_other_form_is_refused() {
        for (String other : List.of(
                "",
                "a\n",
                "a\n\n",
                PRINTED.substring(0, PRINTED.length() - 1),
                PRINTED.replace("\u2014 ", "- "),
                PRINTED.replace("\u2014 ", "\u2014"),
                PRINTED.replace("YQ8=", "YQ9="),
                PRINTED.replace("YQ8=", "YQ8"),
                PRINTED.replace("Az3grlgt", "Az3_rlgt"),
                PRINTED.replace("\n20852163", "\r\n20852163"),
                PRINTED + "\n",
                PRINTED.replace("sofa Az", "so fa Az"),
                PRINTED.replace("sofa Az", "so+fa Az"))) {
            assertThrows(Malformed.class, () -> SignedNote.parse(utf8(other)), other);
        }
        assertThrows(Malformed.class, () -> SignedNote.parse(new byte[] {'a', '\n', (byte) 0xff, '\n', '\n'}));
        assertThrows(Malformed.class, () -> SignedNote.parse(new byte[1 << 17]));
    }

    @Test
    void a_checkpoint_in_any_other_form_is_refused() {
        String good = "log.example\n7\n" + "A".repeat(43) + "=\n";
        for (String other : List.of(
                "",
                good + "extension\n",
                good.substring(1 + good.indexOf('\n')),
                good.replace("\n7\n", "\n07\n"),
                good.replace("\n7\n", "\n-7\n"),
                good.replace("\n7\n", "\n7 \n"),
                good.replace("\n7\n", "\n\n"),
                good.replace("\n7\n", "\n9999999999999999999\n"),
                good.replace("A=", "="),
                good.replace("log.", "lo g."),
                good.replace("=\n", "="),
                good.replace("log.example", ""))) {
            assertThrows(Malformed.class, () -> Checkpoint.parse(other), other);
        }
    }

    @Test
    void both_keys_must_have_signed() throws Malformed {
        SignedNote note = SampleLog.SIGNER.sign(7, new byte[32], 0);
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        assertEquals(Optional.empty(), SampleLog.POLICY.objection(note, checkpoint));
        for (int left = 0; left < 2; left++) {
            SignedNote half =
                    new SignedNote(note.text(), List.of(note.signatures().get(left)));
            assertTrue(SampleLog.POLICY.objection(half, checkpoint).isPresent());
        }
    }

    @Test
    void signatures_of_strangers_are_ignored_and_bad_ones_of_the_log_spoil_it() throws Malformed {
        SignedNote note = SampleLog.SIGNER.sign(7, new byte[32], 0);
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        SignedNote.Signature good = note.signatures().get(0);
        var stranger = new SignedNote.Signature("witness.example", 5, new byte[64]);
        var bad = new SignedNote.Signature(good.name(), good.keyId(), new byte[64]);
        assertTrue(SampleLog.POLICY.objection(with(note, stranger), checkpoint).isEmpty());
        assertTrue(SampleLog.POLICY.objection(with(note, bad), checkpoint).isPresent());
    }

    private static SignedNote with(SignedNote note, SignedNote.Signature more) {
        return new SignedNote(
                note.text(), List.of(note.signatures().get(0), note.signatures().get(1), more));
    }

    @Test
    void any_flipped_bit_of_a_checkpoint_is_found() {
        byte[] note =
                SampleLog.SIGNER.sign(123_456, new byte[32], 1_795_638_660L).encode();
        int objections = 0;
        for (int bit = 0; bit < 8 * note.length; bit += bit < 4_000 ? 1 : 13) {
            byte[] flipped = note.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                SignedNote read = SignedNote.parse(flipped);
                Checkpoint checkpoint = Checkpoint.parse(read.text());
                boolean sameLog = checkpoint.origin().equals(SampleLog.ORIGIN);
                assertFalse(
                        sameLog && SampleLog.POLICY.objection(read, checkpoint).isEmpty(), "bit " + bit);
                objections++;
            } catch (Malformed e) {
                // Refused is as good.
            }
        }
        assertTrue(objections > 1_000);
    }

    @Test
    void a_policy_and_its_keys_come_back_as_they_were() throws Malformed {
        assertEquals(SampleLog.POLICY, Policy.parse(SampleLog.POLICY.encode()));
        for (NoteKey key : SampleLog.POLICY.keys()) {
            assertEquals(key, NoteKey.parse(key.text()));
            assertThrows(Malformed.class, () -> NoteKey.parse(key.text().replace(key.name(), "other.example")));
            assertThrows(Malformed.class, () -> NoteKey.parse(key.text() + "A"));
        }
        String text = new String(SampleLog.POLICY.encode(), StandardCharsets.UTF_8);
        for (String other : List.of(
                "",
                text.substring(1),
                text + "\n",
                text + "quorum 2\n",
                text.replace("log-key", "log-keys"),
                text.substring(0, text.indexOf("log-key", text.indexOf("log-key") + 1)))) {
            assertThrows(Malformed.class, () -> Policy.parse(utf8(other)), other);
        }
    }

    @Test
    void the_golden_checkpoint_still_verifies() throws Exception {
        KeptCheckpoint golden = KeptCheckpoint.parse("golden", Files.readAllBytes(VECTORS.resolve("checkpoint")));
        Policy policy = Policy.parse(Files.readAllBytes(VECTORS.resolve("policy")));
        assertEquals(300, golden.checkpoint().size());
        assertEquals(Optional.empty(), policy.objection(golden.note(), golden.checkpoint()));
        assertEquals(SampleLog.POLICY, policy);
    }
}
