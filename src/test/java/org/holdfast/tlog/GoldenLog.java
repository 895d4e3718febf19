// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the golden files of the log again. Run by hand, and only when the format is meant to change: the files show that
 * what was written once is still read.
 */
final class GoldenLog {
    private GoldenLog() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of("src/test/vectors/tlog"));
        SampleLog log = SampleLog.of(300, 6962);
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        BundleWriter.copy(log, SampleLog.POLICY, zip);
        Files.write(folder.resolve("bundle.zip"), zip.toByteArray());
        Files.write(folder.resolve("checkpoint"), log.note);
        Files.write(folder.resolve("policy"), SampleLog.POLICY.encode());
        Checkpoint checkpoint = Checkpoint.parse(SignedNote.parse(log.note).text());
        Files.writeString(folder.resolve("root.txt"), Hex.encode(checkpoint.root()) + "\n");
        StringBuilder entries = new StringBuilder();
        for (byte[] entry : log.entries.subList(0, 12)) {
            entries.append(Hex.encode(MerkleTree.leafHash(entry))).append(' ');
            entries.append(new String(entry, StandardCharsets.US_ASCII)).append('\n');
        }
        Files.writeString(folder.resolve("entries.txt"), entries.toString());
    }
}
