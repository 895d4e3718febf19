// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.SigningKey;
import org.holdfast.tlog.Checkpoint;
import org.holdfast.tlog.Finding;
import org.holdfast.tlog.KeptCheckpoint;
import org.holdfast.tlog.SignedNote;
import org.jspecify.annotations.Nullable;

/**
 * A log of its own in a database of its own, with every part of the room put together by hand: for tests that damage it and for
 * benchmarks. Transactions are plain ones of one thread.
 */
public final class LogDatabase implements AutoCloseable {

    /** Connects as superuser to a database. */
    public interface Connector {
        Connection connect(String database) throws SQLException;
    }

    /** Those of the log. */
    private static final List<String> MIGRATIONS =
            List.of("V001__log", "V009__pending_entry", "V010__place_of_entry", "V011__held_entry");

    private static final UUID TENANT = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    private final Connector connector;
    private final String name = "log_" + Long.toHexString(new SecureRandom().nextLong() | 1L << 63);
    private final ThreadLocal<@Nullable Connection> current = new ThreadLocal<>();
    private final ThreadLocal<List<Synchronization>> ending = ThreadLocal.withInitial(ArrayList::new);
    private final WrittenLines written = new WrittenLines(what -> ending.get().add(what));
    private final Path keyFile;
    private final Path keptFile;
    private final Clock clock;
    /** The rows that the log vouches for, as the test has them. */
    public final List<SealedRows> rows = new ArrayList<>();

    public final ActingNow acting = new ActingNow();
    /** The keys of those who were unlocked here, by their staff id. */
    public final Map<UUID, byte[]> staffKeys = new ConcurrentHashMap<>();
    /** Who was unlocked last. */
    public UUID newest = new UUID(0, 0);

    /** The time by which a reader tells an old view of the database from lines that are kept from it. */
    public final AtomicLong nanos = new AtomicLong();

    public final LogSettings.ReportDoor reportDoor;
    public final AuditLog log;
    public final RowHash rowHash;
    final LogMemory memory;
    public final LogReader reader;
    public final Sequencer sequencer;
    public final Notary notary;

    public LogDatabase(Connector connector, LogSettings.ReportDoor reportDoor, Clock clock)
            throws IOException, SQLException {
        this.connector = connector;
        this.reportDoor = reportDoor;
        try (Connection admin = connector.connect("postgres");
                Statement sql = admin.createStatement()) {
            sql.execute("create database " + name);
        }
        migrate();
        byte[] seeds = new byte[64];
        new SecureRandom().nextBytes(seeds);
        keyFile = Files.createTempFile("log-signing", ".key");
        Files.writeString(keyFile, Base64.getEncoder().encodeToString(seeds));
        keptFile = Files.createTempDirectory("log-kept").resolve("log.checkpoint");
        DataSource app = new Source(this::inTransaction);
        DataSource own = new Source(() -> as("holdfast_log"));
        LogSettings settings = settings();
        log = new AuditLog(app, acting, clock, settings, written);
        rowHash = new RowHash(app);
        memory = memory(new KeptHead(settings), written);
        reader = new LogReader(app, keys(), memory);
        sequencer = new Sequencer(own);
        this.clock = clock;
        notary = notary();
    }

    /** A reader as of a server that was just started, on a disk on which {@link Notary#keepHead} may have kept a head. */
    public LogReader reader() {
        return new LogReader(
                new Source(this::inTransaction),
                keys(),
                memory(new KeptHead(settings()), new WrittenLines(unused -> {})));
    }

    /** A notary as of a server that was just started, on that disk. */
    Notary notary() {
        KeptHead kept = new KeptHead(settings());
        return new Notary(
                new Source(() -> as("holdfast_log")),
                memory(kept, new WrittenLines(unused -> {})),
                kept,
                () -> Optional.of(TENANT),
                settings(),
                clock);
    }

    private StaffSigningKeys keys() {
        return () -> (staff, key) -> Optional.ofNullable(staffKeys.get(staff));
    }

    private LogMemory memory(KeptHead kept, WrittenLines written) {
        return new LogMemory(new Source(() -> as("holdfast_log")), kept.atStart(), written, nanos::get);
    }

    private void migrate() throws IOException, SQLException {
        try (Connection admin = connector.connect(name);
                Statement sql = admin.createStatement()) {
            for (String file : MIGRATIONS) {
                try (InputStream migration = LogDatabase.class.getResourceAsStream("/db/main/" + file + ".sql")) {
                    sql.execute(new String(migration.readAllBytes(), StandardCharsets.UTF_8)
                            .replace("${approle}", "holdfast_app")
                            .replace("${logrole}", "holdfast_log"));
                }
            }
        }
    }

    private LogSettings settings() {
        return new LogSettings() {
            @Override
            public ReportDoor reportDoor() {
                return reportDoor;
            }

            @Override
            public String origin() {
                return "holdfast-test";
            }

            @Override
            public Path signingKeyFile() {
                return keyFile;
            }

            @Override
            public Path keptCheckpointFile() {
                return keptFile;
            }

            @Override
            public boolean clockwork() {
                return false;
            }
        };
    }

    /** A connection as superuser, whom no privilege stops. */
    public Connection superuser() throws SQLException {
        return connector.connect(name);
    }

    /** A connection with the privileges of a role. */
    public Connection as(String role) throws SQLException {
        Connection connection = connector.connect(name);
        try (Statement sql = connection.createStatement()) {
            sql.execute("set session authorization " + role);
        }
        return connection;
    }

    /** Something done in a transaction. */
    public interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /** Runs work in one transaction of the application's role and commits it. */
    public <T> T transaction(Work<T> work) throws SQLException {
        try (Connection connection = as("holdfast_app")) {
            return transaction(connection, work);
        }
    }

