// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.holdfast.tlog.Tile;

/**
 * Gives waiting entries their numbers, dense from 0, and keeps the full tiles of the tree.
 *
 * <p>Numbers are given here and not while an entry is written: a transaction that commits late or not at all then leaves
 * no hole, and nobody waits for anybody. Any number of nodes may call {@link #run}; a lock in the database lets one at a
 * time through, and a node that dies in the middle leaves nothing behind.
 *
 * <p>Entries of the report door wait for the full hour and are then ordered by their nonces, which a cryptographic source
 * of randomness made: their numbers tell nothing about the order in which reports came in. Only entries about one and the
 * same object keep their order. As soon as somebody acts on that object an entry about it waits no longer, because its
 * row would otherwise have a newer entry than the newest; the act has told by then that the report is there.
 */
@ApplicationScoped
public class Sequencer {
    private static final int BATCH = 2000;
    /** Each look at those of the report door that are due sorts all of them: so few looks, however many came in. */
    static final int RELEASED_BATCH = 20_000;
    /** "hf-log" as a number; a lock of the session, because a snapshot must begin after it is held. */
    private static final long LOCK = 0x68662d6c6f67L;

    private static final String SIZE = "select coalesce(max(seq) + 1, 0) from audit_sequence";

    private static final String HELD =
            "select count(*) from (select from audit_pending where held_until is not null limit 1) h";

    private static final String RELEASED = """
            with released as (
                select p.ord, e.id, e.body, e.object_name
                from audit_pending p join audit_entry e on e.id = p.id
                where p.held_until is not null
                  and (p.held_until <= now() or e.object_name in (
                      select f.object_name from audit_pending q join audit_entry f on f.id = q.id
                      where q.held_until is null and f.object_name is not null))
                  and not exists (select from audit_sequence s where s.id = p.id)),
            batch as (
                select ord, id, body,
                       first_value(id) over (partition by coalesce(object_name, uuid_send(id)) order by ord) as place
                from released
                order by place, ord limit ?),
            """;

    private static final String WAITING = """
            with batch as (
                select p.ord, e.id, e.body, null as place
                from audit_pending p join audit_entry e on e.id = p.id
                where p.held_until is null and not exists (select from audit_sequence s where s.id = p.id)
                order by p.ord limit ?),
            """;

    /** An entry that somebody put into the queue twice must not stop the rest: it is numbered once, and the other row stays. */
    private static final String NUMBER = """
            once as (select distinct on (id) ord, id, body, place from batch order by id, ord),
            taken as (delete from audit_pending p using once b where p.ord = b.ord)
            insert into audit_sequence (seq, id, leaf)
            select ? + row_number() over (order by place, ord) - 1, id, sha256('\\x00'::bytea || body) from once
            """;

    private static final String TILES = """
            insert into audit_tile (level, index, hashes)
            select 0, seq / 256, string_agg(leaf, ''::bytea order by seq) from audit_sequence
            where seq >= ? and seq < ? group by seq / 256
            on conflict do nothing
            """;

    private final DataSource database;

    public Sequencer(@io.quarkus.agroal.DataSource("log") DataSource database) {
        this.database = database;
    }

    /**
     * Numbers all entries that wait and are due. Does nothing while another node does it.
     *
     * @return how many got a number
     * @throws LogUnavailable if the database cannot be reached; nothing is lost then
     */
    public long run() {
        try (Connection connection = database.getConnection()) {
            if (!locked(connection, "select pg_try_advisory_lock(?)")) {
                return 0;
            }
            try {
                long numbered = 0;
                long batch;
                do {
                    batch = batch(connection);
                    numbered += batch;
                } while (batch >= BATCH);
                return numbered;
            } finally {
                locked(connection, "select pg_advisory_unlock(?)");
            }
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
    }

    private static boolean locked(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, LOCK);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static long batch(Connection connection) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        boolean done = false;
        try {
            long before = number(connection, SIZE);
            long size = before;
            int released = number(connection, HELD) > 0 ? give(connection, RELEASED, RELEASED_BATCH, size) : 0;
            size += released;
            if (released < RELEASED_BATCH) {
                // Else what is left of those may be older than an act on the same object.
                size += give(connection, WAITING, BATCH, size);
            }
            if (size / Tile.WIDTH > before / Tile.WIDTH) {
                tiles(connection, before, size);
            }
            connection.commit();
            done = true;
            return size - before;
        } finally {
            if (!done) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
    }

    private static int give(Connection connection, String batch, int most, long first) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(batch + NUMBER)) {
            statement.setInt(1, most);
            statement.setLong(2, first);
            return statement.executeUpdate();
        }
    }

    private static void tiles(Connection connection, long before, long size) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TILES)) {
            statement.setLong(1, before / Tile.WIDTH * Tile.WIDTH);
            statement.setLong(2, size / Tile.WIDTH * Tile.WIDTH);
            statement.executeUpdate();
        }
        new StoredTiles(connection).closeUpper(before / Tile.WIDTH, size / Tile.WIDTH);
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
