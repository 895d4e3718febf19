// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Display names and what people remember, as they are stored. */
@ApplicationScoped
class StaffStore {

    static final String NAMES = "staff_name";
    static final String STATES = "staff_state";

    /** A row of either table. */
    record Row(UUID id, UUID staffId, long revision, byte[] sealed) {
        @Override
        public String toString() {
            return "StaffRow[" + staffId + "]";
        }
    }

    private final Sql sql;

    StaffStore(DataSource database) {
        this.sql = new Sql(database);
    }

    List<Row> names() {
        return sql.list("select id, staff_id, revision, sealed from staff_name", StaffStore::read);
    }

    void insertName(UUID tenant, Row row, int epoch) {
        sql.update(
                "insert into staff_name (id, tenant, staff_id, revision, key_epoch, sealed) values (?, ?, ?, ?, ?, ?)",
                row.id(),
                tenant,
                row.staffId(),
                row.revision(),
                epoch,
                row.sealed());
    }

    Optional<Row> state(UUID staffId) {
        return sql.first(
                "select id, staff_id, revision, sealed from staff_state where staff_id = ?", StaffStore::read, staffId);
    }

    void writeState(UUID tenant, Row row) {
        sql.update(
                "insert into staff_state (id, tenant, staff_id, revision, sealed) values (?, ?, ?, ?, ?)"
                        + " on conflict (id) do update set revision = excluded.revision, sealed = excluded.sealed",
                row.id(),
                tenant,
                row.staffId(),
                row.revision(),
                row.sealed());
    }

    void deleteState(UUID id) {
        sql.update("delete from staff_state where id = ?", id);
    }

    private static Row read(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Row(Sql.uuid(row, "id"), Sql.uuid(row, "staff_id"), row.getLong("revision"), row.getBytes("sealed"));
    }
}
