// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
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
import org.holdfast.vault.Grant;
import org.holdfast.vault.Holder;
import org.holdfast.vault.Person;
import org.holdfast.vault.Sharing;
import org.holdfast.vault.Vault;
import org.holdfast.web.Ids;

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

    private record Fetched(CaseAccess.Held held, CaseFile file, List<Holder> all, List<CaseRequest> requests) {

        /** Those who can open what happened in the case. */
        Set<UUID> holders() {
            return ShareDesk.holders(all);
        }
    }

    /** Gives a case to a colleague: every part that she does not hold yet. If she asked for it, that is answered. */
    public Result assign(String id, String to) {
        UUID me = access.enter(CasePolicy.Act.ASSIGN);
        UUID caseId = Ids.of(id);
        Fetched fetched = bracket.read(() -> fetch(caseId));
        Optional<Person> colleague = colleague(to);
        if (colleague.isEmpty()) {
            return Result.NOT_CHOSEN;
        }
        UUID staff = colleague.get().staffId();
        Set<Compartment> has = fetched.all().stream()
                .filter(holder -> holder.staffId().equals(staff))
                .findFirst()
                .map(Holder::compartments)
                .orElse(Set.of());
        List<Grant> missing = fetched.held().all().stream()
                .filter(grant -> !has.contains(grant.compartment()))
                .toList();
        if (missing.isEmpty()) {
            return Result.DONE;
        }
        List<CaseRequest> answered = access.opening(caseId, () -> answered(fetched, staff, me));
        Sharing sharing = vault.share(missing, staff);
        boolean done = bracket.write(() -> {
            // A case that was taken from the giver meanwhile is no longer hers to give.
            access.keep(fetched.held());
            for (CaseRequest request : answered) {
                if (!store.replace(request)) {
                    return false;
                }
                access.written(request, Act.CASE_ROW_WRITTEN);
            }
            sharing.store();
            line(Act.CASE_ASSIGNED, caseId, staff, compartments(missing));
            return true;
        });
        return done ? Result.DONE : assign(id, to);
    }

    /** The requests of this person that wait for an answer, sealed anew as given. */
    private List<CaseRequest> answered(Fetched fetched, UUID staff, UUID giver) {
        if (fetched.requests().isEmpty()) {
            return List.of();
        }
        List<CaseRequest> answered = new ArrayList<>();
        try (FieldKey key = vault.open(fetched.held().summary())) {
            for (CaseRequest row : fetched.requests()) {
                AccessRequest request = Seals.open(row, key);
                if (request.waits(staff)) {
                    row.revision++;
                    Seals.seal(row, key, request.given(giver));
                    answered.add(row);
                }
            }
        }
        return answered;
    }

    /** Takes a case from a colleague, or gives it back oneself. A supervisor keeps the summary that every supervisor holds. */
    public Result unassign(String id, String from) {
        UUID me = access.enter(CasePolicy.Act.ASSIGN);
        UUID caseId = Ids.of(id);
        Fetched fetched = bracket.read(() -> fetch(caseId));
        Set<UUID> holders = fetched.holders();
        Optional<UUID> staff = holders.stream()
                .filter(holder -> holder.toString().equals(from))
                .findFirst();
        if (staff.isEmpty()) {
            return Result.NOT_CHOSEN;
        }
        if (holders.size() < 2) {
            return Result.LAST;
        }
        UUID who = staff.get();
        UUID heir = holders.stream()
                .filter(holder -> !holder.equals(who))
                .sorted((a, b) -> Boolean.compare(b.equals(me), a.equals(me)))
                .findFirst()
                .orElseThrow();
        boolean keeps = access.opening(caseId, () -> handOver(fetched, who, heir));
        Set<Compartment> taken = directory.person(who).roles().contains(Role.SUPERVISOR)
                ? EnumSet.of(Compartment.IDENTITY, Compartment.CONTENT)
                : EnumSet.of(Compartment.IDENTITY, Compartment.CONTENT, Compartment.SUMMARY);
        boolean done = bracket.write(() -> {
            // Two who take the case from each other come one after the other: the second finds that she no longer
            // holds it, or that one is left who must keep it.
            vault.keepHolders(caseId);
            access.keep(fetched.held());
            if (!holders(vault.holders(caseId)).equals(holders)) {
                return false;
            }
            if (keeps) {
                if (!store.replace(fetched.file())) {
                    return false;
                }
                access.written(fetched.file(), Act.CASE_ROW_WRITTEN);
            }
            vault.revoke(caseId, who, taken);
            line(Act.CASE_UNASSIGNED, caseId, who, codes(taken));
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
        return new Fetched(
                held,
                store.file(caseId).orElseThrow(Problem::notHere),
                vault.holders(caseId),
                store.parts(CaseRequest.class, caseId));
    }

    private static Set<UUID> holders(List<Holder> all) {
        return all.stream()
                .filter(holder -> holder.compartments().contains(Compartment.CONTENT))
                .map(Holder::staffId)
                .collect(Collectors.toSet());
    }

    private Optional<Person> colleague(String to) {
        return directory.people().stream()
                .filter(p -> p.staffId().toString().equals(to) && CasePolicy.mayReceive(p.roles()))
                .findFirst();
    }

    private void line(Act act, UUID caseId, UUID staff, String what) {
        audit.record(AuditEvent.of(act)
                .inCase(vault.caseName(caseId))
                .on(Pseudonym.ofRow(staff))
                .because(what));
    }

    private static String compartments(List<Grant> grants) {
        return codes(grants.stream().map(Grant::compartment).collect(Collectors.toSet()));
    }

    /** What was given or taken, for the line: {@code identity.content.summary} or a part of it. */
    private static String codes(Set<Compartment> compartments) {
        return compartments.stream()
                .sorted()
                .map(compartment -> compartment.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("."));
    }
}
