// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.access;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The only way to a transaction: a desk opens a bracket, fetches or stores ciphertext and writes its lines in it, and
 * closes it. Nothing is sealed, opened or stretched inside; no bracket stands in a bracket.
 *
 * <p>Work in a bracket may run more than once: when PostgreSQL reports that another transaction got in between, the whole
 * of it is rolled back and begun again, at most twelve times. So it has no effect but on the database.
 */
@ApplicationScoped
public class Bracket {

    /** Each line of a session raises its counter: who opens several windows at once meets herself. */
    private static final int ATTEMPTS = 12;

    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";

    private final DataSource dataSource;

    Bracket(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** One view of the database from the first query to the last (REPEATABLE READ); lines may be written. */
    public <T extends @Nullable Object> T read(Supplier<T> work) {
        return run(() -> {
            repeatableRead();
            return work.get();
        });
    }

    /** READ COMMITTED. */
    public <T extends @Nullable Object> T write(Supplier<T> work) {
        return run(work);
    }

    /** As {@link #write(Supplier)}, with nothing to give back. */
    public void write(Runnable work) {
        write(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }

    /** @throws IllegalStateException inside a transaction: a cipher or a slow hash must not stand there */
    public static void assertOutside() {
        if (QuarkusTransaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
            throw new IllegalStateException("not inside a bracket");
        }
    }

    /** @throws IllegalStateException outside a transaction */
    public static void assertInside() {
        if (QuarkusTransaction.getStatus() == Status.STATUS_NO_TRANSACTION) {
            throw new IllegalStateException("only inside a bracket");
        }
    }

    private static <T extends @Nullable Object> T run(Supplier<T> work) {
        assertOutside();
        for (int attempt = 1; ; attempt++) {
            try {
                return QuarkusTransaction.requiringNew().call(work::get);
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || !worthAnotherTry(e)) {
                    throw e;
                }
                // Those who collided do not come back together.
                LockSupport.parkNanos(attempt * (2_000_000L + (System.nanoTime() & 0xf_ffff)));
            }
        }
    }

    private static boolean worthAnotherTry(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql
                    && (SERIALIZATION_FAILURE.equals(sql.getSQLState()) || DEADLOCK.equals(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    private void repeatableRead() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set transaction isolation level repeatable read");
        } catch (SQLException e) {
            throw new IllegalStateException("the isolation level was refused", e);
        }
    }
}
