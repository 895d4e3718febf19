// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.holdfast.vault.SealedReport;

/**
 * Reports and their cards as rows. Plain statements on the caller's connection instead of entities: a report is written once, in one
 * round trip together with its card, and never changed. Every method runs inside a transaction.
 */
@ApplicationScoped
class ReportStore {
    static final String REPORTS = "intake_report";
    static final String CARDS = "intake_card";
    static final int SCHEMA_VERSION = 1;
    /** Revision of a card as it is stored with its report; every number given makes the next one. */
    static final long WITHOUT_NUMBER = 1;

    private static final String INSERT = """
            with report as (
              insert into intake_report
                (id, tenant, ticket, day, bucket, schema_version, revision, key_epoch, epoch_id, wrap, identity, content)
              select ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?
              where not exists (select 1 from intake_used_ticket where ticket = ?)
              on conflict do nothing
              returning id, tenant, schema_version)
            insert into intake_card (id, tenant, schema_version, revision, sealed)
            select id, tenant, schema_version, 1, ? from report
            """;

    private static final String COLUMNS =
            "select id, day, key_epoch, epoch_id, wrap, identity, content from intake_report ";

    private final DataSource database;

    ReportStore(DataSource database) {
        this.database = database;
    }

    /** A stored report: ciphertext and what stands in clear beside it. */
    record Row(UUID id, LocalDate day, SealedReport sealed) {}

    /** A stored card. */
    record CardRow(long revision, byte[] sealed) {
        @Override
        public String toString() {
            return "CardRow[" + revision + "]";
        }
    }

    /** Stores a report with its card; false if this ticket has stored one already, the same or another. */
    boolean insert(UUID id, UUID tenant, byte[] ticket, LocalDate day, SealedReport report, byte[] card) {
        return run(INSERT, statement -> {
            statement.setObject(1, id);
            statement.setObject(2, tenant);
            statement.setBytes(3, ticket);
            statement.setObject(4, day);
            statement.setInt(5, report.content().length);
            statement.setInt(6, SCHEMA_VERSION);
            statement.setInt(7, report.epoch());
            statement.setObject(8, report.epochId());
            statement.setBytes(9, report.wrap());
            statement.setBytes(10, report.identity());
            statement.setBytes(11, report.content());
            statement.setBytes(12, ticket);
            statement.setBytes(13, card);
            return statement.executeUpdate() == 1;
        });
    }

    /** The report that this ticket stored, if it still is one. */
    Optional<UUID> storedBy(byte[] ticket) {
        return run("select id from intake_report where ticket = ?", statement -> {
            statement.setBytes(1, ticket);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
            }
        });
    }

    /** Whether this ticket stored a report, even one that has become a case. */
    boolean isUsed(byte[] ticket) {
        return run(
                "select 1 from intake_report where ticket = ? union all select 1 from intake_used_ticket where ticket = ?",
                statement -> {
                    statement.setBytes(1, ticket);
                    statement.setBytes(2, ticket);
                    try (ResultSet row = statement.executeQuery()) {
                        return row.next();
                    }
                });
    }

    Optional<Row> find(UUID id) {
        return run(COLUMNS + "where id = ?", statement -> {
            statement.setObject(1, id);
            return rows(statement).stream().findFirst();
        });
    }

    /** The oldest reports that are sealed to one of these epochs, without so many that are older still. */
    List<Row> oldest(List<UUID> epochs, int skipped, int limit) {
        return run(COLUMNS + "where epoch_id = any (?) order by day, id offset ? limit ?", statement -> {
            statement.setArray(1, statement.getConnection().createArrayOf("uuid", epochs.toArray()));
            statement.setInt(2, skipped);
            statement.setInt(3, limit);
            return rows(statement);
        });
    }

    int count(List<UUID> epochs) {
        return run("select count(*) from intake_report where epoch_id = any (?)", statement -> {
            statement.setArray(1, statement.getConnection().createArrayOf("uuid", epochs.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        });
    }

    Optional<CardRow> card(UUID report) {
        return run("select revision, sealed from intake_card where id = ?", statement -> {
            statement.setObject(1, report);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(new CardRow(row.getLong(1), row.getBytes(2))) : Optional.empty();
            }
        });
    }

    /** Replaces a card; false if the report is gone or somebody was faster. */
    boolean replaceCard(UUID report, long oldRevision, byte[] sealed) {
        return run("update intake_card set revision = ?, sealed = ? where id = ? and revision = ?", statement -> {
            statement.setLong(1, oldRevision + 1);
            statement.setBytes(2, sealed);
            statement.setObject(3, report);
            statement.setLong(4, oldRevision);
            return statement.executeUpdate() == 1;
        });
    }

    /**
     * Takes a report away and keeps its ticket as used; false if another was faster, or if the card is no longer the one of this
     * revision.
     */
    boolean remove(UUID report, long cardRevision, LocalDate day) {
        return run("""
                with card as (select id from intake_card where id = ? and revision = ? for update),
                gone as (delete from intake_report where id in (select id from card) returning ticket)
                insert into intake_used_ticket (ticket, day) select ticket, ? from gone on conflict (ticket) do nothing
                """, statement -> {
            statement.setObject(1, report);
            statement.setLong(2, cardRevision);
            statement.setObject(3, day);
            return statement.executeUpdate() == 1;
        });
    }

    /** Forgets tickets that are too old to be sent. */
    int forgetTickets(LocalDate before) {
        return run("delete from intake_used_ticket where day < ?", statement -> {
            statement.setObject(1, before);
            return statement.executeUpdate();
        });
    }

    private static List<Row> rows(PreparedStatement statement) throws SQLException {
        List<Row> found = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.add(new Row(
                        row.getObject(1, UUID.class),
                        row.getObject(2, LocalDate.class),
                        new SealedReport(
                                row.getObject(4, UUID.class),
                                row.getInt(3),
                                row.getBytes(5),
                                row.getBytes(6),
                                row.getBytes(7))));
            }
        }
        return found;
    }

    private interface Work<T> {
        T with(PreparedStatement statement) throws SQLException;
    }

    private <T> T run(String sql, Work<T> work) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return work.with(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("a report could not be read or written", e);
        }
    }
}
