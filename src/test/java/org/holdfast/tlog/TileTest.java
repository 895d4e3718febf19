// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TileTest {
    @Test
    void paths_are_those_of_the_specification() {
        assertEquals("tile/0/x001/x234/067", new Tile(0, 1_234_067, 256).path());
        assertEquals("tile/0/273.p/112", Tile.at(0, 273, 70_000).path());
        assertEquals("tile/1/001.p/17", Tile.at(1, 1, 70_000).path());
        assertEquals("tile/2/000.p/1", Tile.at(2, 0, 70_000).path());
        assertEquals("tile/entries/x001/000", new Tile(Tile.ENTRIES, 1000, 256).path());
        assertEquals("tile/1/000.p/1", Tile.at(1, 0, 256).path());
    }

    @Test
    void a_path_comes_back_as_its_tile() throws Malformed {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 5_000; round++) {
            Tile tile = new Tile(
                    random.nextInt(-1, 64), random.nextLong(1L << random.nextInt(1, 50)), random.nextInt(1, 257));
            assertEquals(tile, Tile.parse(tile.path()));
        }
    }

    @Test
    void every_other_path_is_refused() {
        for (String path : List.of(
                "",
                "tile",
                "tile/",
                "tile/0",
                "tile/0/",
                "tile/00/000",
                "tile/0/0",
                "tile/0/0000",
                "tile/0/x000/000",
                "tile/0/001/000",
                "tile/0/x1234/067",
                "tile/64/000",
                "tile/-1/000",
                "tile/+1/000",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/07",
                "tile/0/000.p/",
                "tile/0/-01",
                "tile/0/000/",
                "/tile/0/000",
                "tile/entries",
                "tile/Entries/000",
                "tile/0/../000",
                "tile/0/x00x/000",
                "tile/0/99999999999999999999")) {
            assertThrows(Malformed.class, () -> Tile.parse(path), path);
        }
    }
}
