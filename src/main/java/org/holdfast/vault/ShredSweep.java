// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.holdfast.access.Bracket;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.audit.LogReader;
import org.holdfast.audit.Pseudonym;
import org.holdfast.audit.RowHash;
import org.jboss.logging.Logger;

/**
 * Erases shred secrets that were left over: the rows are gone, and the erasure that should have followed failed.
 *
 * <p>It goes by the log and not by the rows alone: a secret is erased only if the log says that its report, or its parcel of an
 * answer, was deleted, and no row of it is there. So an object that is just being made is never touched, because nothing says
 * that it was deleted; neither is anything after a database writer took rows away or an older backup was put in place, which
 * would make a loss final that a backup can mend. But for an answer that waits, that holds even if he adds lines that say so.
 * A secret whose object was never stored stays: it opens nothing.
 */
@ApplicationScoped
class ShredSweep {
    private static final Logger LOG = Logger.getLogger(ShredSweep.class);

    private static final int PORTION = 500;
    /** More than an hour leaves behind; the rest has its turn in the next. */
    private static final int MOST = 2000;

    private static final UUID FIRST = new UUID(0, 0);
    private static final String LIVING = """
            select id as object from intake_report where id = any(?) union select id from reply_outbox where id = any(?)
            union select object_id from access_grant where object_id = any(?)
            """;

    private final ShredStore store;
    private final ShredSecrets shred;
    private final Names names;
    private final LogReader reader;
    private final AuditLog log;
    private final Bracket bracket;
    private final Sql sql;

    ShredSweep(
            ShredStore store,
            ShredSecrets shred,
            Names names,
            LogReader reader,
            AuditLog log,
            Bracket bracket,
            DataSource database) {
        this.store = store;
        this.shred = shred;
        this.names = names;
        this.reader = reader;
        this.log = log;
        this.bracket = bracket;
        this.sql = new Sql(database);
    }

    @Scheduled(every = "1h", delayed = "20s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @ActivateRequestContext
    void sweep() {
        try {
            run();
        } catch (RuntimeException e) {
            // Named by its kind, never by its message; the next hour tries again.
            LOG.errorf("left-over secrets stay for now: %s", e.getClass().getName());
        }
    }

    /** One pass over all secrets; returns how many were erased, each with its line. */
    int run() {
        int erased = 0;
        UUID last = FIRST;
        for (List<UUID> portion = store.after(last, PORTION);
                !portion.isEmpty() && erased < MOST;
                portion = store.after(last, PORTION)) {
            last = portion.get(portion.size() - 1);
            erased += portion(portion);
        }
        return erased;
    }

    /** Those of a portion that are left over; one that was erased meanwhile does not keep the others. */
    int portion(List<UUID> objects) {
        int erased = 0;
        for (UUID object : withoutRows(objects)) {
            // Who writes to the main database can put lines there, and sign none. He cannot name a case or a shared
            // key as a report, which takes its secret, nor as a parcel, which takes another id. A report is deleted by
            // who makes it a case and signs that. The system clears parcels and signs nothing, so these can be lost.
            boolean parcel = ReplyOutbox.isParcel(object);
            Optional<Pseudonym> known =
                    parcel ? Optional.of(Pseudonym.ofRow(object)) : names.ifKnown(object, IntakeVault.TABLE, object);
            if (known.isEmpty()) {
                // Erased since the portion was read, as when a report becomes a case: nothing is left over here.
                continue;
            }
            Pseudonym called = known.get();
            boolean done = bracket.write(() -> {
                Map<Pseudonym, byte[]> newest =
                        parcel ? reader.newestHashes(List.of(called)) : reader.newestSignedHashes(List.of(called));
                boolean was = Arrays.equals(newest.get(called), RowHash.gone()) && shred.erase(object);
                if (was) {
                    log.record(AuditEvent.of(Act.SECRET_ERASED).on(called));
                }
                return was;
            });
            erased += done ? 1 : 0;
        }
        return erased;
    }

    private Set<UUID> withoutRows(List<UUID> objects) {
        UUID[] asked = objects.toArray(UUID[]::new);
        Set<UUID> left = new HashSet<>(objects);
        bracket.read(() -> sql.list(LIVING, row -> Sql.uuid(row, "object"), asked, asked, asked))
                .forEach(left::remove);
        shred.fetch(left);
        return left;
    }
}
