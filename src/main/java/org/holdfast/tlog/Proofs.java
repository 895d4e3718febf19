// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Inclusion and consistency proofs as RFC 9162 sections 2.1.3 and 2.1.4 define them; the same as those of RFC 6962.
 *
 * <p>A proof is a list of hashes of 32 bytes. Making one reads complete subtrees only, so it works on stored tiles.
 * Verifying answers yes or no and never throws on hostile input.
 */
public final class Proofs {
    private Proofs() {}

    /** The root over the first {@code size} leaves. */
    public static byte[] root(long size, Nodes nodes) throws IOException {
        return size == 0 ? MerkleTree.emptyRoot() : hash(0, size, nodes);
    }

    /**
     * Proves that the leaf at {@code index} is in the tree of {@code size} leaves.
     *
     * @throws IllegalArgumentException if the tree has no such leaf
     */
    public static List<byte[]> inclusion(long index, long size, Nodes nodes) throws IOException {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no such leaf");
        }
        List<byte[]> proof = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + split(to - from);
            if (index < middle) {
                proof.add(0, hash(middle, to, nodes));
                to = middle;
            } else {
                proof.add(0, hash(from, middle, nodes));
                from = middle;
            }
        }
        return proof;
    }

    /**
     * Proves that the tree of {@code size} leaves begins with the tree of {@code first} leaves. The proof is empty if
     * both are equal.
     *
     * @throws IllegalArgumentException unless {@code 0 < first <= size}
     */
    public static List<byte[]> consistency(long first, long size, Nodes nodes) throws IOException {
        if (first <= 0 || first > size) {
            throw new IllegalArgumentException("no such trees");
        }
        List<byte[]> proof = new ArrayList<>();
        long from = 0;
        long to = size;
        while (first != to) {
            long middle = from + split(to - from);
            if (first <= middle) {
                proof.add(0, hash(middle, to, nodes));
                to = middle;
            } else {
                proof.add(0, hash(from, middle, nodes));
                from = middle;
            }
        }
        // The verifier holds the old root already when the walk ends on the whole old tree.
        if (from != 0) {
            proof.add(0, hash(from, to, nodes));
        }
        return proof;
    }

    /** Whether the proof leads from the leaf hash at {@code index} to the root of {@code size} leaves. */
    public static boolean verifyInclusion(long index, long size, byte[] leafHash, List<byte[]> proof, byte[] root) {
        if (index < 0 || index >= size || notHashes(proof) || leafHash.length != TreeHasher.HASH) {
            return false;
        }
        long fn = index;
        long sn = size - 1;
        byte[] r = leafHash;
        for (byte[] p : proof) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                r = MerkleTree.nodeHash(p, r);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                r = MerkleTree.nodeHash(r, p);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Arrays.equals(r, root);
    }

    /** Whether the proof shows that the larger tree begins with the smaller one. */
    public static boolean verifyConsistency(
            long first, long second, byte[] firstRoot, byte[] secondRoot, List<byte[]> proof) {
        // Every tree begins with the empty one; that proves nothing, and nothing is accepted as proof of it.
        if (first <= 0 || second < first || notHashes(proof)) {
            return false;
        }
        if (first == second) {
            return proof.isEmpty() && Arrays.equals(firstRoot, secondRoot);
        }
        if (proof.isEmpty()) {
            return false;
        }
        List<byte[]> path = new ArrayList<>(proof);
        if (Long.bitCount(first) == 1) {
            path.add(0, firstRoot);
        }
        long fn = first - 1;
        long sn = second - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        byte[] fr = path.get(0);
        byte[] sr = path.get(0);
        for (byte[] c : path.subList(1, path.size())) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                fr = MerkleTree.nodeHash(c, fr);
                sr = MerkleTree.nodeHash(c, sr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                sr = MerkleTree.nodeHash(sr, c);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Arrays.equals(fr, firstRoot) && Arrays.equals(sr, secondRoot);
    }

    private static boolean notHashes(List<byte[]> proof) {
        return proof.stream().anyMatch(hash -> hash.length != TreeHasher.HASH);
    }

    /** The largest power of two below {@code n}. */
    private static long split(long n) {
        return Long.highestOneBit(n - 1);
    }

    /** The hash over the leaves from..to, put together from complete subtrees. */
    private static byte[] hash(long from, long to, Nodes nodes) throws IOException {
        long count = to - from;
        if (Long.bitCount(count) == 1) {
            int level = Long.numberOfTrailingZeros(count);
            return nodes.node(level, from >>> level);
        }
        long middle = from + split(count);
        return MerkleTree.nodeHash(hash(from, middle, nodes), hash(middle, to, nodes));
    }
}
