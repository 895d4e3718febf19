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
 *
 * <p>A flood of reports keeps nobody waiting: what a pass reads depends on what it numbers, not on what is held, and what staff
 * do is numbered between any two batches of a full hour.
 */
@ApplicationScoped
public class Sequencer {
    /** Of each kind in one transaction: those that wait, and those of the report door that are due. */
    static final int BATCH = 2000;
    /** "hf-log" as a number; a lock of the session, because a snapshot must begin after it is held. */
    private static final long LOCK = 0x68662d6c6f67L;

    /** By the first of the index, so that no flood and no old statistics make it slow. */
    private static final String DUE = "select count(*) from (select held_until from audit_pending"
            + " where held_until is not null order by held_until limit 1) h where held_until <= now()";

    // Every look-up below is a lateral one with an end of its own (limit or offset): so it goes by an index whatever
    // the planner
    // believes about a queue that is empty now and a flood a minute later.

    /** Those that wait for nothing, each behind all that is held about the same object. */
    private static final String WAITING = """
            with waiting as materialized (
                select p.ord, p.id, e.body, e.object_name
                from audit_pending p
                cross join lateral (select body, object_name from audit_entry where id = p.id limit 1) e
                where p.held_until is null and not exists (select from audit_sequence s where s.id = p.id)
                order by p.ord limit ?),
            batch as (
                select ord, id, body, 1 as part, null::uuid as place from waiting
                union all
                select p.ord, e.id, e.body, 0, first_value(e.id) over (partition by w.object_name order by p.ord)
                from (select distinct object_name from waiting where object_name is not null) w
                cross join lateral (
                    select id, body from audit_entry
                    where object_name = w.object_name and actor = 'report-door' offset 0) e
                cross join lateral (
                    select q.ord from audit_pending q
                    where q.id = e.id and q.held_until is not null
                      and not exists (select from audit_sequence s where s.id = q.id) offset 0) p),
            """;

    /** Those of the report door that are due, the lowest nonces first, each with all that is due about the same object. */
    private static final String RELEASED = """
            with lowest as materialized (
                select p.id, e.object_name
                from audit_pending p
                cross join lateral (select object_name from audit_entry where id = p.id limit 1) e
                where p.held_until <= now() and not exists (select from audit_sequence s where s.id = p.id)
                order by p.held_until, p.id limit ?),
            together as materialized (
                select id from lowest
                union
                select e.id from (select distinct object_name from lowest where object_name is not null) l
                cross join lateral (
                    select id from audit_entry
                    where object_name = l.object_name and actor = 'report-door' offset 0) e),
            batch as (
                select p.ord, t.id, e.body, 0 as part,
                       first_value(t.id) over (partition by coalesce(e.object_name, uuid_send(t.id)) order by p.ord) as place
                from together t
                cross join lateral (
                    select q.ord from audit_pending q
                    where q.id = t.id and q.held_until <= now()
                      and not exists (select from audit_sequence s where s.id = q.id) offset 0) p
                cross join lateral (select body, object_name from audit_entry where id = t.id limit 1) e),
            """;

    /** An entry that somebody put into the queue twice must not stop the rest: it is numbered once, and the other row stays. */
    private static final String NUMBER = """
            once as materialized (
                select distinct on (id) ord, id, body, part, place from batch order by id, part, ord),
            taken as (delete from audit_pending where ord = any (array(select ord from once)))
            insert into audit_sequence (seq, id, leaf)
            select ? + row_number() over (order by part, place, ord) - 1, id, sha256('\\x00'::bytea || body) from once
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
            long before = Rows.numbered(connection);
            long size = before + give(connection, WAITING, before);
            if (number(connection, DUE) > 0) {
                size += give(connection, RELEASED, size);
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

    private static int give(Connection connection, String batch, long first) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(batch + NUMBER)) {
            statement.setInt(1, BATCH);
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
