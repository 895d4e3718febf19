// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which log it is and which keys sign its checkpoints: what a verifier must know from somewhere else than the server.
 *
 * <p>The text has a line {@code origin NAME} and a line {@code log-key KEY} for each key, Ed25519 and ML-DSA-44 at least
 * one each. A checkpoint needs a good signature of each type; signatures by other keys are ignored, a bad one by a known
 * key spoils the whole.
 *
 * @param origin the log's origin
 * @param keys in the order of the text
 */
public record Policy(String origin, List<NoteKey> keys) {
    private static final String ORIGIN = "origin ";
    private static final String KEY = "log-key ";

    public Policy {
        keys = List.copyOf(keys);
        if (!NoteKey.isName(origin) || !hasBoth(keys)) {
            throw new IllegalArgumentException("a policy has an origin and a key of each type");
        }
    }

    private static boolean hasBoth(List<NoteKey> keys) {
        return keys.stream().anyMatch(key -> key.type() == NoteKey.ED25519)
                && keys.stream().anyMatch(key -> key.type() == NoteKey.ML_DSA_44);
    }

    /** The text form, UTF-8. */
    public byte[] encode() {
        StringBuilder out = new StringBuilder(ORIGIN).append(origin).append('\n');
        keys.forEach(key -> out.append(KEY).append(key.text()).append('\n'));
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws Malformed with the line */
    public static Policy parse(byte[] bytes) throws Malformed {
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
        if (!lines[0].startsWith(ORIGIN) || !NoteKey.isName(lines[0].substring(ORIGIN.length()))) {
            throw new Malformed("line 1", "the origin is expected");
        }
        List<NoteKey> keys = new ArrayList<>();
        for (int i = 1; i < lines.length - 1; i++) {
            String place = "line " + (i + 1);
            if (!lines[i].startsWith(KEY)) {
                throw new Malformed(place, "a log-key is expected");
            }
            try {
                keys.add(NoteKey.parse(lines[i].substring(KEY.length())));
            } catch (Malformed e) {
                throw e.in(place);
            }
        }
        if (!lines[lines.length - 1].isEmpty() || !hasBoth(keys)) {
            throw new Malformed(
                    "line " + lines.length, "one key for Ed25519 and one for ML-DSA-44 are needed, each line ended");
        }
        return new Policy(lines[0].substring(ORIGIN.length()), keys);
    }

    /** What speaks against the checkpoint's signatures, in words; empty if nothing does. */
    public Optional<String> objection(SignedNote note, Checkpoint checkpoint) {
        boolean ed25519 = false;
        boolean mlDsa44 = false;
        for (NoteKey key : keys) {
            for (SignedNote.Signature signature : note.signatures()) {
                if (!key.made(signature)) {
                    continue;
                }
                if (!key.verifies(checkpoint, signature.bytes())) {
                    return Optional.of("the " + typeName(key.type()) + " signature does not verify");
                }
                ed25519 |= key.type() == NoteKey.ED25519;
                mlDsa44 |= key.type() == NoteKey.ML_DSA_44;
            }
        }
        if (ed25519 && mlDsa44) {
            return Optional.empty();
        }
        return Optional.of("there is no " + typeName(ed25519 ? NoteKey.ML_DSA_44 : NoteKey.ED25519)
                + " signature by the log's key");
    }

    private static String typeName(int type) {
        return type == NoteKey.ED25519 ? "Ed25519" : "ML-DSA-44";
    }
}
