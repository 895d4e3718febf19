// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.audit.RowHash;

/**
 * The rows of cases. Everything is fetched by the case it belongs to or by its own id together with its case, so that a row
 * of another case is never found.
 */
@ApplicationScoped
class CaseStore implements PanacheRepositoryBase<CaseFile, UUID> {

    /** All tables of a case, its own first. */
    static final List<String> TABLES = List.of(
            CaseFile.TABLE,
            CaseNames.TABLE,
            CasePerson.TABLE,
            CaseReport.TABLE,
            CaseMessage.TABLE,
            OriginalIdentity.TABLE,
            OriginalContent.TABLE,
            CaseMailbox.TABLE,
            CaseRequest.TABLE);

    private final EntityManager rows;
    private final RowHash hashes;

    CaseStore(EntityManager rows, RowHash hashes) {
        this.rows = rows;
        this.hashes = hashes;
    }

    Optional<CaseFile> file(UUID caseId) {
        return Optional.ofNullable(rows.find(CaseFile.class, caseId));
    }

    /**
     * The cases with these ids, each with the hash of its row. They are read past the persistence context, which would keep and
     * compare every one of ten thousand.
     */
    Map<UUID, RowHash.Hashed<CaseFile>> files(Collection<UUID> caseIds) {
        return caseIds.isEmpty() ? Map.of() : hashes.read(CaseFile.TABLE, caseIds, CaseStore::file);
    }

    private static CaseFile file(ResultSet row) throws SQLException {
        CaseFile file = new CaseFile();
        file.id = row.getObject("id", UUID.class);
        file.tenant = row.getObject("tenant", UUID.class);
        file.schemaVersion = row.getInt("schema_version");
        file.revision = row.getLong("revision");
        file.keyEpoch = row.getInt("key_epoch");
        file.status = row.getString("status");
        file.openedDay = row.getObject("opened_day", LocalDate.class);
        file.dueDay = row.getObject("due_day", LocalDate.class);
        file.summary = row.getBytes("summary");
        return file;
    }

    /** The rows of one table of a case, in the order of their ids. */
    <T extends CasePart> List<T> parts(Class<T> type, UUID caseId) {
        return rows.createQuery(
                        "select p from " + type.getSimpleName() + " p where p.caseId = :caseId order by p.id", type)
                .setParameter("caseId", caseId)
                .getResultList();
    }

    /** One row of a case. */
    <T extends CasePart> Optional<T> part(Class<T> type, UUID caseId, UUID row) {
        return Optional.ofNullable(rows.find(type, row)).filter(p -> p.caseId.equals(caseId));
    }

    /** The only row of a table that has one row a case. */
    <T extends CasePart> Optional<T> only(Class<T> type, UUID caseId) {
        return parts(type, caseId).stream().findFirst();
    }

    /** Adds a row that was sealed before. */
    void add(CaseRow row) {
        rows.persist(row);
    }

    /**
     * Puts a row that was sealed anew in the place of the stored one.
     *
     * @param sealed the row under its next revision
     * @return false when somebody else has written in between; then nothing is changed
     */
    boolean replace(CaseRow sealed) {
        CaseRow stored = rows.find(sealed.getClass(), sealed.id, LockModeType.PESSIMISTIC_WRITE);
        if (stored == null
                || stored.revision != sealed.revision - 1
                || !stored.caseId().equals(sealed.caseId())) {
            return false;
        }
        rows.merge(sealed);
        return true;
    }

    /** Until the transaction ends, whoever else wants to write this case's own row waits. */
    void lock(UUID caseId) {
        rows.find(CaseFile.class, caseId, LockModeType.PESSIMISTIC_WRITE);
    }

    long number() {
        return count();
    }
}
