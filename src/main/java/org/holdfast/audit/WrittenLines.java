// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.holdfast.tlog.MerkleTree;
import org.jspecify.annotations.Nullable;

/**
 * The lines that this server has written, until it has read them back with their number.
 *
 * <p>A line without a number stands in no tree. Who can write to the database could take it away and set back the counter of its
 * session, or have a trigger drop it on its way in, and nothing would tell that somebody had read a case. But the server knows what
 * it wrote: a line that waits no longer and has no number, or that another one stands for, is named by the next look. What the report
 * door holds until the full hour is not watched, since that may be very many. Safe between threads.
 */
@ApplicationScoped
class WrittenLines {
    /** Far more than wait while the log moves; some ten megabytes. */
    private static final int MOST = 100_000;

    private static final String GONE = """
            select w.id from unnest(?::uuid[]) w (id)
            where not exists (select from audit_entry e where e.id = w.id)
               or not exists (select from audit_pending p where p.id = w.id)
                  and not exists (select from audit_sequence s where s.id = w.id)
            limit 1
            """;

    private final Consumer<Synchronization> transaction;
    /** The leaf of each. */
    private final Map<UUID, byte[]> leaves = new LinkedHashMap<>();

    @Inject
    WrittenLines(TransactionSynchronizationRegistry registry) {
        this(registry::registerInterposedSynchronization);
    }

    /** @param transaction has something told of the end of the transaction of the thread that calls it */
    WrittenLines(Consumer<Synchronization> transaction) {
        this.transaction = transaction;
    }

    /** In the transaction that writes them: they are watched from its end on, if it is a good one. */
    void written(List<AuditEntry> entries) {
        transaction.accept(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    watch(entries);
                }
            }
        });
    }

    private synchronized void watch(List<AuditEntry> entries) {
        for (AuditEntry entry : entries) {
            if (leaves.size() < MOST) {
                leaves.put(entry.id(), MerkleTree.leafHash(entry.body()));
            }
        }
    }

    /** A line was read with its number. Whether it is the one that was written, if it is one of this server. */
    synchronized boolean isAsWritten(UUID id, byte[] leaf) {
        byte[] written = leaves.get(id);
        if (written == null) {
            return true;
        }
        if (!Arrays.equals(written, leaf)) {
            return false;
        }
        leaves.remove(id);
        return true;
    }

    /** What is wrong with those that were not read yet; null if nothing is. */
    @Nullable String objection(Connection connection) throws SQLException {
        UUID[] waiting;
        synchronized (this) {
            waiting = leaves.keySet().toArray(UUID[]::new);
        }
        if (waiting.length == 0) {
            return null;
        }
        try (PreparedStatement statement = connection.prepareStatement(GONE)) {
            statement.setArray(1, connection.createArrayOf("uuid", waiting));
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    return "a line that this server wrote was taken away before it had a number";
                }
            }
        }
        return waiting.length < MOST ? null : MOST + " lines wait for a number, and no more can be watched";
    }
}
