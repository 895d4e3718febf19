// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants written into the log; who acts, when and in which session is added by {@link AuditLog}.
 *
 * <p>Begin with {@link #of} and add: {@code AuditEvent.of(Act.CASE_WRITTEN).inCase(c).on(o).hash(h)}. Each step gives a new
 * event. Arrays are neither copied nor changed.
 *
 * @param act what was done
 * @param caseName the case in whose record the line appears
 * @param objectName the row, grant or statement
 * @param outcome done or refused
 * @param reason a code of at most 40 of {@code a-z 0-9 . _ -}, never free text
 * @param hash 32 bytes: the {@link RowHash} after a write, the hash of a grant or statement, 32 zero bytes for a deletion
 * @param sealedDetail free text sealed to the oversight key; its SHA-256 enters the entry, it is kept beside the log
 * @param entryId the id that the entry is to have, if something signed already names it; otherwise a fresh one is given
 */
public record AuditEvent(
        Act act,
        @Nullable Pseudonym caseName,
        @Nullable Pseudonym objectName,
        Outcome outcome,
        @Nullable String reason,
        byte @Nullable [] hash,
        byte @Nullable [] sealedDetail,
        @Nullable UUID entryId) {

    /** @throws IllegalArgumentException if the hash has not 32 bytes */
    public AuditEvent {
        if (hash != null && hash.length != RowHash.LENGTH) {
            throw new IllegalArgumentException("a hash has 32 bytes");
        }
    }

    /** An act that was done, with nothing else. */
    public static AuditEvent of(Act act) {
        return new AuditEvent(act, null, null, Outcome.DONE, null, null, null, null);
    }

    public AuditEvent inCase(@Nullable Pseudonym name) {
        return new AuditEvent(act, name, objectName, outcome, reason, hash, sealedDetail, entryId);
    }

    public AuditEvent on(@Nullable Pseudonym name) {
        return new AuditEvent(act, caseName, name, outcome, reason, hash, sealedDetail, entryId);
    }

    /** The reason as a code. */
    public AuditEvent because(@Nullable String code) {
        return new AuditEvent(act, caseName, objectName, outcome, code, hash, sealedDetail, entryId);
    }

    public AuditEvent hash(byte @Nullable [] sha256) {
        return new AuditEvent(act, caseName, objectName, outcome, reason, sha256, sealedDetail, entryId);
    }

    /** The act was refused, and why as a code. */
    public AuditEvent refused(String code) {
        return new AuditEvent(act, caseName, objectName, Outcome.REFUSED, code, hash, sealedDetail, entryId);
    }

    public AuditEvent detail(byte @Nullable [] sealed) {
        return new AuditEvent(act, caseName, objectName, outcome, reason, hash, sealed, entryId);
    }

    /** The entry gets this id; for grants, whose signature names their entry. A random UUID, used once. */
    public AuditEvent as(UUID id) {
        return new AuditEvent(act, caseName, objectName, outcome, reason, hash, sealedDetail, id);
    }

    /** The act alone: an event never prints what it is about. */
    @Override
    public String toString() {
        return "AuditEvent[" + act.code() + "]";
    }
}
