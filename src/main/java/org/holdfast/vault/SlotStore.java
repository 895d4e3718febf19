// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** The slots as they are stored. */
@ApplicationScoped
class SlotStore {

    private final Sql sql;

    SlotStore(DataSource database) {
        this.sql = new Sql(database);
    }

    List<Slots.Row> of(UUID staffId) {
        return sql.list(
                "select id, staff_id, position, salt, sealed from staff_slot where staff_id = ? order by position",
                row -> new Slots.Row(
                        Sql.uuid(row, "id"),
                        Sql.uuid(row, "staff_id"),
                        row.getInt("position"),
                        row.getBytes("salt"),
                        row.getBytes("sealed")),
                staffId);
    }

    void insert(UUID tenant, Slots.Row row) {
        sql.update(
                "insert into staff_slot (id, tenant, staff_id, position, salt, sealed) values (?, ?, ?, ?, ?, ?)",
                row.id(),
                tenant,
                row.staffId(),
                row.position(),
                row.salt(),
                row.sealed());
    }

    void delete(UUID id) {
        sql.update("delete from staff_slot where id = ?", id);
    }
}
