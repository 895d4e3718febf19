// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.LogDatabase;
import org.holdfast.audit.LogSettings;
import org.holdfast.audit.Pseudonym;
import org.holdfast.audit.Signatory;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.SigningKey;
import org.holdfast.local.LocalStack;
import org.holdfast.local.ScratchStack;

/**
 * What the log costs: business transactions (one row of 512 bytes) without the log, with a plain INSERT of the same bytes, with the
 * log, and with the log and the actor's signature; all in one run against the local stack's PostgreSQL with fsync on, the sequencer
 * running while the log is on; last while a flood of lines of the report door waits for the full hour, and when that hour has come.
 * Clients, server and sequencer share the machine.
 *
 * <p>Arguments: clients (16), seconds for each measurement (8), rounds (3), lines of the flood (300,000). System properties as the tests have them:
 * {@code holdfast.local.keycloak-zip}, {@code holdfast.local.dir}.
 */
public final class LogBench {
    private static final byte[] BUSINESS = new byte[512];
    private static final int WARM_UP_SECONDS = 2;
    private static final int BAR = 1200;

    private LogBench() {}

    private enum Way {
        LOG_OFF("business row only"),
        PLAIN("+ plain INSERT of the same bytes"),
        LOG_ON("+ log, sequencer running"),
        SIGNED("+ log, signed by the actor"),
        PACED("the same, paced to 1,200 tx/s"),
        HELD("the same, a flood of reports held"),
        DUE("the same, that flood come due");

        final String words;

        Way(String words) {
            this.words = words;
        }

        boolean logged() {
            return this != LOG_OFF && this != PLAIN;
        }

        boolean signed() {
            return this == SIGNED || paced();
        }

        boolean paced() {
            return this == PACED || flooded();
        }

        boolean flooded() {
            return this == HELD || this == DUE;
        }
    }

    private record Figures(double perSecond, double p50, double p95, double backlogSeconds, long left) {}

    public static void main(String[] args) {
        int clients = args.length > 0 ? Integer.parseInt(args[0]) : 16;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 8;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        int flood = args.length > 3 ? Integer.parseInt(args[3]) : 300_000;
        ScratchStack.run("bench-log", (stack, steps) -> {
            stack.postgres().start();
            System.out.printf(
                    Locale.ROOT,
                    "%d clients, %d s each, %d rounds, a flood of %,d lines, %d cores for everything, fsync on, Java %s%n",
                    clients,
                    seconds,
                    rounds,
                    flood,
                    Runtime.getRuntime().availableProcessors(),
                    Runtime.version());
            Map<Way, List<Figures>> all = new LinkedHashMap<>();
            for (int round = 0; round < rounds; round++) {
                for (Way way : Way.values()) {
                    Figures figures = measure(stack, way, clients, seconds, flood);
                    all.computeIfAbsent(way, w -> new ArrayList<>()).add(figures);
                    print("round " + (round + 1) + " " + way.words, figures);
                }
            }
            all.forEach((way, figures) -> print("median " + way.words, median(figures)));
        });
    }

    private static void print(String what, Figures f) {
        System.out.printf(
                Locale.ROOT,
                "%-48s %,7.0f tx/s   p50 %5.1f ms   p95 %5.1f ms   backlog at most %.2f s, %d left%n",
                what,
                f.perSecond,
                f.p50,
                f.p95,
                f.backlogSeconds,
                f.left);
    }

    private static Figures median(List<Figures> figures) {
        List<Figures> sorted = new ArrayList<>(figures);
        sorted.sort((a, b) -> Double.compare(a.perSecond, b.perSecond));
        return sorted.get(sorted.size() / 2);
    }

