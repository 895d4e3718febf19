// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Up to 256 entries, each behind its length in two bytes, big-endian (C2SP tlog-tiles, "log entries"). */
public final class EntryBundle {
    static final int MAX_BYTES = Tile.WIDTH * (2 + Entry.MAX_BYTES);

    private EntryBundle() {}

    /** @throws IllegalArgumentException if there are none or more than 256, or one is too long */
    public static byte[] encode(List<byte[]> entries) {
        int length = 0;
        for (byte[] entry : entries) {
            if (entry.length > Entry.MAX_BYTES) {
                throw new IllegalArgumentException("an entry is too long");
            }
            length += 2 + entry.length;
        }
        if (entries.isEmpty() || entries.size() > Tile.WIDTH) {
            throw new IllegalArgumentException("1 to 256 entries");
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        entries.forEach(entry -> out.putShort((short) entry.length).put(entry));
        return out.array();
    }

    /**
     * Reads a bundle of exactly {@code width} entries.
     *
     * @throws Malformed if lengths and bytes do not agree
     */
    public static List<byte[]> decode(byte[] bundle, int width) throws Malformed {
        List<byte[]> entries = new ArrayList<>(width);
        int at = 0;
        for (int i = 0; i < width; i++) {
            int length = length(bundle, at);
            if (length < 0) {
                throw new Malformed("entry " + i, "runs over the end of its bundle");
            }
            entries.add(Arrays.copyOfRange(bundle, at + 2, at + 2 + length));
            at += 2 + length;
        }
        if (at != bundle.length) {
            throw new Malformed("byte " + at, "something follows the last entry of the bundle");
        }
        return entries;
    }

    /** The length of the entry whose prefix stands at a place; -1 if it does not fit. */
    static int length(byte[] bundle, int at) {
        if (bundle.length - at < 2) {
            return -1;
        }
        int length = ((bundle[at] & 0xff) << 8) | (bundle[at + 1] & 0xff);
        return length > bundle.length - at - 2 ? -1 : length;
    }
}
