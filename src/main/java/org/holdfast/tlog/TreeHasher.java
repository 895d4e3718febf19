// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Builds a tree leaf by leaf in constant memory: one open tile of 256 hashes for each level of tiles.
 *
 * <p>Hashes are those of RFC 6962 section 2.1 with SHA-256. Each tile that fills is handed to the sink of the
 * constructor, lower levels first, before the next leaf is taken. Not safe between threads.
 */
public final class TreeHasher {
    /** Bytes of a hash. */
    public static final int HASH = 32;

    /** Takes tiles as they fill. */
    @FunctionalInterface
    public interface TileSink {
        /**
         * @param tile which tile
         * @param hashes {@code 32 * tile.width()} bytes, valid only during the call
         */
        void tile(Tile tile, byte[] hashes);
    }

    private static final class Level {
        final byte[] hashes = new byte[Tile.WIDTH * HASH];
        int width;
        long full;
    }

    private final MessageDigest sha256 = sha256();
    private final TileSink sink;
    private final List<Level> levels = new ArrayList<>();
    private final byte[] scratch = new byte[Tile.WIDTH / 2 * HASH];
    private long size;

    /** A tree whose tiles nobody wants. */
    public TreeHasher() {
        this((tile, hashes) -> {});
    }

    public TreeHasher(TileSink sink) {
        this.sink = sink;
        levels.add(new Level());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Leaves so far. */
    public long size() {
        return size;
    }

    /** Appends the leaf of an entry. */
    public void append(byte[] entry) {
        append(entry, 0, entry.length);
    }

    /** Appends the leaf of an entry that lies within a larger array. */
    public void append(byte[] source, int offset, int length) {
        Level level = levels.get(0);
        sha256.update((byte) 0);
        sha256.update(source, offset, length);
        digestTo(level.hashes, level.width * HASH);
        grow(level);
    }

    /** Appends a leaf whose hash is known. */
    public void appendLeafHash(byte[] hash) {
        Level level = levels.get(0);
        System.arraycopy(hash, 0, level.hashes, level.width * HASH, HASH);
        grow(level);
    }

    private void grow(Level level) {
        size++;
        level.width++;
        if (level.width == Tile.WIDTH) {
            close(0);
        }
    }

    private void close(int number) {
        Level level = levels.get(number);
        sink.tile(new Tile(number, level.full, Tile.WIDTH), level.hashes);
        if (levels.size() == number + 1) {
            levels.add(new Level());
        }
        Level above = levels.get(number + 1);
        halve(level.hashes, Tile.WIDTH);
        for (int width = Tile.WIDTH / 2; width > 1; width /= 2) {
            halve(scratch, width);
        }
        System.arraycopy(scratch, 0, above.hashes, above.width * HASH, HASH);
        level.full++;
        level.width = 0;
        above.width++;
        if (above.width == Tile.WIDTH) {
            close(number + 1);
        }
    }

    /** Hashes pairs of {@code from} into the front half of the scratch; {@code from} may be the scratch itself. */
    private void halve(byte[] from, int width) {
        for (int i = 0; i < width / 2; i++) {
            sha256.update((byte) 1);
            sha256.update(from, 2 * i * HASH, 2 * HASH);
            digestTo(scratch, i * HASH);
        }
    }

    private void digestTo(byte[] target, int offset) {
        try {
            sha256.digest(target, offset, HASH);
        } catch (DigestException e) {
            throw new IllegalStateException("there is always room for a hash", e);
        }
    }

    /** The root over the leaves so far, 32 bytes; of an empty tree SHA-256 of nothing. */
    public byte[] root() {
        byte[] right = null;
        for (Level level : levels) {
            // Within a level the rightmost, smallest subtree is innermost: it is folded into from right to left.
            int end = level.width;
            for (int height = 0; end > 0; height++) {
                int count = 1 << height;
                if ((end & count) != 0) {
                    byte[] left = subtree(level.hashes, end - count, count);
                    right = right == null ? left : node(left, right);
                    end -= count;
                }
            }
        }
        return right == null ? sha256.digest() : right;
    }

    private byte[] subtree(byte[] hashes, int from, int count) {
        if (count == 1) {
            return Arrays.copyOfRange(hashes, from * HASH, (from + 1) * HASH);
        }
        return node(subtree(hashes, from, count / 2), subtree(hashes, from + count / 2, count / 2));
    }

    private byte[] node(byte[] left, byte[] right) {
        sha256.update((byte) 1);
        sha256.update(left);
        sha256.update(right);
        return sha256.digest();
    }

    /** Hands the tiles that are not full to the sink, lowest level first; the tree can still grow afterwards. */
    public void partialTiles(TileSink to) {
        for (int number = 0; number < levels.size(); number++) {
            Level level = levels.get(number);
            if (level.width > 0) {
                to.tile(new Tile(number, level.full, level.width), Arrays.copyOf(level.hashes, level.width * HASH));
            }
        }
    }
}
