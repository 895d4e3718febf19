// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The hash of a row as it stands in the database: what an entry says about the row that was written.
 *
 * <p>SHA-256 over {@code lp(table)}, the 16 bytes of the row's id and, for every other column that has a value, in the byte
 * order of the names, {@code lp(name)} and {@code lp} of the value's canonical bytes. {@code lp(x)} is the length of x as
 * four bytes, big-endian, and x. Canonical bytes: uuid its 16 bytes; bytea itself; smallint, integer and bigint eight bytes,
 * big-endian, two's complement; text and varchar UTF-8; date the text {@code 2026-11-25}; boolean one byte, 0 or 1. Another
 * type has no canonical form and is an error. The hash of a row that is gone is 32 zero bytes.
 *
 * <p>NULL and a bytea of no bytes are no value and are left out, name and all. A migration may therefore add a column and
 * every row keeps its hash, as long as the rows that are there get NULL or, where the column is sealed, no bytes: nobody can
 * write the lines of rows that a migration changes. It never renames a column or changes its type.
 *
 * <p>Reads on the caller's connection what the database holds: what an object-relational layer still keeps back must be
 * flushed before. Every table here has its key in a column {@code id} of type uuid. Safe between threads.
 */
@ApplicationScoped
public class RowHash {
    /** Bytes of a hash. */
    public static final int LENGTH = 32;

    private static final int FETCH = 500;
    private final DataSource database;

    public RowHash(DataSource database) {
        this.database = database;
    }

    /** Takes rows one by one. */
    @FunctionalInterface
    public interface Sink {
        /**
         * @param id the row
         * @param parent its value in the parent column, null if none was asked for
         * @param hash 32 bytes
         * @param revision its column {@code revision}, 0 if the table has none
         */
        void row(UUID id, @Nullable UUID parent, byte[] hash, long revision);
    }

    /** The hash of a row that is gone: a fresh array of 32 zero bytes. */
    public static byte[] gone() {
        return new byte[LENGTH];
    }

    /** The hash of one row; 32 zero bytes when there is none. */
    public byte[] of(String table, UUID id) {
        byte[][] found = {gone()};
        query(table, null, "id", id, (row, parent, hash, revision) -> found[0] = hash);
        return found[0];
    }

    /**
     * How a row stands.
     *
     * @param hash 32 bytes
     * @param revision its column {@code revision}, 0 if the table has none
     */
    public record Standing(byte[] hash, long revision) {}

    /** The rows that belong to a parent, by row id. */
    public Map<UUID, Standing> ofAll(String table, String parentColumn, UUID parent) {
        Map<UUID, Standing> rows = new HashMap<>();
        query(
                table,
                parentColumn,
                parentColumn,
                parent,
                (row, of, hash, revision) -> rows.put(row, new Standing(hash, revision)));
        return rows;
    }

    /**
     * A row together with the hash of just what was read.
     *
     * @param hash 32 bytes
     */
    public record Hashed<T>(T row, byte[] hash) {}

    /** Takes a row out of a result. */
    @FunctionalInterface
    public interface Reader<T> {
        /** The row that the result stands at. */
        T read(ResultSet row) throws SQLException;
    }

