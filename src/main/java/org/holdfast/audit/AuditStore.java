// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts entries into the database. It can insert and nothing else. */
final class AuditStore {
    private static final String INSERT = """
            with entry as (
                insert into audit_entry
                    (id, body, act, actor, case_name, object_name, outcome, day, hash, detail_hash)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                returning id)
            insert into audit_pending (id, held_until) select id, ? from entry
            """;
    private static final String INSERT_DETAIL = "insert into audit_detail (entry_id, sealed) values (?, ?)";

    private AuditStore() {}

    /** @throws AlteredLog if the database does not take one in: something that is not ours stands in front of the table */
    static void insert(Connection connection, List<AuditEntry> entries, @Nullable Instant heldUntil)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (AuditEntry entry : entries) {
                bind(statement, entry, heldUntil);
                statement.addBatch();
            }
            for (int stored : statement.executeBatch()) {
                if (stored != 1) {
                    throw new AlteredLog("the database does not take a line in");
                }
            }
        }
        if (entries.stream().anyMatch(entry -> entry.detail() != null)) {
            insertDetails(connection, entries);
        }
    }

    private static void bind(PreparedStatement statement, AuditEntry entry, @Nullable Instant heldUntil)
            throws SQLException {
        AuditEntry.Copies copies = entry.copies();
        statement.setObject(1, entry.id());
        statement.setBytes(2, entry.body());
        statement.setString(3, copies.act());
        statement.setString(4, copies.actor());
        statement.setBytes(5, copies.caseName());
        statement.setBytes(6, copies.objectName());
        statement.setString(7, copies.outcome());
        statement.setObject(8, copies.day());
        statement.setBytes(9, copies.hash());
        statement.setBytes(10, copies.detailHash());
        statement.setObject(
                11, heldUntil == null ? null : heldUntil.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
    }

    private static void insertDetails(Connection connection, List<AuditEntry> entries) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_DETAIL)) {
            for (AuditEntry entry : entries) {
                if (entry.detail() != null) {
                    statement.setObject(1, entry.id());
                    statement.setBytes(2, entry.detail());
                    statement.addBatch();
                }
            }
            statement.executeBatch();
        }
    }
}
