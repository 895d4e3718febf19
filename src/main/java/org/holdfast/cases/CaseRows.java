// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.holdfast.audit.RowHash;
import org.holdfast.audit.SealedRows;
import org.holdfast.vault.Vault;

/** All rows of all cases, for the verifier. Each write of one is {@link CaseStore#replace} or its first, and has one line. */
@ApplicationScoped
class CaseRows implements SealedRows {

    private final RowHash hashes;
    private final Vault vault;

    CaseRows(RowHash hashes, Vault vault) {
        this.hashes = hashes;
        this.vault = vault;
    }

    @Override
    public void rows(Sink sink) {
        for (String table : CaseStore.TABLES) {
            boolean own = table.equals(CaseFile.TABLE);
            hashes.forEach(table, own ? null : "case_id", (id, parent, hash, revision) -> {
                UUID caseId = parent == null ? id : parent;
                sink.row(table, vault.nameForVerifier(caseId, table, id), hash, revision);
            });
        }
    }
}
