// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.access.Role;
import org.holdfast.access.UseCase;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.audit.Pseudonym;
import org.holdfast.vault.Compartment;
import org.holdfast.vault.Directory;
import org.holdfast.vault.FieldKey;
import org.holdfast.vault.Holder;
import org.holdfast.vault.Person;
import org.holdfast.vault.Sharing;
import org.holdfast.vault.Vault;
import org.jspecify.annotations.Nullable;

/** Gives a case to a colleague and takes it from her. Who is given a case gets all three secrets. */
@UseCase
public class ShareDesk {

    /** How it ended. */
    public enum Result {
        /** It is done. */
        DONE,
        /** Nobody was chosen, or somebody who cannot get the case. */
        NOT_CHOSEN,
        /** She is the last who can open the case: somebody else must get it first. */
        LAST
    }

    private final CaseAccess access;
    private final CaseStore store;
    private final Vault vault;
    private final Directory directory;
    private final AuditLog audit;
    private final Bracket bracket;

    ShareDesk(CaseAccess access, CaseStore store, Vault vault, Directory directory, AuditLog audit, Bracket bracket) {
        this.access = access;
        this.store = store;
        this.vault = vault;
        this.directory = directory;
        this.audit = audit;
        this.bracket = bracket;
    }

    private record Fetched(CaseAccess.Held held, CaseFile file, Set<UUID> holders) {}

    /** Gives a case to a colleague. */
    public Result assign(String id, String to) {
        access.enter(CasePolicy.Act.ASSIGN);
        UUID caseId = Ids.of(id);
        Fetched fetched = bracket.read(() -> fetch(caseId));
        Optional<Person> colleague = colleague(to);
        if (colleague.isEmpty()) {
            return Result.NOT_CHOSEN;
        }
        UUID staff = colleague.get().staffId();
        if (fetched.holders().contains(staff)) {
            return Result.DONE;
        }
        Sharing sharing = vault.share(fetched.held().all(), staff);
        bracket.write(() -> {
            sharing.store();
            line(Act.CASE_ASSIGNED, caseId, staff);
        });
        return Result.DONE;
    }

    /** Takes a case from a colleague, or gives it back oneself. */
    public Result unassign(String id, String from) {
        UUID me = access.enter(CasePolicy.Act.ASSIGN);
        UUID caseId = Ids.of(id);
        Fetched fetched = bracket.read(() -> fetch(caseId));
        Optional<UUID> staff = fetched.holders().stream()
                .filter(holder -> holder.toString().equals(from))
                .findFirst();
        if (staff.isEmpty()) {
            return Result.NOT_CHOSEN;
        }
        if (fetched.holders().size() < 2) {
            return Result.LAST;
        }
        UUID who = staff.get();
        UUID heir = fetched.holders().stream()
                .filter(holder -> !holder.equals(who))
                .sorted((a, b) -> Boolean.compare(b.equals(me), a.equals(me)))
                .findFirst()
                .orElseThrow();
        boolean keeps = access.opening(caseId, () -> handOver(fetched, who, heir));
        // A supervisor keeps the summary that every supervisor holds.
        @Nullable Sharing summary = directory.person(who).roles().contains(Role.SUPERVISOR)
                ? vault.share(List.of(fetched.held().summary()), who)
                : null;
        boolean done = bracket.write(() -> {
            if (keeps) {
                if (!store.replace(fetched.file())) {
                    return false;
                }
                access.written(fetched.file(), Act.CASE_ROW_WRITTEN);
            }
            vault.revoke(caseId, who);
            if (summary != null) {
                summary.store();
            }
            line(Act.CASE_UNASSIGNED, caseId, who);
            return true;
        });
        return done ? Result.DONE : unassign(id, from);
    }

    /** Is this the person who asks? */
    public boolean isMe(String staff) {
        return access.enter(CasePolicy.Act.READ).toString().equals(staff);
    }

    /** When she who leaves keeps the record, the heir keeps it now. */
    private boolean handOver(Fetched fetched, UUID who, UUID heir) {
        try (FieldKey key = vault.open(fetched.held().summary())) {
            CaseSummary summary = Seals.open(fetched.file(), key);
            if (!summary.owner().equals(who)) {
                return false;
            }
            fetched.file().revision++;
            Seals.seal(fetched.file(), key, summary.withOwner(heir));
            return true;
        }
    }

    private Fetched fetch(UUID caseId) {
        CaseAccess.Held held = access.held(caseId);
        held.all();
        Set<UUID> holders = vault.holders(caseId).stream()
                .filter(h -> h.compartments().contains(Compartment.CONTENT))
                .map(Holder::staffId)
                .collect(Collectors.toSet());
        return new Fetched(held, store.file(caseId).orElseThrow(Problem::notHere), holders);
    }

    private Optional<Person> colleague(String to) {
        return directory.people().stream()
                .filter(p -> p.staffId().toString().equals(to) && CasePolicy.mayReceive(p.roles()))
                .findFirst();
    }

    private void line(Act act, UUID caseId, UUID staff) {
        audit.record(AuditEvent.of(act).inCase(vault.caseName(caseId)).on(Pseudonym.ofRow(staff)));
    }
}
