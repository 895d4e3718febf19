// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

/**
 * A checkpoint that somebody kept outside the server, to hold the log to it later.
 *
 * @param name what the keeper calls it, for the report: a file name
 * @param note as it was signed
 * @param checkpoint what it says
 */
public record KeptCheckpoint(String name, SignedNote note, Checkpoint checkpoint) {

    /**
     * Reads a kept file.
     *
     * @throws Malformed if it is not a signed checkpoint
     */
    public static KeptCheckpoint parse(String name, byte[] bytes) throws Malformed {
        SignedNote note = SignedNote.parse(bytes);
        return new KeptCheckpoint(name, note, Checkpoint.parse(note.text()));
    }
}
