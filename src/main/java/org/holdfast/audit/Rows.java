// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.UUID;
import org.holdfast.tlog.Entry;

/** Rows of the log as a query gives them: columns {@code id}, {@code body}, the copies, and {@code leaf} or NULL. */
final class Rows {
    private Rows() {}

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
