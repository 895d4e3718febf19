// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The 16 bytes in front of every sealed object.
 *
 * <pre>
 * byte 0-1   'H' 'F'
 * byte 2     suite
 * byte 3     object type
 * byte 4-7   key epoch, unsigned, big-endian
 * byte 8-15  key id: first 8 bytes of SHA-256 over the public key or over the commitment of a symmetric key
 * </pre>
 *
 * <p>The header is not secret and proves nothing by itself; it is part of the context that the object is sealed under, so
 * that changing it makes opening fail.
 *
 * @param suite the algorithms
 * @param type what is inside
 * @param epoch key epoch, an unsigned 32-bit number
 * @param keyId 8 bytes
 */
public record Envelope(Suite suite, ObjectType type, int epoch, byte[] keyId) {

    /** Length of an encoded header. */
    public static final int LENGTH = 16;

    /** Length of a key id. */
    public static final int KEY_ID_LENGTH = 8;

    /** Copies the key id and checks its length. */
    public Envelope {
        if (keyId.length != KEY_ID_LENGTH) {
            throw new IllegalArgumentException("a key id has 8 bytes");
        }
        keyId = keyId.clone();
    }

    @Override
    public byte[] keyId() {
        return keyId.clone();
    }

    /** The 16 bytes. */
    public byte[] encode() {
        byte[] out = new byte[LENGTH];
        encodeInto(out);
        return out;
    }

    void encodeInto(byte[] out) {
        ByteBuffer.wrap(out)
                .put((byte) 'H')
                .put((byte) 'F')
                .put(suite.code())
                .put(type.code())
                .putInt(epoch)
                .put(keyId);
    }

    /**
     * Reads the header of a sealed object without opening it.
     *
     * @throws Tampered if it is too short, carries another mark, or names an unknown suite or type
     */
    public static Envelope parse(byte[] sealed) throws Tampered {
        if (sealed.length < LENGTH) {
            throw new Tampered("too short for a header");
        }
        if (sealed[0] != 'H' || sealed[1] != 'F') {
            throw new Tampered("not a sealed object");
        }
        return new Envelope(
                Suite.of(sealed[2]),
                ObjectType.of(sealed[3]),
                ByteBuffer.wrap(sealed).getInt(4),
                Arrays.copyOfRange(sealed, 8, LENGTH));
    }

    static Envelope parse(byte[] sealed, ObjectType expected, byte[] expectedKeyId) throws Tampered {
        Envelope header = parse(sealed);
        if (header.type != expected) {
            throw new Tampered("another object type");
        }
        if (!Arrays.equals(header.keyId, expectedKeyId)) {
            throw new Tampered("sealed under another key");
        }
        return header;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Envelope that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    @Override
    public String toString() {
        return "Envelope[" + suite + ", " + type + ", epoch " + Integer.toUnsignedString(epoch) + "]";
    }
}
