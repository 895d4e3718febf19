// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.holdfast.access.Problem;
import org.holdfast.audit.Act;
import org.holdfast.crypto.Hashes;

/** Requests for enrolment as they are stored. */
@ApplicationScoped
class RequestStore {

    static final String TABLE = "enrolment_request";

    /** A request; its own key has signed it. */
    record Row(
            UUID id,
            byte[] loginTag,
            String roles,
            byte[] signKey,
            byte[] wrapKey,
            byte[] proof,
            byte[] sealedName,
            LocalDate day) {

        private static final byte[] LABEL = Bytes.ascii("holdfast/v1/enrolment\0");

        /** What is signed, and whose hash is compared in eight words. */
        static byte[] signedBytes(UUID tenant, UUID id, byte[] loginTag, String roles, byte[] signKey, byte[] wrapKey) {
            return Bytes.join(LABEL, Bytes.of(tenant), Bytes.of(id), loginTag, Bytes.lp(roles), signKey, wrapKey);
        }

        byte[] signedBytes(UUID tenant) {
            return signedBytes(tenant, id, loginTag, roles, signKey, wrapKey);
        }

        byte[] fingerprint(UUID tenant) {
            return fingerprint(signedBytes(tenant));
        }

        static byte[] fingerprint(byte[] signedBytes) {
            return Hashes.sha256(signedBytes);
        }

        @Override
        public String toString() {
            return "Request[" + id + "]";
        }
    }

    private final Sql sql;
    private final OwnRows own;

    RequestStore(DataSource database, OwnRows own) {
        this.sql = new Sql(database);
        this.own = own;
    }

    /** Inside: stores a request, with its line. */
    void insert(UUID tenant, Row row) {
        sql.update(
                "insert into enrolment_request (id, tenant, login_tag, roles, sign_key, wrap_key, proof, sealed_name, day)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row.id(),
                tenant,
                row.loginTag(),
                row.roles(),
                row.signKey(),
                row.wrapKey(),
                row.proof(),
                row.sealedName(),
                row.day());
        own.written(Act.ENROLMENT_REQUESTED, TABLE, row.id());
    }

    List<Row> all() {
        return sql.list("select * from enrolment_request order by day, id", RequestStore::read);
    }

    /**
     * Inside: the request of this id, as it was written.
     *
     * @throws Problem.Tampering if the log has another one, or none
     */
    Optional<Row> checked(UUID id) {
        Optional<Row> row = find(id);
        if (row.isPresent() && !own.asWritten(TABLE, List.of(id)).contains(id)) {
            throw Problem.tampering("enrolment.row", null, Bytes.of(id));
        }
        return row;
    }

    private Optional<Row> find(UUID id) {
        return sql.first("select * from enrolment_request where id = ?", RequestStore::read, id);
    }

    Optional<Row> byLogin(byte[] loginTag) {
        return sql.first("select * from enrolment_request where login_tag = ?", RequestStore::read, loginTag);
    }

    /** Inside: takes a request away, with the line of what was decided about it; false if it is not there. */
    boolean delete(UUID id, Act decided) {
        boolean gone = sql.update("delete from enrolment_request where id = ?", id) > 0;
        if (gone) {
            own.gone(decided, List.of(id));
        }
        return gone;
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                Sql.uuid(row, "id"),
                row.getBytes("login_tag"),
                row.getString("roles"),
                row.getBytes("sign_key"),
                row.getBytes("wrap_key"),
                row.getBytes("proof"),
                row.getBytes("sealed_name"),
                Sql.day(row, "day"));
    }
}
