// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The proofs of transparency-dev/merkle, good ones and broken ones (Apache-2.0, not kept here). */
class MerkleVectorsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private interface Check {
        boolean holds(JsonNode vector) throws IOException;
    }

    private static byte[] bytes(JsonNode text) {
        return text.isNull() ? new byte[0] : Base64.getDecoder().decode(text.asText());
    }

    private static List<byte[]> proof(JsonNode vector) {
        List<byte[]> proof = new ArrayList<>();
        vector.get("proof").forEach(hash -> proof.add(bytes(hash)));
        return proof;
    }

    private static void all(String folder, Check check) throws IOException {
        String vectors = System.getenv("HOLDFAST_VECTORS");
        assumeTrue(
                vectors != null && !vectors.isEmpty(),
                "HOLDFAST_VECTORS does not name the folder of the vectors: the Merkle proofs of others are not run");
        int good = 0;
        int broken = 0;
        List<Path> files;
        try (Stream<Path> walk = Files.walk(Path.of(vectors, "merkle", folder))) {
            files = walk.filter(file -> file.toString().endsWith(".json")).toList();
        }
        for (Path file : files) {
            JsonNode vector = JSON.readTree(file.toFile());
            boolean bad = vector.get("wantErr").asBoolean();
            assertEquals(!bad, check.holds(vector), file.toString());
            if (bad) {
                broken++;
            } else {
                good++;
            }
        }
        assertEquals(6, good, "good ones");
        assertEquals(92, broken, "broken ones");
    }

    @Test
    void inclusion_proofs_of_others_pass_and_their_broken_ones_are_refused() throws IOException {
        all(
                "inclusion",
                v -> Proofs.verifyInclusion(
                        v.get("leafIdx").asLong(),
                        v.get("treeSize").asLong(),
                        bytes(v.get("leafHash")),
                        proof(v),
                        bytes(v.get("root"))));
    }

    @Test
    void consistency_proofs_of_others_pass_and_their_broken_ones_are_refused() throws IOException {
        all(
                "consistency",
                v -> Proofs.verifyConsistency(
                        v.get("size1").asLong(),
                        v.get("size2").asLong(),
                        bytes(v.get("root1")),
                        bytes(v.get("root2")),
                        proof(v)));
    }
}
