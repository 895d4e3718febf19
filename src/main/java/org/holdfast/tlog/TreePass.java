// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Builds the tree from the entries and compares it with what is stored: each tile, the root, and kept checkpoints on the
 * way.
 */
final class TreePass {
    private final LogSource source;
    private final Findings findings;
    private final Deque<KeptCheckpoint> kept;
    private final long size;
    private final TreeHasher hasher = new TreeHasher(this::compare);
    /** Tiles that are known to be wrong, so that the tiles above them are not blamed for it. */
    private final Set<Tile> wrong = new HashSet<>();

    private long compared;
    private long lastGood;
    private boolean unreadable;

    TreePass(LogSource source, Findings findings, List<KeptCheckpoint> kept, long size) {
        this.source = source;
        this.findings = findings;
        this.kept = new ArrayDeque<>(kept);
        this.size = size;
    }

    void begin() {
        checkKept();
    }

    void entry(byte[] bytes, int offset, int length) throws IOException {
        try {
            hasher.append(bytes, offset, length);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        checkKept();
    }

    /** Entries that cannot be read take the hash that the stored tile has for them, so that the rest can be judged. */
    void unreadable(long index, int count, boolean missing) throws IOException, Malformed {
        unreadable = true;
        long last = index + count - 1;
        findings.add(
                index,
                missing ? "entry.missing" : "entry.unreadable",
                (count == 1 ? "Entry " + index : "Of the entries " + index + " to " + last + " at least the first")
                        + (missing ? " is not there." : " cannot be read: the lengths in its bundle do not agree."));
        Tile tile = Tile.at(0, index / Tile.WIDTH, size);
        byte[] stored = source.tile(tile);
        for (int i = (int) (index % Tile.WIDTH); i < tile.width(); i++) {
            byte[] hash = new byte[TreeHasher.HASH];
            if (stored != null && stored.length == tile.width() * TreeHasher.HASH) {
                System.arraycopy(stored, i * TreeHasher.HASH, hash, 0, TreeHasher.HASH);
            }
            hasher.appendLeafHash(hash);
            checkKept();
        }
    }

    private void checkKept() {
        while (!kept.isEmpty() && kept.peek().checkpoint().size() == hasher.size()) {
            KeptCheckpoint one = kept.remove();
            if (Arrays.equals(one.checkpoint().root(), hasher.root())) {
                lastGood = hasher.size();
            } else {
                findings.add(
                        lastGood,
                        "kept.split",
                        "The log is not the one of the kept checkpoint " + one.name() + ": between entry " + lastGood
                                + " and entry " + (hasher.size() - 1) + " something was changed after it was signed.");
            }
        }
    }

    private void compare(Tile tile, byte[] rebuilt) {
        byte[] stored;
        try {
            stored = source.tile(tile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Malformed e) {
            findings.add(tile.start(), "tile.malformed", "The stored tile " + tile.path() + " cannot be read.");
            return;
        }
        if (stored == null) {
            return;
        }
        compared++;
        int bytes = tile.width() * TreeHasher.HASH;
        if (stored.length == bytes && Arrays.equals(stored, 0, bytes, rebuilt, 0, bytes)) {
            return;
        }
        wrong.add(tile);
        if (stored.length != bytes) {
            findings.add(tile.start(), "tile.malformed", "The stored tile " + tile.path() + " does not have its size.");
            return;
        }
        int first = -1;
        int differing = 0;
        for (int i = 0; i < tile.width(); i++) {
            int at = i * TreeHasher.HASH;
            boolean explained =
                    tile.level() > 0 && wrong.contains(new Tile(tile.level() - 1, tile.index() * Tile.WIDTH + i, 256));
            if (!explained && !Arrays.equals(stored, at, at + TreeHasher.HASH, rebuilt, at, at + TreeHasher.HASH)) {
                first = first < 0 ? i : first;
                differing++;
            }
        }
        if (first >= 0) {
            report(tile, first, differing);
        }
    }

    private void report(Tile tile, int first, int differing) {
        long index = tile.start() + ((long) first << (8 * tile.level()));
        if (tile.level() == 0) {
            findings.add(
                    index,
                    "entry.altered",
                    "Entry " + index + " is not the one whose hash is stored in " + tile.path()
                            + (differing > 1 ? "; nor are " + (differing - 1) + " entries after it" : "") + ".");
        } else {
            findings.add(
                    index,
                    "tile.altered",
                    "The stored tile " + tile.path() + " does not follow from the entries from " + index + " on.");
        }
    }

    /** Compares what remains: the tiles that are not full, and the root. */
    void finish(Checkpoint checkpoint) throws IOException {
        try {
            hasher.partialTiles(this::compare);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (!Arrays.equals(hasher.root(), checkpoint.root())) {
            findings.add(
                    Finding.NOWHERE,
                    "root.mismatch",
                    "The tree over the " + size + " entries does not have the root that the checkpoint states"
                            + (unreadable ? "; entries that cannot be read had to be left out." : "."));
        }
    }

    long compared() {
        return compared;
    }
}
