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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * door holds until the full hour may be very many and is looked at in turn, some thousand a second. Safe between threads.
 */
@ApplicationScoped
class WrittenLines {
    /** Far more than wait while the log moves; some fifteen megabytes. */
    private static final int MOST = 100_000;
    /** How many of those that are held one look takes. */
    private static final int TURN = 2_000;

    private static final String GONE = """
            select w.id from unnest(?::uuid[]) w (id)
            where not exists (select from audit_entry e where e.id = w.id)
               or not exists (select from audit_pending p where p.id = w.id)
                  and not exists (select from audit_sequence s where s.id = w.id)
            limit 1
            """;

    private final Consumer<Synchronization> transaction;
    /** The leaf of each that waits for nothing; every look goes over all of them. */
    private final Map<UUID, byte[]> leaves = new LinkedHashMap<>();
    /** Of those that are held; who had a turn goes to the end. */
    private final Map<UUID, byte[]> held = new LinkedHashMap<>();

    @Inject
    WrittenLines(TransactionSynchronizationRegistry registry) {
        this(registry::registerInterposedSynchronization);
    }

    /** @param transaction has something told of the end of the transaction of the thread that calls it */
    WrittenLines(Consumer<Synchronization> transaction) {
        this.transaction = transaction;
    }

    /**
     * In the transaction that writes them: they are watched from its end on, if it is a good one.
     *
     * @param hold whether they are held until the full hour
     */
    void written(List<AuditEntry> entries, boolean hold) {
        transaction.accept(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    watch(entries, hold ? held : leaves);
                }
            }
        });
    }

    private synchronized void watch(List<AuditEntry> entries, Map<UUID, byte[]> among) {
        for (AuditEntry entry : entries) {
            if (among.size() < MOST) {
                among.put(entry.id(), MerkleTree.leafHash(entry.body()));
            }
        }
    }

    /** A line was read with its number. Whether it is the one that was written, if it is one of this server. */
    synchronized boolean isAsWritten(UUID id, byte[] leaf) {
        Map<UUID, byte[]> among = held.containsKey(id) ? held : leaves;
        byte[] written = among.get(id);
        boolean same = written == null || Arrays.equals(written, leaf);
        if (same) {
            among.remove(id);
        }
        return same;
    }

    private synchronized UUID[] looked() {
        List<UUID> looked = new ArrayList<>(leaves.keySet());
        List<UUID> turn = held.keySet().stream().limit(TURN).toList();
        turn.forEach(id -> held.put(id, Objects.requireNonNull(held.remove(id))));
        looked.addAll(turn);
        return looked.toArray(UUID[]::new);
    }

    /** One that is gone is looked for every time from now on, until it is back. */
    private synchronized void miss(UUID id) {
        byte[] leaf = held.remove(id);
        if (leaf != null) {
            leaves.put(id, leaf);
        }
    }

    private synchronized boolean isFull() {
        return leaves.size() >= MOST;
    }

    /** What is wrong with those that were not read yet; null if nothing is. */
    @Nullable String objection(Connection connection) throws SQLException {
        UUID[] waiting = looked();
        if (waiting.length == 0) {
            return null;
        }
        try (PreparedStatement statement = connection.prepareStatement(GONE)) {
            statement.setArray(1, connection.createArrayOf("uuid", waiting));
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    miss(row.getObject(1, UUID.class));
                    return "a line that this server wrote was taken away before it had a number";
                }
            }
        }
        return isFull() ? MOST + " lines wait for a number, and no more can be watched" : null;
    }
}
