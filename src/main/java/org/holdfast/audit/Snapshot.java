// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.holdfast.tlog.Checkpoint;
import org.holdfast.tlog.Finding;
import org.holdfast.tlog.Malformed;
import org.holdfast.tlog.Policy;
import org.holdfast.tlog.SignedNote;

/** One moment of the whole database, read only, for the verification on the page and for the bundle. */
@ApplicationScoped
class Snapshot {
    /** Ten million entries and their rows take minutes; nothing waits for a reader. */
    private static final int SECONDS = 3600;

    private final DataSource database;
    private final Sequencer sequencer;
    private final Notary notary;
    private final List<SealedRows> rooms;
    private final List<DirectoryStatements> directories;

    Snapshot(
            DataSource database,
            Sequencer sequencer,
            Notary notary,
            @All List<SealedRows> rooms,
            @All List<DirectoryStatements> directories) {
        this.database = database;
        this.sequencer = sequencer;
        this.notary = notary;
        this.rooms = rooms;
        this.directories = directories;
    }

    /** What reads the moment. */
    interface Reading<T> {
        T read(Connection connection, DatabaseLogSource source, Policy policy)
                throws IOException, Malformed, SQLException;
    }

    /**
     * Numbers what is due, signs the head, then reads in a new transaction.
     *
     * @param findings takes what only the database can tell, while the source is being read
     * @return empty before the first start is done, when there is no log
     * @throws AlteredLog if what is stored is not even in its form
     */
    <T> Optional<T> read(Consumer<Finding> findings, Reading<T> reading) {
        Optional<Policy> policy = notary.policy();
        if (policy.isEmpty()) {
            return Optional.empty();
        }
        signHead();
        return QuarkusTransaction.requiringNew().timeout(SECONDS).call(() -> inside(policy.get(), findings, reading));
    }

    /** A tree that cannot be signed any more is verified at the last head that was. */
    private void signHead() {
        try {
            sequencer.run();
            notary.checkpointNow();
        } catch (AlteredLog e) {
            // The verification that follows names the place; the clockwork has said it already.
            return;
        }
    }

    private <T> Optional<T> inside(Policy policy, Consumer<Finding> findings, Reading<T> reading) {
        try (Connection connection = database.getConnection()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set transaction isolation level repeatable read, read only");
            }
            byte[] note = StoredCheckpoints.newest(connection, policy)
                    .orElseThrow(() -> new AlteredLog("there is no checkpoint"))
                    .encode();
            return Optional.of(
                    reading.read(connection, source(connection, note, rooms, directories, findings), policy));
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        } catch (IOException e) {
            throw new AlteredLog("a part of the log cannot be read");
        } catch (Malformed e) {
            throw new AlteredLog("what belongs to the log is not in its form, at " + e.place());
        }
    }

    static DatabaseLogSource source(
            Connection connection,
            byte[] note,
            List<SealedRows> rooms,
            List<DirectoryStatements> directories,
            Consumer<Finding> findings)
            throws Malformed {
        long size = Checkpoint.parse(SignedNote.parse(note).text()).size();
        return new DatabaseLogSource(connection, note, size, rooms, directories, findings);
    }
}
