// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.util.UUID;
import org.holdfast.vault.Place;

/**
 * What every row of a case has beside its sealed columns. Rows hold ciphertext only; they are sealed and opened by {@link
 * Seals}, outside of every transaction.
 */
@MappedSuperclass
abstract class CaseRow {

    /** Version of the form of the sealed values that this version writes. */
    static final int SCHEMA_VERSION = 1;

    @Id
    UUID id = new UUID(0, 0);

    UUID tenant = new UUID(0, 0);

    @Column(name = "schema_version")
    int schemaVersion = SCHEMA_VERSION;

    long revision = 1;

    @Column(name = "key_epoch")
    int keyEpoch = 1;

    /** The table, as it stands in seals and in the log. */
    abstract String table();

    /** The case it belongs to. */
    abstract UUID caseId();

    /** Where the value of one of its columns belongs. */
    Place place(String column) {
        return new Place(table(), column, id, schemaVersion, revision);
    }

    @Override
    public String toString() {
        return table() + " " + id;
    }
}
