// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.holdfast.tlog.Checkpoint;
import org.holdfast.tlog.Entry;
import org.holdfast.tlog.Malformed;
import org.holdfast.tlog.MerkleTree;
import org.jspecify.annotations.Nullable;

/**
 * Knows which lines there are about each row, grant, statement and case, from reading the log in its order.
 *
 * <p>{@link LogReader} finds lines by columns that are copies of what an entry says. Who can write to the database can alter a
 * copy, or take a line away, and then put an older row or a revoked grant back. Here every line was seen at its number, held to
 * its leaf, and by what its own bytes say; so a reader is told if a line is not among those that she found. It lives in the
 * server's memory, out of that writer's reach, and is read anew at each start.
 * What is read then has to begin with what was read before: see {@link KeptHead}. Of lines that have no number yet it is known
 * which ones this server wrote: see {@link WrittenLines}. Safe between threads.
 */
@ApplicationScoped
class LogMemory {
    private static final int PORTION = 5_000;
    /** Longer than a transaction that reads the log: nothing is sealed, opened or stretched in one. */
    private static final long VIEW_NANOS = 10_000_000_000L;
    /** Whoever waits for longer is told that the log does not answer. */
    private static final int PATIENCE_SECONDS = 5;

    private static final String LINES = """
            select s.seq, s.id, s.leaf, e.body from audit_sequence s left join audit_entry e on e.id = s.id
            where s.seq >= ? order by s.seq limit ?
            """;

    /** With a transaction of the caller, only what was there when that began would be seen. */
    private final DataSource database;

    private final ReentrantLock lock = new ReentrantLock();
    private final KnownLines lines = new KnownLines();

    /** Read without the lock by who is about to read: then it is a number that it was. */
    private volatile long size;

    private byte[] last = new byte[0];
    private final ReadTree tree;
    private final WrittenLines written;
    private @Nullable String trouble;

    /** How many lines were known a while ago, and at the last look at the clock: no view of the database is as old as that. */
    private long settled;

    private long known;
    private long knownSince;
    private final LongSupplier nanos;

    @Inject
    LogMemory(@io.quarkus.agroal.DataSource("log") DataSource database, KeptHead keptHead, WrittenLines written) {
        this(database, keptHead.atStart(), written, System::nanoTime);
    }

    LogMemory(DataSource database, Optional<Checkpoint> before, WrittenLines written, LongSupplier nanos) {
        this.database = database;
        this.written = written;
        this.tree = new ReadTree(before);
        this.trouble = tree.objection();
        this.nanos = nanos;
        this.knownSince = nanos.getAsLong();
    }

    /**
     * Reads what got a number meanwhile.
     *
     * @throws AlteredLog if a line is missing or altered; the next call tries from there again
     * @throws LogUnavailable if the database cannot be reached
     */
    void catchUp() {
        look(() -> {
            requireWhole();
            return size;
        });
    }

