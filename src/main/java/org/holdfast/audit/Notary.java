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
 * <p>Before it signs, it looks whether the stored tree still begins with the head that was signed last; if not, it signs
 * nothing and says so, because two heads that do not extend each other would be its own perjury. The origin is
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
    private final TenantSource tenants;
    private final LogSettings settings;
    private final Clock clock;
    private volatile @Nullable CheckpointSigner signer;

    public Notary(
            @io.quarkus.agroal.DataSource("log") DataSource database,
            TenantSource tenants,
            LogSettings settings,
            Clock clock) {
        this.database = database;
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
     * @throws AlteredLog if the stored tree does not extend the last checkpoint
     * @throws LogUnavailable if the database cannot be reached
     */
    public Optional<byte[]> checkpointNow() {
        Optional<CheckpointSigner> ready = signer();
        if (ready.isEmpty()) {
            return Optional.empty();
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return Optional.of(attempt(ready.get()));
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !MET.equals(e.getSQLState())) {
                    throw new LogUnavailable(e);
                }
            }
        }
    }

    private byte[] attempt(CheckpointSigner key) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                byte[] note = checkpoint(connection, key);
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

    private byte[] checkpoint(Connection connection, CheckpointSigner key) throws SQLException {
        long size = Rows.numbered(connection);
        Optional<SignedNote> newest = StoredCheckpoints.newest(connection, key.policy());
        try {
            StoredTiles tiles = new StoredTiles(connection);
            if (newest.isPresent()) {
                Checkpoint last = Checkpoint.parse(newest.get().text());
                if (last.size() > size || !Arrays.equals(Proofs.root(last.size(), tiles), last.root())) {
                    throw new AlteredLog("the stored tree does not extend the last checkpoint");
                }
                if (last.size() == size) {
                    return newest.get().encode();
                }
            }
            byte[] note = key.sign(
                            size, Proofs.root(size, tiles), clock.instant().getEpochSecond())
                    .encode();
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
