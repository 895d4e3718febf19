// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.holdfast.tlog.Checkpoint;
import org.holdfast.tlog.CheckpointSigner;
import org.holdfast.tlog.MerkleTree;
import org.holdfast.tlog.SignedNote;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptHeadTest {
    private static final CheckpointSigner SIGNER = CheckpointSigner.fromSeeds("holdfast/test", new byte[64]);

    @TempDir
    private Path folder;

    @Test
    void what_was_kept_last_is_there_at_the_next_start_and_nothing_else_lies_beside_it() throws Exception {
        Path file = folder.resolve("new/log.checkpoint");
        KeptHead first = keptHead(file);
        assertEquals(Optional.empty(), first.atStart());
        for (int size : List.of(1, 7)) {
            first.keep(size, note(size));
            assertEquals(size, first.size());
        }
        Checkpoint kept = keptHead(file).atStart().orElseThrow();
        assertEquals(7, kept.size());
        assertEquals(note(7).text(), kept.text());
        try (var files = Files.list(file.getParent())) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void a_file_that_is_no_checkpoint_or_cannot_be_there_stops_the_start_and_names_the_setting() throws Exception {
        Path file = folder.resolve("log.checkpoint");
        for (String bad : List.of("", "7", note(7).text())) {
            Files.writeString(file, bad);
            assertNamed(assertThrows(IllegalStateException.class, () -> keptHead(file), bad));
        }
        assertNamed(assertThrows(IllegalStateException.class, () -> keptHead(file.resolve("below/a-file"))));
    }

    private static void assertNamed(IllegalStateException refused) {
        assertTrue(refused.getMessage().startsWith("holdfast.log.kept-checkpoint-file"), refused.getMessage());
    }

    private static SignedNote note(int size) {
        return SIGNER.sign(size, MerkleTree.leafHash(new byte[size]), 1);
    }

    private static KeptHead keptHead(Path file) {
        return new KeptHead(new LogSettings() {
            @Override
            public ReportDoor reportDoor() {
                return ReportDoor.AT_ONCE;
            }

            @Override
            public String origin() {
                return "holdfast";
            }

            @Override
            public Path signingKeyFile() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Path keptCheckpointFile() {
                return file;
            }

            @Override
            public boolean clockwork() {
                return false;
            }
        });
    }
}
