// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Queries on the caller's connection: the transaction's, where there is one, else one that commits at once. */
record Sql(DataSource database) {

    private static final int FETCH = 256;

    /** The driver's own choice. */
    private static final int ALL_AT_ONCE = 0;

    /** The database did not do what it was asked to. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(SQLException cause) {
            super("the database refused a statement", cause);
        }
    }

    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> list(String sql, Row<T> reader, Object... values) {
        List<T> found = new ArrayList<>();
        read(ALL_AT_ONCE, sql, reader, found::add, values);
        return found;
    }

    /** Reads many rows in constant memory; needs a transaction. */
    <T> void each(String sql, Row<T> reader, Consumer<T> sink) {
        // Outside of a transaction the driver fetches all rows at once, whatever it is told.
        read(FETCH, sql, reader, sink);
    }

    private <T> void read(int fetch, String sql, Row<T> reader, Consumer<T> sink, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(fetch);
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sink.accept(reader.read(rows));
                }
            }
        } catch (SQLException e) {
            throw new Failed(e);
        }
    }

    <T> Optional<T> first(String sql, Row<T> reader, Object... values) {
        List<T> found = list(sql, reader, values);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
    }

    int update(String sql, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new Failed(e);
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else if (value instanceof Instant instant) {
                statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
            } else if (value instanceof UUID[] ids) {
                statement.setArray(i + 1, statement.getConnection().createArrayOf("uuid", ids));
            } else if (value instanceof byte[][] many) {
                statement.setArray(i + 1, statement.getConnection().createArrayOf("bytea", many));
            } else {
                statement.setObject(i + 1, value);
            }
        }
    }

    static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    static LocalDate day(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDate.class);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, java.time.OffsetDateTime.class).toInstant();
    }
}
