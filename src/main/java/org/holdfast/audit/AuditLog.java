// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes what was done, in the transaction of what was done.
 *
 * <p>Both commit or vanish together. The entry gets its number later, from the {@link Sequencer}; its signature and the
 * number in its session, if somebody's keys are unlocked, here. Safe between threads.
 */
@ApplicationScoped
public class AuditLog {
    private final DataSource database;
    private final ActingNow acting;
    private final Clock clock;
    private final LogSettings settings;
    private final WrittenLines written;

    AuditLog(DataSource database, ActingNow acting, Clock clock, LogSettings settings, WrittenLines written) {
        this.database = database;
        this.acting = acting;
        this.clock = clock;
        this.settings = settings;
        this.written = written;
    }

    /**
     * Writes one entry; one round trip.
     *
     * @return the entry's id, for the row that is to name it
     * @throws jakarta.transaction.TransactionalException outside a transaction
     * @throws IllegalArgumentException if the entry would not be well formed
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public UUID record(AuditEvent event) {
        return record(List.of(event)).get(0);
    }

    /** Writes several entries in the order given; one round trip for all. */
    @Transactional(Transactional.TxType.MANDATORY)
    public List<UUID> record(List<AuditEvent> events) {
        Instant now = clock.instant();
        ActingNow who = whoActs();
        List<AuditEntry> entries =
                events.stream().map(event -> AuditEntry.of(event, who, now)).toList();
        Instant heldUntil = who != null && who.atReportDoor() && settings.reportDoor() == LogSettings.ReportDoor.HOURLY
                ? now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS)
                : null;
        try (Connection connection = database.getConnection()) {
            AuditStore.insert(connection, entries, heldUntil);
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
        written.written(entries, heldUntil != null);
        return entries.stream().map(AuditEntry::id).toList();
    }

    /** Null when no request is being served: then the system acts. */
    private @Nullable ActingNow whoActs() {
        try {
            acting.name();
            return acting;
        } catch (ContextNotActiveException e) {
            return null;
        }
    }
}
