// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.holdfast.access.CurrentActor;
import org.holdfast.access.Problem;
import org.holdfast.access.Role;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.audit.Pseudonym;
import org.holdfast.vault.Compartment;
import org.holdfast.vault.FieldKey;
import org.holdfast.vault.Grant;
import org.holdfast.vault.ObjectKind;
import org.holdfast.vault.UnlockedUser;
import org.holdfast.vault.Vault;
import org.jspecify.annotations.Nullable;

/** What the desks of this room have in common: who asks, what she holds of a case, whether its rows are what was written. */
@ApplicationScoped
class CaseAccess {

    /** Why something was read: a write came too late, and its page shows both texts. */
    static final String CONFLICT = "conflict";

    /** Why something was refused: she holds the case, and not its reports and answers. */
    static final String NO_CONTENT = "grant.content";

    /** Why something was refused: she holds the case, and not who it is about. */
    static final String NO_IDENTITY = "grant.identity";

    /**
     * What the asking person holds of a case; without the summary a case is not there for her.
     *
     * @param name what the log calls the case
     */
    record Held(UUID caseId, Pseudonym name, Grant summary, Optional<Grant> content, Optional<Grant> identity) {

        Grant contentOrRefuse() {
            return content.orElseThrow(() -> Problem.refused(NO_CONTENT, name.value()));
        }

        Grant identityOrRefuse() {
            return identity.orElseThrow(() -> Problem.refused(NO_IDENTITY, name.value()));
        }

        /** All three, or a refusal. */
        List<Grant> all() {
            return List.of(summary, contentOrRefuse(), identityOrRefuse());
        }

        /** Those that she has. */
        List<Grant> present() {
            return Stream.concat(Stream.of(summary), Stream.concat(content.stream(), identity.stream()))
                    .toList();
        }

        boolean complete() {
            return content.isPresent() && identity.isPresent();
        }
    }

    private final Vault vault;
    private final AuditLog audit;
    private final CurrentActor actor;
    private final UnlockedUser unlocked;
    private final CaseStore store;

    CaseAccess(Vault vault, AuditLog audit, CurrentActor actor, UnlockedUser unlocked, CaseStore store) {
        this.store = store;
        this.vault = vault;
        this.audit = audit;
        this.actor = actor;
        this.unlocked = unlocked;
    }

    /**
     * Goes on only for somebody who may do this and whose keys are unlocked.
     *
     * @return who it is
     */
    UUID enter(CasePolicy.Act act) {
        actor.require(CasePolicy.roles(act).toArray(Role[]::new));
        unlocked.require();
        return unlocked.staffId();
    }

    /** Is the person who asks a caseworker? */
    boolean mayWrite() {
        return CasePolicy.roles(CasePolicy.Act.WRITE).stream().anyMatch(actor::has);
    }

    /**
     * Inside: what she holds, after the rows were compared with the log.
     *
     * @throws Problem.NotHere without a grant of the summary, whether or not the case exists
     * @throws Problem.Tampering when a row is not what was written
     */
    Held held(UUID caseId) {
        Map<Compartment, Grant> grants = vault.grants(ObjectKind.CASE, caseId);
        Grant summary = grants.get(Compartment.SUMMARY);
        if (summary == null) {
            throw notHere(caseId);
        }
        Held held = new Held(
                caseId,
                vault.caseName(caseId),
                summary,
                Optional.ofNullable(grants.get(Compartment.CONTENT)),
                Optional.ofNullable(grants.get(Compartment.IDENTITY)));
        vault.checkCase(caseId, CaseStore.TABLES, "case_id");
        return held;
    }

    /**
     * Inside a write, before anything else: she who writes still holds all that she read with, and keeps it until this is
     * written. What was taken from her between reading and writing is not hers any more.
     *
     * @throws Problem.NotHere if any of it was taken
     */
    void keep(Held held) {
        if (!vault.keep(held.present())) {
            throw Problem.notHere(held.name().value());
        }
    }

    /** One page for a case that is not mine and one that is not there; the line names the case that somebody tried to open. */
    private Problem notHere(UUID caseId) {
        return store.file(caseId).isPresent()
                ? Problem.notHere(vault.caseName(caseId).value())
                : Problem.notHere();
    }

    /** Inside: a line about a case. */
    void line(Act act, UUID caseId, @Nullable String reason) {
        audit.record(AuditEvent.of(act).inCase(vault.caseName(caseId)).because(reason));
    }

    /** Inside: a line about a row of a case that was not written. */
    void line(Act act, CaseRow row, @Nullable String reason) {
        audit.record(AuditEvent.of(act)
                .inCase(vault.caseName(row.caseId()))
                .on(vault.nameInLog(row.caseId(), row.table(), row.id))
                .because(reason));
    }

    /** Inside: the line of a row just written. */
    void written(CaseRow row, Act act) {
        vault.written(row.caseId(), row.caseId(), row.table(), row.id, act);
    }

    /** Outside: opens a key of a case. The caller closes it. */
    FieldKey open(Grant grant) {
        return vault.open(grant);
    }

    /** Outside: does this; when something does not open, the line of it names the case. */
    <T> T opening(UUID caseId, Supplier<T> work) {
        try {
            return work.get();
        } catch (Problem.Tampering t) {
            if (t.caseName() != null) {
                throw t;
            }
            throw Problem.tampering(t.code(), vault.caseName(caseId).value(), t.objectName());
        }
    }
}
