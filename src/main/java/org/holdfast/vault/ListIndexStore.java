// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import javax.sql.DataSource;

/** What lists are made from, as it is stored: one row a person, in a table that a crash empties. */
@ApplicationScoped
class ListIndexStore {

    static final String TABLE = "list_index";

    private final Sql sql;

    ListIndexStore(DataSource database) {
        this.sql = new Sql(database);
    }

    /** Both parts, sealed. */
    record Row(byte[] head, byte[] body) {
        @Override
        public String toString() {
            return "ListIndex";
        }
    }

    Optional<Row> find(byte[] keyId) {
        return sql.first(
                "select head, body from list_index where key_id = ?",
                row -> new Row(row.getBytes("head"), row.getBytes("body")),
                keyId);
    }

    void put(byte[] keyId, Row row) {
        sql.update(
                "insert into list_index (key_id, head, body) values (?, ?, ?)"
                        + " on conflict (key_id) do update set head = excluded.head, body = excluded.body",
                keyId,
                row.head(),
                row.body());
    }

    void delete(byte[] keyId) {
        sql.update("delete from list_index where key_id = ?", keyId);
    }
}