    /** As {@link #transaction(Work)} on a connection that is kept. */
    public <T> T transaction(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        current.set(connection);
        boolean done = false;
        try {
            T result = work.in(connection);
            connection.commit();
            done = true;
            return result;
        } finally {
            current.remove();
            if (!done) {
                connection.rollback();
            }
            int status = done ? Status.STATUS_COMMITTED : Status.STATUS_ROLLEDBACK;
            ending.get().forEach(what -> what.afterCompletion(status));
            ending.remove();
        }
    }

    /** Records events, each list in a transaction of its own. */
    public List<UUID> record(AuditEvent... events) throws SQLException {
        return transaction(connection -> log.record(List.of(events)));
    }

    /**
     * Lines of the report door that are held until the full hour, each about a report of its own. They are copies of one, which is enough
     * for numbering and not for verifying.
     */
    public void flood(int lines) throws SQLException {
        acting.reportDoor();
        UUID one = record(AuditEvent.of(Act.REPORT_ACCEPTED)
                        .on(Pseudonym.ofRow(UUID.randomUUID()))
                        .hash(new byte[32]))
                .get(0);
        try (Connection connection = superuser();
                Statement sql = connection.createStatement()) {
            sql.execute("create temp table planted as select gen_random_uuid() as id, gen_random_uuid() as object"
                    + " from generate_series(1, " + lines + ")");
            sql.execute("insert into audit_entry (id, object_name, body, act, actor, outcome, day, hash)"
                    + " select p.id, uuid_send(p.object), body, act, actor, outcome, day, hash"
                    + " from planted p, audit_entry e where e.id = '" + one + "'");
            sql.execute("insert into audit_pending (id, held_until) select id, now() + interval '1 day' from planted");
            sql.execute("vacuum analyze audit_pending, audit_entry");
        }
    }

    /** Everything recorded from now on is signed by somebody whose keys are unlocked. */
    public void unlock() {
        SigningKey key = SigningKey.fromSeed(SecretBytes.random(SigningKey.SEED_LENGTH));
        UUID staff = UUID.randomUUID();
        staffKeys.put(staff, key.publicKey());
        newest = staff;
        acting.signatory(new Signatory() {
            private int counter;

            @Override
            public UUID staffId() {
                return staff;
            }

            @Override
            public byte[] keyId() {
                return Arrays.copyOf(AuditEntry.sha256(key.publicKey()), 8);
            }

            @Override
            public byte[] session() {
                return Pseudonym.ofRow(staff).value();
            }

            @Override
            public int nextCounter() {
                return ++counter;
            }

            @Override
            public byte[] sign(byte[] entry) {
                return key.sign(entry);
            }
        });
    }

    /** Signs the head and verifies everything, as the page of a server does that was just started. */
    public LogCheck.Result verify() throws Exception {
        return verify(List.of());
    }

    /** As {@link #verify()}, held to checkpoints that were kept outside too. */
    public LogCheck.Result verify(List<KeptCheckpoint> kept) throws Exception {
        byte[] note;
        try {
            note = notary().checkpointNow().orElseThrow();
        } catch (AlteredLog e) {
            note = null;
        }
        try (Connection connection = as("holdfast_app")) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            current.set(connection);
            List<Finding> extra = new ArrayList<>();
            byte[] newest = note != null
                    ? note
                    : StoredCheckpoints.newest(connection, notary.policy().orElseThrow())
                            .orElseThrow()
                            .encode();
            DatabaseLogSource source = Snapshot.source(connection, newest, rows, List.of(), extra::add);
            return LogCheck.verify(connection, source, notary.policy().orElseThrow(), kept, extra, (done, all) -> {});
        } finally {
            current.remove();
        }
    }

    /** Signs the head and keeps the checkpoint outside. */
    public KeptCheckpoint keep() throws Exception {
        byte[] note = notary.checkpointNow().orElseThrow();
        SignedNote signed = SignedNote.parse(note);
        return new KeptCheckpoint("kept", signed, Checkpoint.parse(signed.text()));
    }

    /** One number that a query gives. */
    public long number(String query) throws SQLException {
        try (Connection connection = superuser();
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * Runs statements as superuser with the triggers out of the way: what a writer to the database can do.
     *
     * @return rows changed in all
     */
    public int past(String statements) throws SQLException {
        try (Connection connection = superuser();
                Statement sql = connection.createStatement()) {
            sql.execute("set session_replication_role = replica");
            boolean rows = sql.execute(statements);
            int changed = 0;
            while (rows || sql.getUpdateCount() >= 0) {
                changed += Math.max(0, sql.getUpdateCount());
                rows = sql.getMoreResults();
            }
            return changed;
        }
    }

    private Connection inTransaction() {
        Connection connection = current.get();
        if (connection == null) {
            throw new IllegalStateException("no transaction");
        }
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public void close() throws IOException, SQLException {
        Files.delete(keyFile);
        Files.deleteIfExists(keptFile);
        Files.delete(keptFile.getParent());
        try (Connection admin = connector.connect("postgres");
                Statement sql = admin.createStatement()) {
            sql.execute("drop database " + name + " with (force)");
        }
    }

    /** A data source that is one call. */
    public record Source(Callable<Connection> connections) implements DataSource {
        @Override
        public Connection getConnection() throws SQLException {
            try {
                return connections.call();
            } catch (SQLException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new SQLException(e);
            }
        }

        @Override
        public Connection getConnection(String user, String password) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PrintWriter getLogWriter() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setLogWriter(PrintWriter out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setLoginTimeout(int seconds) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