    private static Figures measure(LocalStack stack, Way way, int clients, int seconds, int flood) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients + 2);
        try (LogDatabase log = new LogDatabase(
                        stack.postgres()::connectAsSuperuser, LogSettings.ReportDoor.AT_ONCE, Clock.systemUTC());
                SecretBytes seed = SecretBytes.random(32);
                SigningKey key = SigningKey.fromSeed(seed)) {
            prepare(log);
            if (way.flooded()) {
                log.flood(flood);
            }
            if (way.signed()) {
                log.acting.signatory(new Signer(key));
            }
            AtomicBoolean running = new AtomicBoolean(true);
            AtomicBoolean counting = new AtomicBoolean();
            List<Future<long[]>> work = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                work.add(threads.submit(() -> client(log, way, way.paced() ? clients : 0, running, counting)));
            }
            boolean logged = way.logged();
            Future<?> sequencer = logged ? threads.submit(() -> sequence(log, running)) : null;
            Future<Long> backlog = logged ? threads.submit(() -> backlog(log, running, counting)) : null;
            Thread.sleep(WARM_UP_SECONDS * 1000L);
            if (way == Way.DUE) {
                log.past("update audit_pending set held_until = now() where held_until is not null");
            }
            counting.set(true);
            long begin = System.nanoTime();
            Thread.sleep(seconds * 1000L);
            counting.set(false);
            double took = (System.nanoTime() - begin) / 1e9;
            running.set(false);
            List<long[]> times = new ArrayList<>();
            for (Future<long[]> one : work) {
                times.add(one.get());
            }
            long[] sorted =
                    times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            double perSecond = sorted.length / took;
            long most = backlog == null ? 0 : backlog.get();
            if (sequencer != null) {
                sequencer.get();
            }
            return new Figures(
                    perSecond,
                    sorted[sorted.length / 2] / 1e6,
                    sorted[(int) (sorted.length * 0.95)] / 1e6,
                    most / perSecond,
                    logged ? log.number("select count(*) from audit_pending") : 0);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void prepare(LogDatabase log) throws SQLException {
        try (Connection connection = log.superuser();
                Statement sql = connection.createStatement()) {
            sql.execute("create table business (id uuid primary key, body bytea not null, entry_id uuid)");
            sql.execute("create table plain (id uuid primary key, body bytea not null)");
            sql.execute("grant insert on business, plain to holdfast_app");
        }
    }

    /**
     * The time of each transaction in nanoseconds.
     *
     * @param sharing how many clients share the bar's rate; 0 for as fast as it goes
     */
    private static long[] client(LogDatabase log, Way way, int sharing, AtomicBoolean running, AtomicBoolean counting)
            throws SQLException {
        long[] times = new long[1 << 12];
        int count = 0;
        try (Connection connection = log.as("holdfast_app")) {
            while (running.get()) {
                boolean counts = counting.get();
                long begin = System.nanoTime();
                log.transaction(connection, c -> business(log, c, way));
                if (counts) {
                    times = count == times.length ? Arrays.copyOf(times, 2 * count) : times;
                    times[count++] = System.nanoTime() - begin;
                }
                if (sharing > 0) {
                    LockSupport.parkNanos(sharing * 1_000_000_000L / BAR - (System.nanoTime() - begin));
                }
            }
        }
        return Arrays.copyOf(times, count);
    }

    private static UUID business(LogDatabase log, Connection connection, Way way) throws SQLException {
        UUID id = UUID.randomUUID();
        Pseudonym name = Pseudonym.ofRow(id);
        UUID entry = id;
        if (way.logged()) {
            entry = log.log.record(
                    AuditEvent.of(Act.CASE_ROW_WRITTEN).inCase(name).on(name).hash(new byte[32]));
        } else if (way == Way.PLAIN) {
            // An entry like those of the log has about 330 bytes, its copies 140.
            insert(connection, "insert into plain (id, body) values (?, ?)", id, new byte[470], null);
        }
        insert(connection, "insert into business (id, body, entry_id) values (?, ?, ?)", id, BUSINESS, entry);
        return id;
    }

    private static void insert(Connection connection, String sql, UUID id, byte[] body, UUID entry)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, id);
            statement.setBytes(2, body);
            if (entry != null) {
                statement.setObject(3, entry);
            }
            statement.executeUpdate();
        }
    }

    private static Void sequence(LogDatabase log, AtomicBoolean running) throws Exception {
        while (running.get()) {
            log.sequencer.run();
            Thread.sleep(100);
        }
        log.sequencer.run();
        return null;
    }

    /** The most entries that waited for a number at any look; those that are held until the full hour do not count. */
    private static long backlog(LogDatabase log, AtomicBoolean running, AtomicBoolean counting) throws Exception {
        long most = 0;
        try (Connection connection = log.superuser();
                PreparedStatement look =
                        connection.prepareStatement("select count(*) from audit_pending where held_until is null")) {
            while (running.get()) {
                try (ResultSet row = look.executeQuery()) {
                    row.next();
                    most = counting.get() ? Math.max(most, row.getLong(1)) : most;
                }
                Thread.sleep(20);
            }
        }
        return most;
    }

    /** Signs as an unlocked session does; the numbers go through one counter. */
    private static final class Signer implements Signatory {
        private final SigningKey key;
        private final UUID staff = UUID.randomUUID();
        private final AtomicInteger counter = new AtomicInteger();

        Signer(SigningKey key) {
            this.key = key;
        }

        @Override
        public UUID staffId() {
            return staff;
        }

        @Override
        public byte[] keyId() {
            return new byte[8];
        }

        @Override
        public byte[] session() {
            return new byte[16];
        }

        @Override
        public int nextCounter() {
            return counter.incrementAndGet();
        }

        @Override
        public byte[] sign(byte[] entry) {
            return key.sign(entry);
        }
    }
}
