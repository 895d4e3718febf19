// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search that finds nothing proves something only when it could have found. */
class MarkersTest {
    private final Markers markers = new Markers();

    @Test
    void a_marker_is_found_in_every_usual_form() {
        for (String marker : List.of(markers.word("a"), markers.number("b"))) {
            for (String before : List.of("", "x", "xy", "xyz")) {
                byte[] text = (before + marker + "!").getBytes(StandardCharsets.UTF_8);
                assertTrue(markers.in(text));
                assertTrue(markers.in((before + marker).getBytes(StandardCharsets.UTF_16LE)));
                assertTrue(markers.in((before + marker).getBytes(StandardCharsets.UTF_16BE)));
                assertTrue(markers.in(HexFormat.of().formatHex(text).getBytes(StandardCharsets.UTF_8)));
                assertTrue(markers.in(Base64.getEncoder().encode(text)));
                assertTrue(markers.in(Base64.getUrlEncoder().encode(text)));
            }
        }
        assertFalse(markers.in(new Markers().word("of another run").getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void a_marker_is_found_across_the_blocks_of_a_file(@TempDir Path folder) throws Exception {
        byte[] marker = markers.word("a").getBytes(StandardCharsets.UTF_8);
        for (int before : List.of(0, (1 << 20) - 5, 1 << 20, (2 << 20) - 1)) {
            byte[] file = new byte[(2 << 20) + 100];
            System.arraycopy(marker, 0, file, before, marker.length);
            Path path = Files.write(folder.resolve("file"), file);
            assertEquals(before, markers.in(path));
            assertEquals(List.of(path + " at " + before), markers.inFilesBelow(folder));
        }
        Files.write(folder.resolve("file"), new byte[3 << 20]);
        assertEquals(List.of(), markers.inFilesBelow(folder));
    }
}
