// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The name of a case or of an object in the log: 16 bytes that mean nothing once the secret behind them is erased.
 *
 * <p>For what belongs to no case and no report it is the first 16 bytes of a hash or the row's own id. Immutable.
 *
 * @param value 16 bytes
 */
public record Pseudonym(byte[] value) {
    /** Bytes of a pseudonym. */
    public static final int LENGTH = 16;

    /** @throws IllegalArgumentException unless there are 16 bytes */
    public Pseudonym {
        if (value.length != LENGTH) {
            throw new IllegalArgumentException("a pseudonym has 16 bytes");
        }
        value = value.clone();
    }

    /** The first 16 bytes of a hash: the name of a grant or of a directory statement. */
    public static Pseudonym ofHash(byte[] hash) {
        return new Pseudonym(Arrays.copyOf(hash, LENGTH));
    }

    /** The id of a row that belongs to no case. */
    public static Pseudonym ofRow(UUID id) {
        return new Pseudonym(ByteBuffer.allocate(LENGTH)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
    }

    /** @throws IllegalArgumentException unless it is 32 hexadecimal digits */
    public static Pseudonym parse(String hex) {
        return new Pseudonym(HexFormat.of().parseHex(hex));
    }

    /** A copy of the 16 bytes. */
    @Override
    public byte[] value() {
        return value.clone();
    }

    /** 32 lower-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pseudonym p && Arrays.equals(value, p.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return hex();
    }
}
