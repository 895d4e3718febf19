// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.audit.Act;
import org.holdfast.audit.Pseudonym;
import org.jspecify.annotations.Nullable;

/**
 * Opens and seals for the person whose keys are unlocked in this request.
 *
 * <p>Every method that needs her keys throws {@link org.holdfast.access.Problem.Locked} while they are locked. Methods
 * marked "inside" run in the caller's transaction and use no cipher; methods marked "outside" refuse to run in one.
 */
@ApplicationScoped
public class Vault {

    /**
     * Inside: the asking person's grant of the newest epoch, in the log and not revoked.
     *
     * @throws org.holdfast.access.Problem.NotHere if she has none, whether or not the object exists
     * @throws org.holdfast.access.Problem.Tampering if there is one that the log does not know
     */
    public Grant grant(ObjectKind kind, UUID object, Compartment compartment) {
        throw new IllegalStateException("not built yet");
    }

    /** Inside: as {@link #grant}, empty instead of not here. */
    public Optional<Grant> grantIfAny(ObjectKind kind, UUID object, Compartment compartment) {
        throw new IllegalStateException("not built yet");
    }

    /** Inside: her grants of the newest epoch for all objects of a kind, one query for all of them. */
    public List<Grant> grants(ObjectKind kind, Compartment compartment) {
        throw new IllegalStateException("not built yet");
    }

    /** Inside: the objects of a kind of which she holds this compartment. */
    public List<UUID> held(ObjectKind kind, Compartment compartment) {
        throw new IllegalStateException("not built yet");
    }

    /** Inside: who holds what of an object, active people only. */
    public List<Holder> holders(UUID object) {
        throw new IllegalStateException("not built yet");
    }

    /**
     * Inside: compares the rows of an object with the newest hashes in the log: nothing may be older, missing, extra or
     * re-pointed.
     *
     * @param object the object
     * @param tables the first one is the table whose row id is the object's; the others point to it
     * @param parentColumn the column by which they do
     * @throws org.holdfast.access.Problem.Tampering if a row and the log differ
     */
    public void checkCase(UUID object, List<String> tables, String parentColumn) {
        throw new IllegalStateException("not built yet");
    }

    /**
     * Outside: opens the key. At the first opening the granter's signature and the commitment are checked and a symmetric
     * copy is kept (in a small transaction of its own), later ones go by the copy.
     *
     * @throws org.holdfast.access.Problem.Tampering if the grant is not what its granter signed
     */
    public FieldKey open(Grant grant) {
        throw new IllegalStateException("not built yet");
    }

    /** Outside: as {@link #open}, for many; in the same order. Each one is the caller's to close. */
    public List<FieldKey> openAll(List<Grant> grants) {
        throw new IllegalStateException("not built yet");
    }

    /** Outside: makes the secrets of a new object and stores its shred secret. */
    public NewObject begin(ObjectKind kind, UUID id, Compartment... compartments) {
        throw new IllegalStateException("not built yet");
    }

    /** Outside: wraps what I hold to somebody else, whose keys the directory names. */
    public Sharing share(List<Grant> mine, UUID grantee) {
        throw new IllegalStateException("not built yet");
    }

    /** Inside: takes every grant of an object from a person, with a line for each. */
    public void revoke(UUID object, UUID grantee) {
        throw new IllegalStateException("not built yet");
    }

    /**
     * Inside or outside: what the log calls a row of an object.
     *
     * @param object the case or report whose shred secret makes the name, so that erasure makes it meaningless
     */
    public Pseudonym nameInLog(UUID object, String table, UUID row) {
        throw new IllegalStateException("not built yet");
    }

    /** What the log calls a case. */
    public Pseudonym caseName(UUID caseId) {
        throw new IllegalStateException("not built yet");
    }

    /**
     * Inside: writes the line of a row just written, with its hash. Flushes first.
     *
     * @param object whose shred secret makes the names
     * @param caseId the case it belongs to, if it does
     */
    public void written(UUID object, @Nullable UUID caseId, String table, UUID row, Act act) {
        throw new IllegalStateException("not built yet");
    }

    /** Inside: writes the line of a row just deleted. */
    public void deleted(UUID object, @Nullable UUID caseId, String table, UUID row, Act act) {
        throw new IllegalStateException("not built yet");
    }

    /** Outside: seals free text of a line to the oversight key, which supervisors hold and auditors do not. */
    public byte[] sealDetail(String text) {
        throw new IllegalStateException("not built yet");
    }

    /** Inside: my grant of the key that details are sealed to. */
    public Grant oversightGrant() {
        throw new IllegalStateException("not built yet");
    }

    /** Outside: opens a detail. */
    public String openDetail(Grant oversight, byte[] sealed) {
        throw new IllegalStateException("not built yet");
    }
}
