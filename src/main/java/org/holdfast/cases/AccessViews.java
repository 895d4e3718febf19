// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.holdfast.access.Role;
import org.holdfast.vault.Compartment;
import org.holdfast.vault.Directory;
import org.holdfast.vault.FieldKey;
import org.holdfast.vault.Holder;
import org.holdfast.vault.Person;
import org.holdfast.vault.UnlockedUser;

/** Says who can open a case and who asks for it. Outside of every transaction. */
@ApplicationScoped
class AccessViews {

    private static final Set<Compartment> ALL = Set.of(Compartment.SUMMARY, Compartment.CONTENT, Compartment.IDENTITY);

    private final Directory directory;
    private final UnlockedUser unlocked;

    AccessViews(Directory directory, UnlockedUser unlocked) {
        this.directory = directory;
        this.unlocked = unlocked;
    }

    /**
     * @param summary the open key of the summary
     * @param people display names
     */
    AccessView of(CaseDesk.Rows rows, FieldKey summary, Map<UUID, String> people) {
        boolean all = rows.held().complete();
        Set<UUID> have = rows.holders().stream()
                .filter(h -> h.compartments().containsAll(ALL))
                .map(Holder::staffId)
                .collect(Collectors.toSet());
        UUID me = unlocked.staffId();
        List<AccessView.RequestLine> requests = new ArrayList<>();
        AccessView.Asked asked = null;
        // Oldest first: the last one of a person is the one that counts.
        for (Opened<CaseRequest, AccessRequest> sent :
                Opened.inOrder(rows.requests(), row -> Seals.open(row, summary), AccessRequest::at)) {
            AccessRequest request = sent.value();
            if (all && request.state() == AccessRequest.State.OPEN && mayGet(request.by(), have)) {
                requests.add(new AccessView.RequestLine(
                        sent.row().id.toString(),
                        name(request.by(), people),
                        roles(request.by()),
                        Moments.shown(request.at()),
                        Labels.of("access_reason", request.reason()),
                        request.words()));
            }
            if (request.by().equals(me)) {
                asked = asked(request, people);
            }
        }
        return new AccessView(
                holders(rows.holders(), people, me),
                all ? colleagues(have, people) : List.of(),
                requests,
                all ? null : asked);
    }

    private static AccessView.Asked asked(AccessRequest request, Map<UUID, String> people) {
        UUID by = request.answeredBy();
        return new AccessView.Asked(
                request.state() == AccessRequest.State.OPEN,
                request.state() == AccessRequest.State.DECLINED,
                Moments.shown(request.at()),
                Labels.of("access_reason", request.reason()),
                request.words(),
                by == null ? "" : name(by, people),
                request.answer());
    }

    private boolean mayGet(UUID staff, Set<UUID> have) {
        return !have.contains(staff)
                && directory.people().stream()
                        .anyMatch(p -> p.staffId().equals(staff) && CasePolicy.mayReceive(p.roles()));
    }

    private List<AccessView.HolderLine> holders(List<Holder> holders, Map<UUID, String> people, UUID me) {
        return holders.stream()
                .map(h -> new AccessView.HolderLine(
                        h.staffId().toString(),
                        name(h.staffId(), people),
                        roles(h.staffId()),
                        h.compartments().containsAll(ALL),
                        parts(h.compartments()),
                        h.since().toString(),
                        h.staffId().equals(me)))
                .sorted(Comparator.comparing(AccessView.HolderLine::all)
                        .reversed()
                        .thenComparing(AccessView.HolderLine::name))
                .toList();
    }

    private static String parts(Set<Compartment> held) {
        if (held.containsAll(ALL)) {
            return "everything";
        }
        if (held.equals(Set.of(Compartment.SUMMARY))) {
            return "the summary only";
        }
        List<String> parts = new ArrayList<>();
        if (held.contains(Compartment.SUMMARY)) {
            parts.add("the summary");
        }
        if (held.contains(Compartment.CONTENT)) {
            parts.add("the reports and answers");
        }
        if (held.contains(Compartment.IDENTITY)) {
            parts.add("who it is about");
        }
        return String.join(", ", parts);
    }

    /** Colleagues to whom the case can be given, each with her roles: those who may receive cases and do not hold all of this one. */
    private List<FormView.Option> colleagues(Set<UUID> have, Map<UUID, String> people) {
        return directory.people().stream()
                .filter(p -> CasePolicy.mayReceive(p.roles()) && !have.contains(p.staffId()))
                .map(p -> new FormView.Option(
                        p.staffId().toString(),
                        people.getOrDefault(p.staffId(), "A colleague without a name") + " (" + Role.words(p.roles())
                                + ")"))
                .sorted(Comparator.comparing(FormView.Option::label))
                .toList();
    }

    private static String name(UUID staff, Map<UUID, String> people) {
        return people.getOrDefault(staff, "a former colleague");
    }

    private String roles(UUID staff) {
        return directory.people().stream()
                .filter(p -> p.staffId().equals(staff))
                .map(Person::roles)
                .map(Role::words)
                .findFirst()
                .orElse("no longer here");
    }
}
