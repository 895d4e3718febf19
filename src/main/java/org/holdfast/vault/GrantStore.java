// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.holdfast.access.Problem;
import org.holdfast.crypto.Hashes;

/** Grants, their copies and the recovery wraps. */
@ApplicationScoped
class GrantStore {

    private static final String COLUMNS =
            "id, tenant, object_id, kind, compartment, epoch, grantee_key, granter_key, wrap, commitment, signature,"
                    + " entry_id, day";
    /**
     * A wrap has more than a thousand bytes and is not used where there is a copy; then its hash is enough, of which the
     * grant's own hash in the log is made.
     */
    private static final String WITH_COPY =
            "select g.id, g.object_id, g.kind, g.compartment, g.epoch, g.grantee_key, g.granter_key, g.commitment,"
                    + " g.signature, g.entry_id, g.day, case when c.id is null then g.wrap else ''::bytea end as wrap,"
                    + " sha256(g.wrap) as wrap_hash, c.sealed as copy"
                    + " from access_grant g left join grant_copy c on c.id = g.id where ";

    private static final String ORDER = " order by g.object_id, g.compartment, g.epoch desc, g.day desc, g.id";

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
                GrantStore::readLight,
                granteeKey,
                kind.code(),
                object,
                compartment.code());
    }

    List<GrantRow> of(byte[] granteeKey, ObjectKind kind, UUID object) {
        return sql.list(
                WITH_COPY + "g.grantee_key = ? and g.kind = ? and g.object_id = ?" + ORDER,
                GrantStore::readLight,
                granteeKey,
                kind.code(),
                object);
    }

    List<GrantRow> of(byte[] granteeKey, ObjectKind kind, Compartment compartment) {
        return sql.list(
                WITH_COPY + "g.grantee_key = ? and g.kind = ? and g.compartment = ?" + ORDER,
                GrantStore::readLight,
                granteeKey,
                kind.code(),
                compartment.code());
    }

    /** Those of two compartments, of all objects of a kind. */
    List<GrantRow> ofBoth(byte[] granteeKey, ObjectKind kind, Compartment one, Compartment other) {
        return sql.list(
                WITH_COPY + "g.grantee_key = ? and g.kind = ? and g.compartment in (?, ?)" + ORDER,
                GrantStore::readLight,
                granteeKey,
                kind.code(),
                one.code(),
                other.code());
    }

    /** Those of two compartments, of some objects. */
    List<GrantRow> ofBoth(
            byte[] granteeKey, ObjectKind kind, Compartment one, Compartment other, Collection<UUID> objects) {
        return sql.list(
                WITH_COPY + "g.grantee_key = ? and g.kind = ? and g.compartment in (?, ?) and g.object_id = any(?)"
                        + ORDER,
                GrantStore::readLight,
                granteeKey,
                kind.code(),
                one.code(),
                other.code(),
                objects.toArray(UUID[]::new));
    }

    /** The objects of a kind of which a person was given something by these entries of the log. */
    List<UUID> objectsGiven(byte[] granteeKey, ObjectKind kind, Collection<UUID> entries) {
        return sql.list(
                "select distinct object_id from access_grant where grantee_key = ? and kind = ? and entry_id = any(?)",
                row -> Sql.uuid(row, "object_id"),
                granteeKey,
                kind.code(),
                entries.toArray(UUID[]::new));
    }

    List<GrantRow> ofObject(UUID object) {
        return sql.list(WITH_COPY + "g.object_id = ? order by g.day, g.id", GrantStore::readLight, object);
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
        return sql.list(WITH_COPY + "g.grantee_key = ?", GrantStore::readLight, granteeKey);
    }

    /**
     * The hashes of all grants of a table, by which the log knows them; needs a transaction. A row whose kind or compartment is none has
     * a hash that is in no entry, so that the verifier names it.
     */
    void hashes(String table, UUID tenant, Consumer<byte[]> sink) {
        sql.each("select g.*, null::bytea as copy from " + table + " g", row -> hash(row, tenant), sink);
    }

    private static byte[] hash(ResultSet row, UUID tenant) throws SQLException {
        try {
            return read(row).hash(tenant);
        } catch (Problem.Tampering none) {
            return Hashes.sha256(Bytes.ascii("no grant"), Bytes.of(Sql.uuid(row, "id")));
        }
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

    /** Keeps copies of grants: one statement. A grant that is being revoked is waited for, and then has no copy any more. */
    void insertCopies(UUID[] grants, byte[][] sealed) {
        sql.update(
                "insert into grant_copy (id, sealed) select g.id, c.sealed"
                        + " from unnest(?::uuid[], ?::bytea[]) as c(id, sealed) join access_grant g on g.id = c.id"
                        + " order by g.id for key share of g on conflict do nothing",
                grants,
                sealed);
    }

    void delete(UUID grant) {
        sql.update("delete from access_grant where id = ?", grant);
    }

    private static GrantRow readLight(ResultSet row) throws SQLException {
        return read(row, row.getBytes("wrap_hash"));
    }

    static GrantRow read(ResultSet row) throws SQLException {
        return read(row, Hashes.sha256(row.getBytes("wrap")));
    }

    private static GrantRow read(ResultSet row, byte[] wrapHash) throws SQLException {
        return new GrantRow(
                Sql.uuid(row, "id"),
                Sql.uuid(row, "object_id"),
                ObjectKind.of(row.getInt("kind")),
                Compartment.of(row.getInt("compartment")),
                row.getInt("epoch"),
                row.getBytes("grantee_key"),
                row.getBytes("granter_key"),
                row.getBytes("wrap"),
                wrapHash,
                row.getBytes("commitment"),
                row.getBytes("signature"),
                Sql.uuid(row, "entry_id"),
                Sql.day(row, "day"),
                row.getBytes("copy"));
    }
}
