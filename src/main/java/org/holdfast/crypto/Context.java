// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * Where a sealed object belongs. It is not stored with the object: who opens says where it was found, and a ciphertext
 * that was moved does not open. It stops moving, not going back to an older value under the same revision.
 *
 * <pre>
 * "holdfast/v1" 00 | header 16 | tenant 16 | lp(table) | lp(column) | row 16 | u32 schema version | u64 revision
 * </pre>
 *
 * <p>{@code lp} is a 2-byte length and the ASCII bytes; numbers are big-endian.
 *
 * @param tenant 16 bytes, random since the first start
 * @param table name of the table, or of the kind of object where there is none: 1 to 100 visible ASCII characters
 * @param column name of the column or part: 1 to 100 visible ASCII characters
 * @param row id of the row
 * @param schemaVersion version of the plaintext's form, not negative
 * @param revision of the row, not negative
 */
public record Context(byte[] tenant, String table, String column, UUID row, int schemaVersion, long revision) {

    /** Length of a tenant id. */
    public static final int TENANT_LENGTH = 16;

    private static final int MAX_NAME = 100;
    private static final byte[] MARK = "holdfast/v1\0".getBytes(StandardCharsets.US_ASCII);

    /** Copies the tenant id and checks every part. */
    public Context {
        if (tenant.length != TENANT_LENGTH) {
            throw new IllegalArgumentException("a tenant id has 16 bytes");
        }
        checkName(table);
        checkName(column);
        if (schemaVersion < 0 || revision < 0) {
            throw new IllegalArgumentException("schema version and revision are not negative");
        }
        tenant = tenant.clone();
    }

    @Override
    public byte[] tenant() {
        return tenant.clone();
    }

    /** The context string under this header. */
    public byte[] bytes(Envelope header) {
        return bytes(header.encode());
    }

    byte[] bytes(byte[] header) {
        byte[] out =
                new byte[MARK.length + Envelope.LENGTH + TENANT_LENGTH + 4 + table.length() + column.length() + 28];
        ByteBuffer buffer =
                ByteBuffer.wrap(out).put(MARK).put(header, 0, Envelope.LENGTH).put(tenant);
        putName(buffer, table);
        putName(buffer, column);
        buffer.putLong(row.getMostSignificantBits())
                .putLong(row.getLeastSignificantBits())
                .putInt(schemaVersion)
                .putLong(revision);
        return out;
    }

    private static void putName(ByteBuffer buffer, String name) {
        buffer.putShort((short) name.length()).put(name.getBytes(StandardCharsets.US_ASCII));
    }

    private static void checkName(String name) {
        boolean sound = !name.isEmpty() && name.length() <= MAX_NAME;
        for (int i = 0; sound && i < name.length(); i++) {
            sound = name.charAt(i) > ' ' && name.charAt(i) < 0x7f;
        }
        if (!sound) {
            throw new IllegalArgumentException("a name in a context has 1 to 100 visible ASCII characters");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Context that
                && Arrays.equals(tenant, that.tenant)
                && table.equals(that.table)
                && column.equals(that.column)
                && row.equals(that.row)
                && schemaVersion == that.schemaVersion
                && revision == that.revision;
    }

    @Override
    public int hashCode() {
        return row.hashCode() * 31 + column.hashCode();
    }

    @Override
    public String toString() {
        return "Context[" + table + "." + column + "]";
    }
}
