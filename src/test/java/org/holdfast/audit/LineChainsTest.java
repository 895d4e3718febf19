// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineChainsTest {
    @Test
    void every_name_has_its_lines_the_newest_first_however_many_there_are() {
        Random random = new Random(7);
        List<Long> names = new ArrayList<>(List.of(0L, -1L, 1L << 32, 1L));
        for (int i = 0; i < 5_000; i++) {
            names.add(random.nextLong());
        }
        LineChains chains = new LineChains();
        Map<Long, List<Integer>> expected = new HashMap<>();
        // Not every line has a name here: those of a case are fewer than those of rows.
        for (int line = 0; line < 40_000; line += 1 + random.nextInt(3)) {
            long name = names.get(random.nextInt(names.size()));
            chains.add(name, line);
            expected.computeIfAbsent(name, n -> new ArrayList<>()).add(0, line);
        }
        for (long name : names) {
            List<Integer> found = new ArrayList<>();
            for (int line = chains.newest(name); line != LineChains.NONE; line = chains.before(line)) {
                found.add(line);
            }
            assertEquals(expected.getOrDefault(name, List.of()), found);
        }
        assertEquals(LineChains.NONE, chains.newest(random.nextLong()));
    }
}
