// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.holdfast.tlog.CheckpointSigner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldfastToolsTest {
    private static final Path VECTORS = Path.of("src/test/vectors/tlog");

    @TempDir
    Path folder;

    private Path bundle;
    private String out = "";
    private String err = "";

    @BeforeEach
    void copy() throws Exception {
        bundle = Files.copy(VECTORS.resolve("bundle.zip"), folder.resolve("bundle.zip"));
    }

    private int run(Object... args) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        String[] words = java.util.Arrays.stream(args).map(Object::toString).toArray(String[]::new);
        int code = HoldfastTools.run(new PrintWriter(outText), new PrintWriter(errText), words);
        out = outText.toString();
        err = errText.toString();
        return code;
    }

    @Test
    void a_sound_bundle_is_0_and_one_page() {
        assertEquals(0, run("verify", bundle, "--signatures"));
        assertTrue(out.contains("SOUND up to entry 299."), out);
        assertFalse(out.contains("NOT SOUND"));
        assertTrue(out.lines().count() < 40);
        assertTrue(out.lines().allMatch(line -> line.length() <= 100), out);
        assertEquals("", err);
    }

    @Test
    void one_changed_byte_is_1_and_names_the_entry() throws Exception {
        byte[] bytes = Files.readAllBytes(bundle);
        String entry = Files.readAllLines(VECTORS.resolve("entries.txt")).get(7).split(" ", 2)[1];
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(entry);
        bytes[at + entry.indexOf("\"e\":\"") + 6] ^= 1;
        Files.write(bundle, bytes);
        assertEquals(1, run("verify", bundle));
        assertTrue(out.contains("NOT SOUND"), out);
        String findings = out.substring(out.indexOf("NOT SOUND"));
        assertTrue(findings.contains("[entry 7, entry.altered]"), out);
        assertEquals(findings.indexOf("[entry"), findings.indexOf("[entry 7"));
    }

    @Test
    void unusable_inputs_are_2_and_named_by_their_place() throws Exception {
        assertEquals(2, run("verify", folder.resolve("nothing.zip")));
        assertTrue(err.contains("nothing.zip"), err);
        Path text = Files.writeString(folder.resolve("text.zip"), "text");
        assertEquals(2, run("verify", text));
        assertTrue(err.contains("text.zip: bundle: not a readable zip file"), err);
        assertEquals(2, run("verify", bundle, "--kept", text));
        assertTrue(err.contains("text.zip: line 1"), err);
        assertEquals(2, run("verify", bundle, "--policy", text));
        assertTrue(err.contains("text.zip: line 1"), err);
        assertEquals(2, run("verify", folder));
        assertEquals(2, run("verify"));
        assertEquals(2, run("verify", bundle, "--nonsense"));
        assertEquals(2, run("nonsense"));
        assertEquals(2, run());
    }

    @Test
    void kept_checkpoints_and_a_policy_are_heeded() throws Exception {
        Path checkpoint = VECTORS.resolve("checkpoint");
        assertEquals(0, run("verify", bundle, "--kept", checkpoint, "--policy", VECTORS.resolve("policy")));
        assertTrue(out.contains("1 checkpoint"), out);
        assertTrue(out.contains("from the policy file"), out);
        String other = Files.readString(VECTORS.resolve("policy")).replace("origin log.", "origin logs.");
        assertEquals(1, run("verify", bundle, "--policy", Files.writeString(folder.resolve("policy"), other)));
        assertTrue(out.contains("checkpoint.origin"), out);
    }

    @Test
    void a_checkpoint_kept_after_the_bundle_is_a_finding_and_the_way_out_is_said() throws Exception {
        assertEquals(0, run("verify", bundle, "--kept", VECTORS.resolve("checkpoint")));
        assertFalse(out.contains("download a new one"), out);
        byte[] seeds = new byte[64];
        seeds[31] = 1;
        seeds[63] = 2;
        String origin = Files.readAllLines(VECTORS.resolve("checkpoint")).get(0);
        byte[] later = CheckpointSigner.fromSeeds(origin, seeds)
                .sign(301, new byte[32], 0)
                .encode();
        assertEquals(1, run("verify", bundle, "--kept", Files.write(folder.resolve("later"), later)));
        assertTrue(out.contains("kept.shrunk"), out);
        assertTrue(out.contains("download a new one and verify that"), out);
    }

    @Test
    void the_state_file_keeps_the_newest_sound_checkpoint_and_holds_the_log_to_it() throws Exception {
        Path state = folder.resolve("state");
        assertEquals(0, run("verify", bundle, "--state", state));
        assertEquals(-1, Files.mismatch(state, VECTORS.resolve("checkpoint")));
        assertEquals(0, run("verify", bundle, "--state", state));
        assertTrue(out.contains("1 checkpoint"), out);

        String tampered = Files.readString(state).replace("\n300\n", "\n299\n");
        Files.writeString(state, tampered);
        assertEquals(1, run("verify", bundle, "--state", state));
        assertEquals(tampered, Files.readString(state), "a finding leaves the state as it was");
    }

    @Test
    void the_pin_is_compared() {
        assertEquals(1, run("verify", bundle, "--signatures", "--pin", "00".repeat(32)));
        assertTrue(out.contains("NOT as pinned"), out);
        String pin = out.lines()
                .map(String::strip)
                .filter(line -> line.matches("[0-9a-f]{64}"))
                .findFirst()
                .orElseThrow();
        assertEquals(0, run("verify", bundle, "--pin", pin));
    }
}
