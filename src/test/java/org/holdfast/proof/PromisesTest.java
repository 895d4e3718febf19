// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of promises in SECURITY.md names tests that exist, and forgets none of the attacks of this room. */
class PromisesTest {
    private static final Pattern NAMED = Pattern.compile("`([a-z]+)\\.([A-Za-z]+)`");

    @Test
    void every_promise_names_tests_that_exist_and_every_attack_has_its_promise() throws Exception {
        String text = Files.readString(Path.of("SECURITY.md"));
        String table = text.substring(text.indexOf("## Which test attacks"), text.indexOf("## Formats"));
        List<String> missing = new ArrayList<>();
        TreeSet<String> attacks = new TreeSet<>();
        Matcher named = NAMED.matcher(table);
        while (named.find()) {
            Path source = Path.of("src/test/java/org/holdfast", named.group(1), named.group(2) + ".java");
            if (!Files.exists(source)) {
                missing.add(named.group());
            }
            if (named.group(1).equals("proof")) {
                attacks.add(named.group(2));
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(attacks.size() > 5, "only " + attacks);
        try (var files = Files.list(Path.of("src/test/java/org/holdfast/proof"))) {
            TreeSet<String> written = new TreeSet<>();
            files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> name.endsWith("ComponentTest") || name.endsWith("IT"))
                    .forEach(written::add);
            attacks.remove("MarkersTest");
            assertEquals(written, attacks);
        }
    }
}
