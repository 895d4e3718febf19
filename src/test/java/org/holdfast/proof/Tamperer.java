// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.holdfast.local.TestStack;

/**
 * A writer of the database whom nothing stops: superuser, triggers and foreign keys switched off. Every change can be undone. Not
 * thread-safe.
 */
final class Tamperer implements AutoCloseable {
    private final Connection connection;

    Tamperer(String database) throws SQLException {
        connection = TestStack.superuser(database);
        run("set session_replication_role = replica");
    }

    /** Puts things back as they were. */
    interface Undo extends AutoCloseable {
        @Override
        void close() throws SQLException;
    }

    void run(String statement) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    /** The first column of all rows, as text. */
    List<String> ask(String question) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery(question)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    /**
     * Changes rows of a table by any statement; closing puts the whole table back.
     *
     * @throws AssertionError if nothing was changed
     */
    Undo change(String table, String statement) throws SQLException {
        run("drop table if exists pg_temp.saved");
        run("create temp table saved as select * from " + table);
        int changed;
        try (Statement sql = connection.createStatement()) {
            changed = sql.executeUpdate(statement);
        }
        if (changed == 0) {
            throw new AssertionError("nothing was changed by " + statement);
        }
        return () -> {
            run("begin");
            run("delete from " + table);
            run("insert into " + table + " overriding system value select * from saved");
            run("commit");
        };
    }

    /**
     * Changes or deletes these lines of the log; closing puts them back and leaves those that were written meanwhile.
     *
     * @param change {@code delete}, or what an update sets
     */
    Undo changeLines(String where, String change) throws SQLException {
        run("drop table if exists pg_temp.lines");
        run("create temp table lines as select * from audit_entry where " + where);
        if (count("select count(*) from lines") == 0) {
            throw new AssertionError("there are no lines " + where);
        }
        String those = " where id in (select id from lines)";
        run(change.equals("delete") ? "delete from audit_entry" + those : "update audit_entry set " + change + those);
        return () -> {
            run("begin");
            run("delete from audit_entry" + those);
            run("insert into audit_entry select * from lines");
            run("commit");
        };
    }

    /** Rows of no case and no report: the log calls them by their ids. */
    private static final Set<String> BY_ID =
            Set.of("staff_slot", "staff_state", "staff_name", "enrolment_request", "reply", "reply_outbox");

    /**
     * What the log calls rows of a table, 32 hexadecimal digits each, from the format and not by the server's code: their ids, or for rows
     * of a case or a report the first half of HMAC-SHA-256 under its shred secret. Empty for grants and statements, which go by a hash.
     */
    Set<String> logNames(String table, String where) throws SQLException {
        boolean ofCase = table.startsWith("case_");
        if (!ofCase && !table.startsWith("intake_") && !BY_ID.contains(table)) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        for (String id : ask("select id::text from " + table + " where " + where)) {
            String object = ofCase && !table.equals("case_file")
                    ? ask("select case_id::text from " + table + " where id = '" + id + "'")
                            .get(0)
                    : id;
            names.add(BY_ID.contains(table) ? id.replace("-", "") : hmac(object, table, id));
        }
        return names;
    }

    private static String hmac(String object, String table, String id) throws SQLException {
        try (Tamperer shred = new Tamperer("holdfast_shred")) {
            String secret = shred.ask(
                            "select encode(secret, 'hex') from shred_secret where object_id = '" + object + "'")
                    .get(0);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(secret), "HmacSHA256"));
            mac.update("log".getBytes(StandardCharsets.US_ASCII));
            mac.update(new byte[] {0, (byte) table.length()});
            mac.update(table.getBytes(StandardCharsets.US_ASCII));
            mac.update(HexFormat.of().parseHex(id.replace("-", "")));
            return HexFormat.of().formatHex(mac.doFinal(), 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A value that differs from what stands in a column and is still possible there. */
    static String changeOf(Dump.Column column) {
        String name = Dump.quoted(column.name());
        return switch (column.type()) {
            case "bytea" ->
                "set_byte(" + name + ", length(" + name + ") - 1, get_byte(" + name + ", length(" + name
                        + ") - 1) # 1)";
            case "uuid" -> "gen_random_uuid()";
            case "text" -> name + " || 'x'";
            case "date" -> "coalesce(" + name + ", current_date) + 1";
            case "bigint", "integer" -> name + " + 1";
            case "timestamp with time zone" -> name + " + interval '1 hour'";
            default -> throw new AssertionError("no change known for type " + column.type());
        };
    }

    long count(String question, Object... values) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(question)) {
            for (int i = 0; i < values.length; i++) {
                query.setObject(i + 1, values[i]);
            }
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
