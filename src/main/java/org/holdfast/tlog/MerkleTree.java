// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * A Merkle tree of RFC 6962 held in memory, for small logs and for proofs about them; {@link TreeHasher} is for large
 * ones.
 *
 * <p>Not safe between threads while it grows.
 */
public final class MerkleTree implements Nodes {
    private final List<List<byte[]>> levels = new ArrayList<>();

    public MerkleTree() {
        levels.add(new ArrayList<>());
    }

    /** SHA-256 of a zero byte and the entry, 32 bytes. */
    public static byte[] leafHash(byte[] entry) {
        MessageDigest sha256 = TreeHasher.sha256();
        sha256.update((byte) 0);
        return sha256.digest(entry);
    }

    /** SHA-256 of a one byte and both children, 32 bytes. */
    public static byte[] nodeHash(byte[] left, byte[] right) {
        MessageDigest sha256 = TreeHasher.sha256();
        sha256.update((byte) 1);
        sha256.update(left);
        return sha256.digest(right);
    }

    /** The root of a tree without leaves: SHA-256 of nothing. */
    public static byte[] emptyRoot() {
        return TreeHasher.sha256().digest();
    }

    /** Leaves so far. */
    public long size() {
        return levels.get(0).size();
    }

    /** Appends an entry. */
    public void append(byte[] entry) {
        appendLeafHash(leafHash(entry));
    }

    /** Appends a leaf by its hash of 32 bytes. */
    public void appendLeafHash(byte[] hash) {
        byte[] up = hash.clone();
        for (int level = 0; ; level++) {
            if (levels.size() == level) {
                levels.add(new ArrayList<>());
            }
            List<byte[]> row = levels.get(level);
            row.add(up);
            if (row.size() % 2 != 0) {
                return;
            }
            up = nodeHash(row.get(row.size() - 2), up);
        }
    }

    /** The hash over the {@code 2^level} leaves from {@code index * 2^level}, all of which the tree has. */
    @Override
    public byte[] node(int level, long index) {
        return levels.get(level).get((int) index).clone();
    }

    /** The root over all leaves. */
    public byte[] root() {
        return root(size());
    }

    /** The root over the first {@code size} leaves. */
    public byte[] root(long size) {
        try {
            return Proofs.root(size, this);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
