// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.holdfast.tlog.Checkpoint;
import org.holdfast.tlog.CheckpointSigner;
import org.holdfast.tlog.Malformed;
import org.holdfast.tlog.Policy;
import org.holdfast.tlog.Proofs;
import org.holdfast.tlog.SignedNote;
import org.jspecify.annotations.Nullable;

/**
 * Signs the head of the tree: C2SP tlog-checkpoint with Ed25519 and ML-DSA-44.
 *
 * <p>Before it signs, it looks whether the stored tree still begins with the head that was signed last and with the lines that
 * this server has read ({@link LogMemory}); if not, it signs nothing and says so, because two heads that do not extend each other
 * would be its own perjury, and who writes to the database can take the last one away. The origin is
 * {@code holdfast.log.origin}, a slash and the tenant id in 32 hexadecimal digits; before the first start is done there is
 * no tenant and nothing is signed. Safe between threads.
 */
@ApplicationScoped
public class Notary {
    /** PostgreSQL's word for two nodes that sign the same head at the same moment. */
    private static final String MET = "40001";

    private static final int ATTEMPTS = 3;
    private static final String STORE =
            "insert into audit_checkpoint (size, note) values (?, ?) on conflict (size) do nothing";

    private final DataSource database;
    private final LogMemory memory;
    private final KeptHead kept;
    private final TenantSource tenants;
    private final LogSettings settings;
    private final Clock clock;
    private volatile @Nullable CheckpointSigner signer;

    public Notary(
            @io.quarkus.agroal.DataSource("log") DataSource database,
            LogMemory memory,
            KeptHead kept,
            TenantSource tenants,
            LogSettings settings,
            Clock clock) {
        this.database = database;
        this.memory = memory;
        this.kept = kept;
        this.tenants = tenants;
        this.settings = settings;
        this.clock = clock;
    }

    /** What a verifier has to know of this log; empty before the first start is done. */
    public Optional<Policy> policy() {
        return signer().map(CheckpointSigner::policy);
    }

    /**
     * Signs the head if the log has grown since the last checkpoint.
     *
     * @return the newest checkpoint as a signed note; empty before the first start is done
     * @throws AlteredLog if the stored tree does not extend the last checkpoint, or what this server has read
     * @throws LogUnavailable if the database cannot be reached
     */
    public Optional<byte[]> checkpointNow() {
        Optional<CheckpointSigner> ready = signer();
        if (ready.isEmpty()) {
            return Optional.empty();
        }
        // Before the transaction, which then sees all that was read.
        ReadTree.Head read = memory.head();
        for (int attempt = 1; ; attempt++) {
            try {
                return Optional.of(attempt(ready.get(), read));
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !MET.equals(e.getSQLState())) {
                    throw new LogUnavailable(e);
                }
            }
        }
    }

    /**
     * Keeps the head of what this server has read on its own disk, if it has grown.
     *
     * @throws AlteredLog if the log does not begin with what was kept when this server started
     * @throws LogUnavailable if the database cannot be reached
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    void keepHead() {
        Optional<CheckpointSigner> ready = signer();
        if (ready.isEmpty()) {
            return;
        }
        ReadTree.Head read = memory.head();
        if (read.size() > kept.size()) {
            kept.keep(read.size(), sign(ready.get(), read));
        }
    }

    private SignedNote sign(CheckpointSigner key, ReadTree.Head head) {
        return key.sign(head.size(), head.root(), clock.instant().getEpochSecond());
    }

    private byte[] attempt(CheckpointSigner key, ReadTree.Head read) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                byte[] note = checkpoint(connection, key, read);
                connection.commit();
                done = true;
                return note;
            } finally {
                if (!done) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        }
    }

    private byte[] checkpoint(Connection connection, CheckpointSigner key, ReadTree.Head read) throws SQLException {
        long size = Rows.numbered(connection);
        Optional<SignedNote> newest = StoredCheckpoints.newest(connection, key.policy());
        try {
            StoredTiles tiles = new StoredTiles(connection);
            if (read.size() > size || !Arrays.equals(Proofs.root(read.size(), tiles), read.root())) {
                throw new AlteredLog("the stored tree is not that of the lines that were read");
            }
            if (newest.isPresent()) {
                Checkpoint last = Checkpoint.parse(newest.get().text());
                if (last.size() > size || !Arrays.equals(Proofs.root(last.size(), tiles), last.root())) {
                    throw new AlteredLog("the stored tree does not extend the last checkpoint");
                }
                if (last.size() == size) {
                    return newest.get().encode();
                }
            }
            byte[] note =
                    sign(key, new ReadTree.Head(size, Proofs.root(size, tiles))).encode();
            store(connection, size, note);
            return note;
        } catch (IOException e) {
            throw new AlteredLog("a part of the tree is missing");
        } catch (Malformed e) {
            throw new AlteredLog("the last checkpoint is not in its form");
        }
    }

    private static void store(Connection connection, long size, byte[] note) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STORE)) {
            statement.setLong(1, size);
            statement.setBytes(2, note);
            statement.executeUpdate();
        }
    }

    /** The tenant never changes once it is there, so the keys are read once. */
    private Optional<CheckpointSigner> signer() {
        CheckpointSigner ready = signer;
        if (ready == null) {
            Optional<String> tenant = tenants.tenant().map(AuditEntry::hex);
            if (tenant.isEmpty()) {
                return Optional.empty();
            }
            byte[] seeds = SigningKeyFile.read(settings.signingKeyFile());
            ready = CheckpointSigner.fromSeeds(settings.origin() + "/" + tenant.get(), seeds);
            Arrays.fill(seeds, (byte) 0);
            signer = ready;
        }
        return Optional.of(ready);
    }
}
