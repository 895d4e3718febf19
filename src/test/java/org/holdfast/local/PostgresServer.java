// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL on the loopback interface with the databases {@code holdfast}, {@code holdfast_shred} and {@code keycloak}, and a role for
 * each duty: {@code holdfast_owner} migrates, {@code holdfast_app} is the server, {@code holdfast_log} its sequencer and notary,
 * {@code holdfast_shred} the server in the second database. In production the shred secrets have a server of their own; locally one
 * server with two databases stands for both.
 *
 * <p>Not thread-safe.
 */
public final class PostgresServer {
    static final String NAME = "postgres";
    private static final String HALF_WRITTEN = "pgdata.half";

    /** The settings that keep values out of PostgreSQL's own log, and the rest of what every stack wants. */
    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=100",
            "log_statement=none",
            "log_parameter_max_length=0",
            "log_parameter_max_length_on_error=0",
            "log_min_error_statement=panic",
            "log_min_duration_statement=-1",
            "jit=off");

    private static final List<String> NOT_DURABLE =
            List.of("fsync=off", "synchronous_commit=off", "full_page_writes=off");

    private final Path programs;
    private final Path data;
    private final Secrets secrets;
    private final int port;
    private final boolean durable;
    private final RunAs runAs;
    private volatile @Nullable Child child;
    private boolean adopted;

    PostgresServer(Path programs, Path data, Secrets secrets, int port, boolean durable, RunAs runAs) {
        this.programs = programs;
        this.data = data;
        this.secrets = secrets;
        this.port = port;
        this.durable = durable;
        this.runAs = runAs;
    }

    /** Starts the server; makes its data folder, roles and databases when there are none. */
    public void start() throws IOException, InterruptedException {
        if (adoptLiving()) {
            return;
        }
        Ports.requireFree(port, "PostgreSQL");
        boolean fresh = !Files.exists(cluster());
        if (fresh) {
            initialise();
        } else if (!Files.exists(cluster().resolve("PG_VERSION"))
                || !Files.exists(cluster().resolve("global/pg_control"))) {
            throw new Trouble(
                    "The data folder " + cluster() + " is half-written: delete " + data + " and start again.");
        }
        runAs.handOver(cluster());
        List<String> options = new ArrayList<>(List.of("-D", cluster().toString(), "-p", String.valueOf(port)));
        for (String setting : SETTINGS) {
            options.addAll(List.of("-c", setting));
        }
        if (!durable) {
            for (String setting : NOT_DURABLE) {
                options.addAll(List.of("-c", setting));
            }
        }
        child = Child.start(NAME, data, program("postgres", options), Map.of("LC_ALL", "C", "TZ", "UTC"));
        try (Connection connection = firstConnection()) {
            if (fresh) {
                makeRolesAndDatabases(connection);
            }
        } catch (SQLException e) {
            throw new Trouble(
                    "PostgreSQL refuses its own superuser (" + e.getMessage() + "): delete " + data
                            + " and start again.",
                    e);
        }
    }

    /** A JDBC address of one of the databases. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** A connection as superuser, who may look at everything. The caller closes it. */
    public Connection connectAsSuperuser(String database) throws SQLException {
        return connect(url(database), "postgres", secrets.of(Secrets.SUPERUSER));
    }

    /** The first value of the first row, asked as the superuser. */
    public String ask(String database, String question) throws SQLException {
        try (Connection connection = connectAsSuperuser(database);
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }

    static Connection connect(String url, String user, String password) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        Connection connection = new org.postgresql.Driver().connect(url, login);
        if (connection == null) {
            throw new SQLException("not an address of PostgreSQL: " + url);
        }
        return connection;
    }

    /** The folder with the database files and the WAL. */
    public Path cluster() {
        return data.resolve("pgdata");
    }

    /** The power cut: every process of the server is gone at once, without a word. {@link #start()} recovers. */
    public void kill() throws IOException, InterruptedException {
        Child killed = child;
        if (killed == null) {
            throw new IllegalStateException("PostgreSQL was not started here");
        }
        List<ProcessHandle> workers = ProcessHandle.of(killed.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .toList();
        killed.kill();
        workers.forEach(ProcessHandle::destroyForcibly);
        // The next start would wait for the last of them anyway: its shared memory is still in use.
        while (workers.stream().anyMatch(ProcessHandle::isAlive)) {
            Thread.sleep(10);
        }
        child = null;
    }

    /** A fast, clean stop. Does nothing when the server is not running. */
    public void stop() throws IOException, InterruptedException {
        Child running = child;
        if (running == null && !adopted) {
            return;
        }
        List<String> options = List.of("-D", cluster().toString(), "-m", "fast", "-w", "-t", "30", "stop");
        new ProcessBuilder(program("pg_ctl", options))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (running != null && !running.gone(Duration.ofSeconds(5))) {
            running.end(Duration.ofSeconds(5));
        }
        child = null;
        adopted = false;
    }

    /** A server of this data folder that lives on after its parent was killed is taken over, or the start is refused; its file stays. */
    private boolean adoptLiving() throws IOException {
        Optional<ProcessHandle> living = living(cluster().resolve("postmaster.pid"));
        if (living.isEmpty()) {
            return false;
        }
        try (Connection connection = connectAsSuperuser("holdfast")) {
            adopted = connection.isValid(5);
        } catch (SQLException e) {
            adopted = false;
        }
        if (!adopted) {
            throw new Trouble("A PostgreSQL (process " + living.get().pid() + ") still works on " + cluster()
                    + " and does not answer on port " + port + ": stop it with 'kill "
                    + living.get().pid() + "' and start again.");
        }
        return true;
    }

    /** The process named in the file, when it lives and is a PostgreSQL. A number that now belongs to another program counts as dead. */
    static Optional<ProcessHandle> living(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,10}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                .filter(ProcessHandle::isAlive)
                .filter(handle ->
                        handle.info().command().map(c -> c.contains("postgres")).orElse(true));
    }

    private void initialise() throws IOException, InterruptedException {
        Path half = data.resolve(HALF_WRITTEN);
        Folders.delete(half);
        Files.createDirectories(half);
        Path password = Files.createFile(
                data.resolve("initdb.password"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(password, secrets.of(Secrets.SUPERUSER));
            runAs.handOver(half);
            runAs.handOver(password);
            // The builtin locale gives the same order of text on every machine, and exists on macOS as well.
            List<String> options = List.of(
                    "-D",
                    half.toString(),
                    "-U",
                    "postgres",
                    "--pwfile=" + password,
                    "-A",
                    "scram-sha-256",
                    "-E",
                    "UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C",
                    "--no-sync");
            Child.run("initdb", data, program("initdb", options), Map.of("LC_ALL", "C", "TZ", "UTC"));
        } finally {
            Files.deleteIfExists(password);
        }
        Files.move(half, cluster());
    }

    private Connection firstConnection() throws IOException, SQLException, InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try {
                return connectAsSuperuser("postgres");
            } catch (SQLException e) {
                Child begun = child;
                if (begun != null && !begun.isAlive()) {
                    throw begun.ended();
                }
                if (System.nanoTime() > until) {
                    throw e;
                }
                Thread.sleep(25);
            }
        }
    }

    private void makeRolesAndDatabases(Connection connection) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            role(sql, "holdfast_owner", Secrets.OWNER);
            role(sql, "holdfast_app", Secrets.APP);
            role(sql, "holdfast_log", Secrets.LOG);
            role(sql, "holdfast_shred", Secrets.SHRED);
            role(sql, "keycloak", Secrets.KEYCLOAK);
            database(sql, "holdfast", "holdfast_owner", "holdfast_app, holdfast_log");
            database(sql, "holdfast_shred", "holdfast_owner", "holdfast_shred");
            database(sql, "keycloak", "keycloak", "keycloak");
            // An erased secret must leave the files as well: rewritten table, checkpoint, new WAL segment.
            sql.execute("grant pg_checkpoint to holdfast_owner, holdfast_shred");
        }
        try (Connection shred = connectAsSuperuser("holdfast_shred");
                Statement sql = shred.createStatement()) {
            sql.execute("grant execute on function pg_switch_wal() to holdfast_owner, holdfast_shred");
        }
    }

    private void role(Statement sql, String role, String secret) throws SQLException {
        // The password is base64url, so the quotes hold it.
        sql.execute("create role " + role + " login password '" + secrets.of(secret) + "'");
    }

    private static void database(Statement sql, String database, String owner, String users) throws SQLException {
        sql.execute("create database " + database + " owner " + owner);
        sql.execute("revoke all on database " + database + " from public");
        sql.execute("grant connect on database " + database + " to " + users);
    }

    private List<String> program(String name, List<String> options) {
        List<String> words =
                new ArrayList<>(List.of(programs.resolve("bin").resolve(name).toString()));
        words.addAll(options);
        return runAs.command(words.toArray(String[]::new));
    }
}
