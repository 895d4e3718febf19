// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

/** Fixed inputs: the same in every run, so that a failure can be repeated. */
final class Samples {

    static final HexFormat HEX = HexFormat.of();
    static final UUID ROW = UUID.fromString("00112233-4455-4677-8899-aabbccddeeff");

    private Samples() {}

    /** 32 bytes that belong to a label. */
    static byte[] bytes32(String label) {
        return Hashes.sha256(label.getBytes(StandardCharsets.UTF_8));
    }

    static SecretBytes key(String label) {
        return SecretBytes.of(bytes32(label));
    }

    static byte[] tenant() {
        return HEX.parseHex("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf");
    }

    static Context context() {
        return new Context(tenant(), "person", "names_sealed", ROW, 1, 7);
    }

    /** Content of any length: byte i is 7 i modulo 251. */
    static byte[] content(int length) {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) (7L * i % 251);
        }
        return content;
    }

    /** The context with one part changed; there is one for each part. */
    static Context[] changed(Context c) {
        byte[] otherTenant = c.tenant();
        otherTenant[15] ^= 1;
        UUID otherRow = new UUID(c.row().getMostSignificantBits(), c.row().getLeastSignificantBits() ^ 1);
        return new Context[] {
            new Context(otherTenant, c.table(), c.column(), c.row(), c.schemaVersion(), c.revision()),
            new Context(c.tenant(), c.table() + "s", c.column(), c.row(), c.schemaVersion(), c.revision()),
            new Context(c.tenant(), c.table(), c.column() + "2", c.row(), c.schemaVersion(), c.revision()),
            new Context(c.tenant(), c.table(), c.column(), otherRow, c.schemaVersion(), c.revision()),
            new Context(c.tenant(), c.table(), c.column(), c.row(), c.schemaVersion() + 1, c.revision()),
            new Context(c.tenant(), c.table(), c.column(), c.row(), c.schemaVersion(), c.revision() + 1),
            // The same letters, split elsewhere between table and column.
            new Context(
                    c.tenant(),
                    c.table() + c.column().charAt(0),
                    c.column().substring(1),
                    c.row(),
                    c.schemaVersion(),
                    c.revision())
        };
    }
}
