// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.io.IOException;
import java.util.Arrays;

/** Subtrees put together from the stored tiles of a log, for proofs. Each question reads one tile. */
public final class TileNodes implements Nodes {
    private final LogSource source;
    private final long size;

    /** @param size the size of the tree whose tiles the source holds */
    public TileNodes(LogSource source, long size) {
        this.source = source;
        this.size = size;
    }

    @Override
    public byte[] node(int level, long index) throws IOException {
        int inTile = level % 8;
        long first = index << inTile;
        Tile tile = Tile.at(level / 8, first / Tile.WIDTH, size);
        byte[] hashes;
        try {
            hashes = source.tile(tile);
        } catch (Malformed e) {
            throw new IOException(e);
        }
        int from = (int) (first % Tile.WIDTH) * TreeHasher.HASH;
        int length = TreeHasher.HASH << inTile;
        if (hashes == null || hashes.length < from + length) {
            throw new IOException("the tile is not held");
        }
        return subtree(Arrays.copyOfRange(hashes, from, from + length));
    }

    private static byte[] subtree(byte[] hashes) {
        int half = hashes.length / 2;
        return hashes.length == TreeHasher.HASH
                ? hashes
                : MerkleTree.nodeHash(
                        subtree(Arrays.copyOf(hashes, half)), subtree(Arrays.copyOfRange(hashes, half, hashes.length)));
    }
}
