// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Grants, their copies and the recovery wraps. */
@ApplicationScoped
class GrantStore {

    private static final String COLUMNS =
            "id, tenant, object_id, kind, compartment, epoch, grantee_key, granter_key, wrap, commitment, signature,"
                    + " entry_id, day";
    private static final String WITH_COPY =
            "select g.*, c.sealed as copy from access_grant g left join grant_copy c on c.id = g.id where ";

    private final Sql sql;
    private final Instance<EntityManager> entities;

    GrantStore(DataSource database, Instance<EntityManager> entities) {
        this.sql = new Sql(database);
        this.entities = entities;
    }

    /** What the object-relational layer still keeps back is written, so that hashes see it. */
    void flush() {
        if (entities.isResolvable()) {
            entities.get().flush();
        }
    }

    /** Newest epoch first. */
    List<GrantRow> of(byte[] granteeKey, ObjectKind kind, UUID object, Compartment compartment) {
        return sql.list(
                WITH_COPY
                        + "g.grantee_key = ? and g.kind = ? and g.object_id = ? and g.compartment = ?"
                        + " order by g.epoch desc, g.day desc, g.id",
                GrantStore::read,
                granteeKey,
                kind.code(),
                object,
                compartment.code());
    }

    List<GrantRow> of(byte[] granteeKey, ObjectKind kind, Compartment compartment) {
        return sql.list(
                WITH_COPY
                        + "g.grantee_key = ? and g.kind = ? and g.compartment = ?"
                        + " order by g.object_id, g.epoch desc, g.day desc, g.id",
                GrantStore::read,
                granteeKey,
                kind.code(),
                compartment.code());
    }

    List<GrantRow> ofObject(UUID object) {
        return sql.list(WITH_COPY + "g.object_id = ? order by g.day, g.id", GrantStore::read, object);
    }

    /**
     * Keeps these from being revoked until the transaction ends, in the order of their ids.
     *
     * @return how many of them are still there
     */
    int keep(UUID... ids) {
        return sql.list("select id from access_grant where id = any(?) order by id for key share", row -> 1, (Object)
                        ids)
                .size();
    }

    /** Keeps all grants of an object as they are until the transaction ends, in the order of their ids. */
    void keepAll(UUID object) {
        sql.list("select id from access_grant where object_id = ? order by id for update", row -> 1, object);
    }

    List<GrantRow> to(byte[] granteeKey) {
        return sql.list(WITH_COPY + "g.grantee_key = ?", GrantStore::read, granteeKey);
    }

    List<GrantRow> all() {
        return sql.list("select g.*, null::bytea as copy from access_grant g", GrantStore::read);
    }

    List<GrantRow> recovery() {
        return sql.list("select g.*, null::bytea as copy from recovery_wrap g", GrantStore::read);
    }

    void insert(String table, UUID tenant, GrantRow row) {
        sql.update(
                "insert into " + table + " (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row.id(),
                tenant,
                row.object(),
                row.kind().code(),
                row.compartment().code(),
                row.epoch(),
                row.granteeKey(),
                row.granterKey(),
                row.wrap(),
                row.commitment(),
                row.signature(),
                row.entry(),
                row.day());
    }

    void insertCopy(UUID grant, byte[] sealed) {
        // A grant that is being revoked is waited for, and then has no copy any more.
        sql.update(
                "insert into grant_copy (id, sealed) select id, ? from access_grant where id = ? for key share"
                        + " on conflict do nothing",
                sealed,
                grant);
    }

    void delete(UUID grant) {
        sql.update("delete from access_grant where id = ?", grant);
    }

    private static GrantRow read(ResultSet row) throws SQLException {
        return new GrantRow(
                Sql.uuid(row, "id"),
                Sql.uuid(row, "object_id"),
                ObjectKind.of(row.getInt("kind")),
                Compartment.of(row.getInt("compartment")),
                row.getInt("epoch"),
                row.getBytes("grantee_key"),
                row.getBytes("granter_key"),
                row.getBytes("wrap"),
                row.getBytes("commitment"),
                row.getBytes("signature"),
                Sql.uuid(row, "entry_id"),
                Sql.day(row, "day"),
                row.getBytes("copy"));
    }
}