    /** What is wrong with the log, as of the last look at it; empty if nothing is. */
    Optional<String> trouble() {
        lock.lock();
        try {
            return Optional.ofNullable(trouble);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The head of the lines that have a number by now, or of those before the first that is missing or altered.
     *
     * @throws AlteredLog if the log does not begin with the lines that this server had read before it was stopped
     * @throws LogUnavailable if the database cannot be reached
     */
    ReadTree.Head head() {
        return look(() -> {
            String objection = tree.objection();
            if (objection != null) {
                throw new AlteredLog(objection);
            }
            return tree.head();
        });
    }

    /** Reads what got a number meanwhile, and then answers, while nobody else reads. */
    private <T> T look(Supplier<T> answer) {
        try {
            enter();
            try {
                read();
                return answer.get();
            } finally {
                lock.unlock();
            }
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
    }

    /**
     * Begins a reading, before its query.
     *
     * @param reader sees what the reading will see, or less
     * @param whole refuse to read from a log of which a line is missing: it could be one about anything
     * @throws AlteredLog if so
     * @throws SQLException if the database does not answer, or not in time
     */
    Reading begin(Connection reader, boolean whole) throws SQLException {
        long before = size;
        long visible = Rows.numbered(reader);
        enter();
        try {
            // A reader that sees less is one whose transaction is older, or the end of the log was cut off.
            if (visible != size || trouble != null) {
                read();
            }
            if (whole) {
                requireWhole();
            }
            if (trouble != null) {
                return new Reading(size);
            }
            // Outside of a transaction nothing is older than this call.
            long least = reader.getAutoCommit() ? before : settled;
            return new Reading(Math.max(least, Math.min(visible, size)));
        } finally {
            lock.unlock();
        }
    }

    private void enter() throws SQLException {
        try {
            if (lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new SQLTimeoutException("the log is not read in time");
    }

    private void requireWhole() {
        if (trouble != null) {
            throw new AlteredLog(trouble);
        }
    }

    private void read() throws SQLException {
        // What was wrong stays so until a look has found it right.
        String found = null;
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(LINES)) {
            // The caller may hold a lock on these tables that somebody in front of this query waits for.
            statement.setQueryTimeout(PATIENCE_SECONDS);
            int got;
            do {
                statement.setLong(1, Math.max(0, size - 1));
                statement.setInt(2, PORTION);
                try (ResultSet row = statement.executeQuery()) {
                    long next = Math.max(0, size - 1);
                    for (got = 0; found == null && row.next(); got++) {
                        found = trouble(row, next++);
                    }
                    if (found == null && next < size) {
                        found = "its end was cut off at line " + next;
                    }
                }
            } while (found == null && got == PORTION);
            found = found != null ? found : tree.objection();
            trouble = found != null ? found : written.objection(connection);
        }
        long now = nanos.getAsLong();
        if (now - knownSince > VIEW_NANOS) {
            settled = known;
            known = size;
            knownSince = now;
        }
    }

    /** Takes a line in; what is wrong with it, if anything is. */
    private @Nullable String trouble(ResultSet row, long expected) throws SQLException {
        byte[] leaf = row.getBytes("leaf");
        byte[] body = row.getBytes("body");
        if (row.getLong("seq") != expected || body == null) {
            return "line " + expected + " is missing";
        }
        if (expected < size) {
            return Arrays.equals(leaf, last) ? null : "line " + expected + " is another one than it was";
        }
        if (!Arrays.equals(MerkleTree.leafHash(body), leaf)) {
            return "line " + expected + " is not the one that was numbered";
        }
        if (!written.isAsWritten(row.getObject("id", UUID.class), leaf)) {
            return "line " + expected + " is not the one that this server wrote";
        }
        try {
            lines.take(expected, leaf, Entry.parse(body));
        } catch (Malformed e) {
            // Put in past the server, and about nothing; the verifier names it.
        }
        tree.append(leaf);
        size = expected + 1;
        last = leaf;
        return null;
    }

    /** What one reading found. For one thread. */
    final class Reading {
        /** The lines below this number were seen by the reading, and are known here. */
        private final long end;

        private final Map<Long, byte[]> found = new HashMap<>();

        private Reading(long end) {
            this.end = end;
        }

        /** A line that was found, and is what its leaf says. */
        void found(long number, byte[] leaf) {
            found.put(number, leaf);
        }

        /** @throws AlteredLog unless all lines about the rows of a case were found */
        void requireCase(Pseudonym caseName) {
            require(caseName.value(), lines::missingOfCase);
        }

        /** @throws AlteredLog if a line about this row is not found, or one that gives, revokes or states what has this hash */
        void requireNamed(Collection<byte[]> names) {
            names.forEach(name -> require(name, lines::missing));
        }

        /** Whether all lines about a row were found. */
        boolean isComplete(Pseudonym row) {
            return missing(row.value(), lines::missing) == KnownLines.NONE;
        }

        private void require(byte[] name, Search search) {
            long line = missing(name, search);
            if (line != KnownLines.NONE) {
                throw new AlteredLog("line " + line + " was hidden, taken away or exchanged");
            }
        }

        private long missing(byte[] name, Search search) {
            lock.lock();
            try {
                return search.missing(name, end, found);
            } finally {
                lock.unlock();
            }
        }
    }

    private interface Search {
        long missing(byte[] name, long end, Map<Long, byte[]> found);
    }
}
