// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.holdfast.local.TestStack;

/** What a dump of the databases holds: every value of every column of every table, as the superuser reads them. */
final class Dump {
    private Dump() {}

    /** A column that is stored. */
    record Column(String database, String table, String name, String type) {
        String full() {
            return table + "." + name;
        }
    }

    /** A value, as its bytes: {@code bytea} as it is, everything else as text in UTF-8. */
    record Value(Column column, String row, byte[] bytes) {
        @Override
        public String toString() {
            return column.full() + " of " + row;
        }
    }

    /** The columns of our own tables in both databases. */
    static List<Column> columns() throws SQLException {
        List<Column> columns = new ArrayList<>();
        for (String database : List.of("holdfast", "holdfast_shred")) {
            columns.addAll(columns(database));
        }
        return columns;
    }

    private static List<Column> columns(String database) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (Connection connection = TestStack.superuser(database);
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery(
                        "select c.table_name, c.column_name, c.data_type"
                                + " from information_schema.columns c join information_schema.tables t using (table_schema, table_name)"
                                + " where t.table_schema = 'public' and t.table_type = 'BASE TABLE' order by 1, c.ordinal_position")) {
            while (rows.next()) {
                columns.add(new Column(database, rows.getString(1), rows.getString(2), rows.getString(3)));
            }
        }
        return columns;
    }

    /** Everything. */
    static List<Value> values() throws SQLException {
        List<Value> values = new ArrayList<>();
        for (Column column : columns()) {
            values.addAll(values(column));
        }
        return values;
    }

    /** All values of a column that are not NULL. */
    static List<Value> values(Column column) throws SQLException {
        List<Value> values = new ArrayList<>();
        String key =
                columns(column.database).stream().anyMatch(c -> c.table.equals(column.table) && c.name.equals("id"))
                        ? "id::text"
                        : "ctid::text";
        try (Connection connection = TestStack.superuser(column.database);
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery("select " + key + ", " + quoted(column.name) + " from "
                        + quoted(column.table) + " where " + quoted(column.name) + " is not null")) {
            while (rows.next()) {
                byte[] bytes = column.type.equals("bytea")
                        ? rows.getBytes(2)
                        : rows.getString(2).getBytes(StandardCharsets.UTF_8);
                values.add(new Value(column, rows.getString(1), bytes));
            }
        }
        return values;
    }

    static String quoted(String name) {
        return '"' + name + '"';
    }
}