    /** The rows with these ids that are there, by id, each with its hash: one query. */
    public <T> Map<UUID, Hashed<T>> read(String table, Collection<UUID> ids, Reader<T> reader) {
        Map<UUID, Hashed<T>> found = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select * from " + name(table) + " where id = any(?)")) {
            statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                Columns columns = Columns.of(rows.getMetaData());
                while (rows.next()) {
                    found.put(
                            rows.getObject("id", UUID.class),
                            new Hashed<>(reader.read(rows), columns.hash(table, rows)));
                }
            }
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
        return found;
    }

    /** The hashes of the rows with these ids that are there, by id: one query. */
    public Map<UUID, byte[]> of(String table, Collection<UUID> ids) {
        Map<UUID, byte[]> hashes = new HashMap<>();
        read(table, ids, row -> row.getObject("id", UUID.class)).forEach((id, row) -> hashes.put(id, row.hash()));
        return hashes;
    }

    /** Every row of a table, in constant memory; needs a transaction. */
    public void forEach(String table, @Nullable String parentColumn, Sink sink) {
        query(table, parentColumn, null, null, sink);
    }

    private void query(
            String table, @Nullable String parentColumn, @Nullable String where, @Nullable UUID value, Sink sink) {
        String sql = "select * from " + name(table) + (where == null ? "" : " where " + name(where) + " = ?");
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            if (where != null) {
                statement.setObject(1, value);
            } else {
                statement.setFetchSize(FETCH);
            }
            try (ResultSet rows = statement.executeQuery()) {
                Columns columns = Columns.of(rows.getMetaData());
                while (rows.next()) {
                    UUID parent = parentColumn == null ? null : rows.getObject(parentColumn, UUID.class);
                    sink.row(
                            rows.getObject("id", UUID.class),
                            parent,
                            columns.hash(table, rows),
                            columns.revision(rows));
                }
            }
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
    }

    /** Names come from code, never from a request; this keeps it so. */
    private static String name(String identifier) {
        if (!identifier.matches("[a-z][a-z_]{0,62}")) {
            throw new IllegalArgumentException("not the name of a table or column");
        }
        return identifier;
    }

    /** The columns of a result but the id, in the byte order of their names. */
    record Columns(Map<String, Integer> places, ResultSetMetaData types) {

        static Columns of(ResultSetMetaData metaData) throws SQLException {
            // Names are ASCII, so the order of characters is the order of bytes.
            Map<String, Integer> places = new TreeMap<>();
            for (int i = 1; i <= metaData.getColumnCount(); i++) {
                places.put(metaData.getColumnName(i), i);
            }
            places.remove("id");
            return new Columns(places, metaData);
        }

        long revision(ResultSet row) throws SQLException {
            Integer place = places.get("revision");
            return place == null ? 0 : row.getLong(place);
        }

        byte[] hash(String table, ResultSet row) throws SQLException {
            ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
            put(out, table.getBytes(StandardCharsets.UTF_8));
            out.writeBytes(canonical(row.getObject("id", UUID.class)));
            for (Map.Entry<String, Integer> column : places.entrySet()) {
                byte[] value = value(row, column.getValue());
                if (value != null) {
                    put(out, column.getKey().getBytes(StandardCharsets.UTF_8));
                    put(out, value);
                }
            }
            return AuditEntry.sha256(out.toByteArray());
        }

        /** Null if the column has no value. */
        private byte @Nullable [] value(ResultSet row, int place) throws SQLException {
            byte[] canonical = switch (types.getColumnType(place)) {
                case Types.BINARY -> row.getBytes(place);
                case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> canonical(row.getLong(place));
                case Types.VARCHAR -> canonical(row.getString(place));
                case Types.DATE -> canonical(row.getObject(place, LocalDate.class));
                case Types.BIT, Types.BOOLEAN -> canonical(row.getBoolean(place));
                default -> {
                    if (row.getObject(place) instanceof UUID id) {
                        yield canonical(id);
                    }
                    if (row.wasNull() && types.getColumnTypeName(place).equals("uuid")) {
                        yield null;
                    }
                    throw new IllegalStateException("a column of this type has no canonical form");
                }
            };
            boolean noBytes = types.getColumnType(place) == Types.BINARY && canonical != null && canonical.length == 0;
            return row.wasNull() || noBytes ? null : canonical;
        }
    }

    static byte[] canonical(UUID id) {
        return Pseudonym.ofRow(id).value();
    }

    static byte[] canonical(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    static byte[] canonical(boolean truth) {
        return new byte[] {(byte) (truth ? 1 : 0)};
    }

    static byte @Nullable [] canonical(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    static byte @Nullable [] canonical(@Nullable LocalDate day) {
        return day == null ? null : canonical(day.toString());
    }

    static void put(ByteArrayOutputStream out, byte[] bytes) {
        out.writeBytes(four(bytes.length));
        out.writeBytes(bytes);
    }

    private static byte[] four(int length) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(length).array();
    }
}
