// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    /** The eight leaves and nine roots that the reference implementation of RFC 6962 tests itself with. */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private static byte[] leaf(int i) {
        return new byte[] {(byte) i, (byte) (i >> 8), (byte) (i >> 16)};
    }

    @Test
    void the_roots_are_those_of_rfc_6962() {
        MerkleTree tree = new MerkleTree();
        TreeHasher hasher = new TreeHasher();
        for (int size = 0; size <= LEAVES.size(); size++) {
            assertEquals(ROOTS.get(size), Hex.encode(tree.root()));
            assertEquals(ROOTS.get(size), Hex.encode(hasher.root()));
            if (size < LEAVES.size()) {
                tree.append(Hex.decode(LEAVES.get(size)));
                hasher.append(Hex.decode(LEAVES.get(size)));
            }
        }
    }

    @Test
    void the_streamed_root_is_the_root_of_the_tree_in_memory() {
        MerkleTree tree = new MerkleTree();
        TreeHasher hasher = new TreeHasher();
        for (int size = 1; size <= 70_000; size++) {
            tree.append(leaf(size));
            hasher.append(leaf(size));
            if (size < 1_100 || size % 977 == 0 || size % 65_536 < 3) {
                assertArrayEquals(tree.root(), hasher.root(), "size " + size);
            }
        }
        assertEquals(70_000, hasher.size());
    }

    @Test
    void a_tree_of_70000_has_the_tiles_of_the_specification() {
        Map<Tile, byte[]> tiles = new HashMap<>();
        TreeHasher.TileSink keep = (tile, hashes) -> tiles.put(tile, hashes.clone());
        TreeHasher hasher = new TreeHasher(keep);
        MerkleTree tree = new MerkleTree();
        for (int i = 0; i < 70_000; i++) {
            hasher.append(leaf(i));
            tree.append(leaf(i));
        }
        hasher.partialTiles(keep);
        assertEquals(273 + 1 + 1 + 1 + 1, tiles.size());
        assertTrue(tiles.containsKey(new Tile(0, 273, 112)));
        assertTrue(tiles.containsKey(new Tile(1, 0, 256)));
        assertTrue(tiles.containsKey(new Tile(1, 1, 17)));
        assertTrue(tiles.containsKey(new Tile(2, 0, 1)));
        tiles.forEach((tile, hashes) -> {
            for (int i = 0; i < tile.width(); i++) {
                assertArrayEquals(
                        tree.node(8 * tile.level(), tile.index() * 256 + i),
                        Arrays.copyOfRange(hashes, 32 * i, 32 * i + 32));
            }
        });
    }

    @Test
    void every_leaf_of_every_tree_up_to_70_is_proved_and_no_other() throws Exception {
        MerkleTree tree = new MerkleTree();
        SplittableRandom random = new SplittableRandom(1);
        for (int size = 1; size <= 70; size++) {
            tree.append(leaf(size - 1));
            byte[] root = tree.root();
            for (int index = 0; index < size; index++) {
                byte[] hash = MerkleTree.leafHash(leaf(index));
                List<byte[]> proof = Proofs.inclusion(index, size, tree);
                assertTrue(Proofs.verifyInclusion(index, size, hash, proof, root));
                assertFalse(Proofs.verifyInclusion(index, size, MerkleTree.leafHash(leaf(index + 1)), proof, root));
                assertFalse(Proofs.verifyInclusion(index, size, hash, flipped(proof, random), root));
                assertFalse(Proofs.verifyInclusion(index, size, hash, longer(proof), root));
                assertFalse(Proofs.verifyInclusion(size, size, hash, proof, root));
            }
        }
    }

    @Test
    void every_pair_of_trees_up_to_70_is_proved_consistent_and_no_other() throws Exception {
        MerkleTree tree = new MerkleTree();
        SplittableRandom random = new SplittableRandom(2);
        for (int size = 1; size <= 70; size++) {
            tree.append(leaf(size - 1));
            byte[] root = tree.root();
            for (int first = 1; first <= size; first++) {
                byte[] old = tree.root(first);
                List<byte[]> proof = Proofs.consistency(first, size, tree);
                assertTrue(Proofs.verifyConsistency(first, size, old, root, proof), first + " in " + size);
                assertFalse(Proofs.verifyConsistency(first, size, MerkleTree.leafHash(old), root, proof));
                assertFalse(Proofs.verifyConsistency(first, size, old, MerkleTree.leafHash(root), proof));
                assertFalse(Proofs.verifyConsistency(first, size, old, root, longer(proof)));
                if (!proof.isEmpty()) {
                    assertFalse(Proofs.verifyConsistency(first, size, old, root, flipped(proof, random)));
                }
            }
        }
    }

    @Test
    void proofs_from_stored_tiles_are_those_from_memory() throws Exception {
        SampleLog log = SampleLog.of(3, 3);
        MerkleTree tree = new MerkleTree();
        log.entries.clear();
        for (int i = 0; i < 1_500; i++) {
            byte[] entry = leaf(i);
            log.entries.add(entry);
            tree.append(entry);
        }
        Nodes nodes = new TileNodes(log.seal(), 1_500);
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 300; round++) {
            int size = random.nextInt(1, 1_501);
            int index = random.nextInt(size);
            same(Proofs.inclusion(index, size, tree), Proofs.inclusion(index, size, nodes));
            same(Proofs.consistency(index + 1, size, tree), Proofs.consistency(index + 1, size, nodes));
        }
    }

    private static void same(List<byte[]> expected, List<byte[]> actual) {
        assertEquals(
                expected.stream().map(Hex::encode).toList(),
                actual.stream().map(Hex::encode).toList());
    }

    private static List<byte[]> longer(List<byte[]> proof) {
        List<byte[]> longer = new ArrayList<>(proof);
        longer.add(new byte[32]);
        return longer;
    }

    private static List<byte[]> flipped(List<byte[]> proof, SplittableRandom random) {
        List<byte[]> flipped = new ArrayList<>(proof);
        if (proof.isEmpty()) {
            return longer(proof);
        }
        int which = random.nextInt(proof.size());
        byte[] hash = proof.get(which).clone();
        hash[random.nextInt(32)] ^= (byte) (1 << random.nextInt(8));
        flipped.set(which, hash);
        return flipped;
    }
}
