// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.UUID;
import org.holdfast.tlog.Entry;

/** Entries of the log as a query gives them: columns {@code id}, {@code body}, the copies, and {@code leaf} or NULL. */
final class Rows {
    /** Numbered entries in their order, then those that wait in theirs: the newest comes last. To be formatted with a condition. */
    static final String ORDERED = """
            select e.id, e.body, e.act, e.actor, e.case_name, e.object_name, e.outcome, e.day, e.hash, e.detail_hash,
                   s.seq, s.leaf,
                   case when s.seq is null then (select min(p.ord) from audit_pending p where p.id = e.id) end as ord
            from audit_entry e left join audit_sequence s on s.id = e.id
            where %s
            order by s.seq nulls last, ord nulls first
            """;

    private static final String NUMBERED = "select coalesce(max(seq) + 1, 0) from audit_sequence";

    private Rows() {}

    /** How many entries have a number, as this connection sees it. */
    static long numbered(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NUMBERED);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    static AuditEntry.Copies copies(ResultSet row) throws SQLException {
        return new AuditEntry.Copies(
                row.getString("act"),
                row.getString("actor"),
                row.getBytes("case_name"),
                row.getBytes("object_name"),
                row.getString("outcome"),
                row.getObject("day", LocalDate.class),
                row.getBytes("hash"),
                row.getBytes("detail_hash"));
    }

    /** @throws AlteredLog if body, id, copies or leaf do not agree */
    static Entry checked(ResultSet row) throws SQLException {
        return AuditEntry.checked(
                row.getObject("id", UUID.class), row.getBytes("body"), copies(row), row.getBytes("leaf"));
    }
}
