// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The head of a log at a size (C2SP tlog-checkpoint): three lines, origin, size and root. Extension lines are refused,
 * because the ML-DSA-44 signature does not cover them.
 *
 * @param origin which log: a name without spaces and plus signs, at most 255 bytes
 * @param size leaves, 0 or more
 * @param root RFC 6962 root over them, 32 bytes
 */
public record Checkpoint(String origin, long size, byte[] root) {
    public Checkpoint {
        if (!isOrigin(origin) || size < 0 || root.length != TreeHasher.HASH) {
            throw new IllegalArgumentException("no checkpoint");
        }
        root = root.clone();
    }

    /** The post-quantum signature covers the origin behind a length of one byte. */
    private static boolean isOrigin(String origin) {
        return NoteKey.isName(origin) && origin.getBytes(StandardCharsets.UTF_8).length <= 255;
    }

    @Override
    public byte[] root() {
        return root.clone();
    }

    /** The text that is signed, with its last newline. */
    public String text() {
        return origin + '\n' + size + '\n' + Base64Text.encode(root) + '\n';
    }

    /** @throws Malformed with the line, if it is not exactly what {@link #text()} writes */
    public static Checkpoint parse(String text) throws Malformed {
        String[] lines = text.split("\n", -1);
        if (lines.length != 4 || !lines[3].isEmpty()) {
            throw new Malformed("line 1", "a checkpoint has three lines");
        }
        if (!isOrigin(lines[0])) {
            throw new Malformed("line 1", "not an origin");
        }
        if (!lines[1].matches("0|[1-9][0-9]{0,17}")) {
            throw new Malformed("line 2", "not a size");
        }
        byte[] root = Base64Text.decode(lines[2], "line 3");
        if (root.length != TreeHasher.HASH) {
            throw new Malformed("line 3", "not a hash");
        }
        return new Checkpoint(lines[0], Long.parseLong(lines[1]), root);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Checkpoint checkpoint && checkpoint.text().equals(text());
    }

    @Override
    public int hashCode() {
        return 31 * origin.hashCode() + Arrays.hashCode(root);
    }
}
