// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.holdfast.audit.DirectoryStatements;
import org.holdfast.audit.Pseudonym;
import org.holdfast.audit.RowHash;
import org.holdfast.audit.SealedRows;
import org.holdfast.crypto.Hashes;

/** Directory, grants, recovery wraps, slots, names, memories, requests for enrolment and replies, for the verifier. */
@ApplicationScoped
class VaultRows implements SealedRows, DirectoryStatements {

    /** Rows of no case and no report: the log calls them by their random ids. */
    private static final List<String> OWN_NAMES = List.of(
            Slots.TABLE, StaffStore.STATES, StaffStore.NAMES, RequestStore.TABLE, ReplyOutbox.TABLE, Replies.TABLE);

    private final Directory directory;
    private final DirectoryStore statements;
    private final GrantStore grants;
    private final RowHash hashes;

    VaultRows(Directory directory, DirectoryStore statements, GrantStore grants, RowHash hashes) {
        this.directory = directory;
        this.statements = statements;
        this.grants = grants;
        this.hashes = hashes;
    }

    @Override
    public void rows(Sink sink) {
        if (!directory.founded()) {
            return;
        }
        for (byte[] body : statements.bodies()) {
            byte[] hash = Hashes.sha256(body);
            sink.row("directory_statement", Pseudonym.ofHash(hash), hash, 0);
        }
        UUID tenant = directory.known().tenant();
        for (String table : List.of(GrantRow.TABLE, GrantRow.RECOVERY_TABLE)) {
            grants.hashes(table, tenant, hash -> sink.row(GrantRow.TABLE, Pseudonym.ofHash(hash), hash, 0));
        }
        for (String table : OWN_NAMES) {
            hashes.forEach(table, null, (id, parent, hash, revision) -> sink.row(table, Pseudonym.ofRow(id), hash, 0));
        }
    }

    @Override
    public void statements(Consumer<byte[]> sink) {
        statements.bodies().forEach(sink);
    }
}
