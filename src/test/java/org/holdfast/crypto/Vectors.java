// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Test vectors of others (Wycheproof, the X-Wing draft), which are not part of this project: the variable HOLDFAST_VECTORS
 * names the folder that holds them. Without it these tests are skipped and say so.
 */
final class Vectors {

    /** One case and the group that it stands in. */
    record Case(JsonNode group, JsonNode test) {

        byte[] bytes(String name) {
            JsonNode node = test.has(name) ? test.get(name) : group.path(name);
            return Samples.HEX.parseHex(node.asText());
        }

        boolean isValid() {
            return "valid".equals(test.get("result").asText());
        }

        String name() {
            return "case " + test.get("tcId").asInt() + " "
                    + test.path("comment").asText();
        }
    }

    private Vectors() {}

    static JsonNode read(String file) throws IOException {
        String folder = System.getenv("HOLDFAST_VECTORS");
        assumeTrue(
                folder != null && !folder.isBlank(), "HOLDFAST_VECTORS is not set: vectors of others are not tested");
        return new ObjectMapper().readTree(Files.readAllBytes(Path.of(folder, file)));
    }

    static List<Case> wycheproof(String file) throws IOException {
        List<Case> cases = new ArrayList<>();
        for (JsonNode group : read("wycheproof/" + file).get("testGroups")) {
            for (JsonNode test : group.get("tests")) {
                cases.add(new Case(group, test));
            }
        }
        return cases;
    }
}
