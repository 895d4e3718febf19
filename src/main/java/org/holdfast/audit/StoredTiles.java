// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.holdfast.tlog.MerkleTree;
import org.holdfast.tlog.Nodes;
import org.holdfast.tlog.Tile;
import org.jspecify.annotations.Nullable;

/**
 * The tiles of the tree as the database has them: full ones stored, others put together from numbered leaves and the tiles
 * below. One connection, one transaction; not safe between threads.
 */
final class StoredTiles implements Nodes {
    private static final int HASH = 32;
    private static final String LEAVES = "select leaf from audit_sequence where seq >= ? and seq < ? order by seq";
    private static final String STORED = "select hashes from audit_tile where level = ? and index = ?";
    private static final String STORE =
            "insert into audit_tile (level, index, hashes) values (?, ?, ?) on conflict do nothing";

    private final Connection connection;
    private @Nullable Tile lastTile;
    private byte[] lastHashes = new byte[0];

    StoredTiles(Connection connection) {
        this.connection = connection;
    }

    /** Stores the tiles above level 0 that became full when full tiles of level 0 went from one number to another. */
    void closeUpper(long fullBefore, long full) throws SQLException {
        long from = fullBefore;
        long to = full;
        for (int level = 1; to / Tile.WIDTH > from / Tile.WIDTH; level++) {
            from /= Tile.WIDTH;
            to /= Tile.WIDTH;
            for (long index = from; index < to; index++) {
                store(level, index, roots(level, index, 0, Tile.WIDTH));
            }
        }
    }

    private void store(int level, long index, byte[] hashes) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STORE)) {
            statement.setInt(1, level);
            statement.setLong(2, index);
            statement.setBytes(3, hashes);
            statement.executeUpdate();
        }
    }

    /** The bytes of a tile in its width; null if the database does not have all of it, or does not store a full one. */
    byte @Nullable [] tile(Tile tile) throws SQLException {
        return tile.partial()
                ? hashes(tile.level(), tile.index(), 0, tile.width())
                : stored(tile.level(), tile.index());
    }

    @Override
    public byte[] node(int level, long index) throws IOException {
        int width = 1 << level % 8;
        long first = index * width;
        try {
            byte[] hashes = hashes(level / 8, first / Tile.WIDTH, (int) (first % Tile.WIDTH), width);
            if (hashes == null) {
                throw new IOException("the database does not hold a part of the tree");
            }
            return root(hashes);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private byte @Nullable [] hashes(int level, long index, int offset, int width) throws SQLException {
        byte[] full = stored(level, index);
        if (full != null) {
            return full.length < (offset + width) * HASH
                    ? null
                    : Arrays.copyOfRange(full, offset * HASH, (offset + width) * HASH);
        }
        return level == 0 ? leaves(index * Tile.WIDTH + offset, width) : roots(level, index, offset, width);
    }

    private byte @Nullable [] stored(int level, long index) throws SQLException {
        Tile wanted = new Tile(level, index, Tile.WIDTH);
        if (wanted.equals(lastTile)) {
            return lastHashes;
        }
        try (PreparedStatement statement = connection.prepareStatement(STORED)) {
            statement.setInt(1, level);
            statement.setLong(2, index);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                lastTile = wanted;
                lastHashes = row.getBytes(1);
                return lastHashes;
            }
        }
    }

    private byte @Nullable [] leaves(long first, int width) throws SQLException {
        byte[] hashes = new byte[width * HASH];
        int at = 0;
        try (PreparedStatement statement = connection.prepareStatement(LEAVES)) {
            statement.setLong(1, first);
            statement.setLong(2, first + width);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    byte[] leaf = rows.getBytes(1);
                    if (leaf.length != HASH) {
                        return null;
                    }
                    System.arraycopy(leaf, 0, hashes, at, HASH);
                    at += HASH;
                }
            }
        }
        return at == hashes.length ? hashes : null;
    }

    /** Hashes of a tile above level 0, each the root of the full tile below it. */
    private byte[] roots(int level, long index, int offset, int width) throws SQLException {
        byte[] hashes = new byte[width * HASH];
        for (int i = 0; i < width; i++) {
            byte[] below = hashes(level - 1, index * Tile.WIDTH + offset + i, 0, Tile.WIDTH);
            if (below == null) {
                throw new AlteredLog("a part of the tree is missing");
            }
            System.arraycopy(root(below), 0, hashes, i * HASH, HASH);
        }
        return hashes;
    }

    private static byte[] root(byte[] hashes) {
        MerkleTree tree = new MerkleTree();
        for (int at = 0; at < hashes.length; at += HASH) {
            tree.appendLeafHash(Arrays.copyOfRange(hashes, at, at + HASH));
        }
        return tree.root();
    }
}
