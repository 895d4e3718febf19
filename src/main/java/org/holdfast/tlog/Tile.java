// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

/**
 * The name of a tile or of an entry bundle (C2SP tlog-tiles).
 *
 * @param level 0 to 63, or {@link #ENTRIES} for an entry bundle
 * @param index the tile's place in its level, from 0
 * @param width hashes or entries in it, 1 to 256; below 256 it is partial
 */
public record Tile(int level, long index, int width) {
    /** The width of a full tile. */
    public static final int WIDTH = 256;

    /** The level of entry bundles. */
    public static final int ENTRIES = -1;

    private static final String PREFIX = "tile/";

    public Tile {
        if (level < ENTRIES || level > 63 || index < 0 || width < 1 || width > WIDTH) {
            throw new IllegalArgumentException("no such tile");
        }
    }

    /** The tile of hashes at a place, as wide as a tree of that size has it; width 0 there is an error. */
    public static Tile at(int level, long index, long treeSize) {
        long hashes = level <= 0 ? treeSize : 8 * level > 62 ? 0 : treeSize >>> (8 * level);
        return new Tile(level, index, (int) Math.min(WIDTH, hashes - index * WIDTH));
    }

    /** Whether it has fewer than 256. */
    public boolean partial() {
        return width < WIDTH;
    }

    /** The index of its first entry in the tree. */
    public long start() {
        return index << (8 * (Math.max(level, 0) + 1));
    }

    /** The path below the log's prefix: {@code tile/0/x001/x234/067.p/112}. */
    public String path() {
        StringBuilder digits = new StringBuilder(Long.toString(index));
        while (digits.length() % 3 != 0) {
            digits.insert(0, '0');
        }
        StringBuilder out = new StringBuilder(PREFIX).append(level == ENTRIES ? "entries" : Integer.toString(level));
        for (int i = 0; i < digits.length(); i += 3) {
            out.append(i + 3 < digits.length() ? "/x" : "/").append(digits, i, i + 3);
        }
        return partial() ? out.append(".p/").append(width).toString() : out.toString();
    }

    /** @throws Malformed if the path is not exactly what {@link #path()} writes */
    public static Tile parse(String path) throws Malformed {
        try {
            String rest = path.startsWith(PREFIX) ? path.substring(PREFIX.length()) : "";
            int slash = rest.indexOf('/');
            String levelText = rest.substring(0, slash);
            rest = rest.substring(slash + 1);
            int width = WIDTH;
            int partial = rest.indexOf(".p/");
            if (partial >= 0) {
                width = Integer.parseInt(rest.substring(partial + 3));
                rest = rest.substring(0, partial);
            }
            long index = Long.parseLong(rest.replace("/", "").replace("x", ""));
            Tile tile = new Tile("entries".equals(levelText) ? ENTRIES : Integer.parseInt(levelText), index, width);
            // Whatever the lenient reading above let through differs from the one way to write the name.
            if (tile.path().equals(path)) {
                return tile;
            }
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            // Falls through to the same refusal.
        }
        throw new Malformed("tile path", "not in the form of C2SP tlog-tiles");
    }
}
