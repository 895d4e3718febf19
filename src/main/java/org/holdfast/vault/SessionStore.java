// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** The unlocked sessions as they are stored. */
@ApplicationScoped
class SessionStore {

    /** A session as it is stored. */
    record Row(
            byte[] id,
            byte[] name,
            UUID staffId,
            String sid,
            byte[] keyId,
            byte[] sealed,
            Instant idleUntil,
            byte[] idleMac,
            Instant endsAt) {
        @Override
        public String toString() {
            return "Session[" + staffId + "]";
        }
    }

    private final Sql sql;

    SessionStore(DataSource database) {
        this.sql = new Sql(database);
    }

    void insert(Row row) {
        sql.update(
                "insert into unlocked_session"
                        + " (id, name, staff_id, sid, key_id, sealed, idle_until, idle_mac, ends_at, counter)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
                row.id(),
                row.name(),
                row.staffId(),
                row.sid(),
                row.keyId(),
                row.sealed(),
                row.idleUntil(),
                row.idleMac(),
                row.endsAt());
    }

    Optional<Row> find(byte[] id) {
        return sql.first("select * from unlocked_session where id = ?", SessionStore::read, id);
    }

    void extend(byte[] id, Instant idleUntil, byte[] idleMac) {
        sql.update("update unlocked_session set idle_until = ?, idle_mac = ? where id = ?", idleUntil, idleMac, id);
    }

    /** Counts on, in the caller's transaction; empty when the session is over. */
    Optional<Integer> count(byte[] id) {
        return sql.first(
                "update unlocked_session set counter = counter + 1 where id = ? returning counter",
                row -> row.getInt(1),
                id);
    }

    boolean delete(byte[] id) {
        return sql.update("delete from unlocked_session where id = ?", id) > 0;
    }

    /** Deletes and returns the sessions of a login. */
    List<Row> deleteBySid(String sid) {
        return sql.list("delete from unlocked_session where sid = ? returning *", SessionStore::read, sid);
    }

    /** Deletes and returns the sessions of a person. */
    List<Row> deleteByStaff(UUID staffId) {
        return sql.list("delete from unlocked_session where staff_id = ? returning *", SessionStore::read, staffId);
    }

    /** Deletes and returns the sessions that are over. */
    List<Row> deleteOver(Instant now) {
        return sql.list(
                "delete from unlocked_session where idle_until <= ? or ends_at <= ? returning *",
                SessionStore::read,
                now,
                now);
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                row.getBytes("id"),
                row.getBytes("name"),
                Sql.uuid(row, "staff_id"),
                row.getString("sid"),
                row.getBytes("key_id"),
                row.getBytes("sealed"),
                Sql.instant(row, "idle_until"),
                row.getBytes("idle_mac"),
                Sql.instant(row, "ends_at"));
    }
}
