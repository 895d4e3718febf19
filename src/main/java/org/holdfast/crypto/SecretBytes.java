// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Secret bytes with a place where they end: closing overwrites them with zeros.
 *
 * <p>Whoever creates one closes it, best in a try-with-resources statement. Closing twice is harmless; any other use
 * after closing is an {@link IllegalStateException}. It never prints its content and is not serialisable. Equality is
 * identity; {@link #sameAs} compares content in constant time. Reading from several threads is safe as long as none of
 * them closes it.
 */
public final class SecretBytes implements AutoCloseable {

    private final byte[] bytes;
    private volatile boolean closed;

    private SecretBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes ownership of the array: the caller neither keeps nor wipes it. */
    public static SecretBytes of(byte[] bytes) {
        return new SecretBytes(bytes);
    }

    /** Copies the array, which stays with the caller. */
    public static SecretBytes copyOf(byte[] bytes) {
        return new SecretBytes(bytes.clone());
    }

    /** Fresh bytes from the operating system's generator. */
    public static SecretBytes random(int length) {
        return new SecretBytes(Randomness.bytes(length));
    }

    /** The number of bytes. */
    public int length() {
        return reveal().length;
    }

    /** A copy that the caller has to overwrite when done. */
    public byte[] copy() {
        return reveal().clone();
    }

    /** True if both hold the same bytes; the time taken tells nothing but the lengths. */
    public boolean sameAs(SecretBytes other) {
        return MessageDigest.isEqual(reveal(), other.reveal());
    }

    /** The bytes themselves, for this room only: never kept, never changed, never handed on. */
    byte[] reveal() {
        if (closed) {
            throw new IllegalStateException("the secret is closed");
        }
        return bytes;
    }

    /** Refuses any length but this one. */
    byte[] reveal(int expectedLength) {
        byte[] revealed = reveal();
        if (revealed.length != expectedLength) {
            throw new IllegalArgumentException("a secret of " + expectedLength + " bytes is needed");
        }
        return revealed;
    }

    @Override
    public void close() {
        closed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "SecretBytes[redacted]";
    }
}
