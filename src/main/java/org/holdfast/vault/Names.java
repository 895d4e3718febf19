// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.access.Problem;
import org.holdfast.audit.Pseudonym;
import org.holdfast.crypto.Hashes;
import org.jspecify.annotations.Nullable;

/** What the log calls things: HMAC-SHA-256 under the shred secret over {@code log}, lp(table) and the row id, cut to 16 bytes. */
@ApplicationScoped
class Names {

    private static final byte[] LABEL = Bytes.ascii("log");
    static final String CASE_TABLE = "case_file";

    private final ShredSecrets shred;

    Names(ShredSecrets shred) {
        this.shred = shred;
    }

    Pseudonym of(UUID object, String table, UUID row) {
        byte[] mac = Hashes.hmacSha256(shred.of(object), LABEL, Bytes.lp(table), Bytes.of(row));
        return new Pseudonym(Arrays.copyOf(mac, Pseudonym.LENGTH));
    }

    /**
     * As {@link #of}; where there is no secret of that name, the row's own id, for which the verifier finds no entry and so names the
     * row, instead of one bad row keeping all others from being verified.
     */
    Pseudonym forVerifier(UUID object, String table, UUID row) {
        return ifKnown(object, table, row).orElseGet(() -> Pseudonym.ofRow(row));
    }

    /** As {@link #of}; empty where there is no secret of that name. */
    Optional<Pseudonym> ifKnown(UUID object, String table, UUID row) {
        try {
            return Optional.of(of(object, table, row));
        } catch (Problem.Tampering lost) {
            return Optional.empty();
        }
    }

    Pseudonym ofCase(UUID caseId) {
        return of(caseId, CASE_TABLE, caseId);
    }

    /** The case that a grant's line belongs to: none, unless it is for a case. */
    @Nullable Pseudonym ofCase(ObjectKind kind, UUID object) {
        return kind == ObjectKind.CASE ? ofCase(object) : null;
    }
}
