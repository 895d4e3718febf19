// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

/** Encodings of this room: numbers big-endian, ids as 16 bytes, texts ASCII. */
final class Bytes {

    private static final HexFormat HEX = HexFormat.of();

    private Bytes() {}

    static byte[] of(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    static UUID uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    static byte[] of(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    static byte[] of(long number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A two-byte length and the text in UTF-8. */
    static byte[] lp(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + bytes.length)
                .putShort((short) bytes.length)
                .put(bytes)
                .array();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    static String hex(UUID id) {
        return HEX.formatHex(of(id));
    }

    static byte[] unhex(String hex) {
        return HEX.parseHex(hex);
    }
}
