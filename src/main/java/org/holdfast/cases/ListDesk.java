// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.holdfast.access.UseCase;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.rules.Codes;
import org.holdfast.vault.ListIndex.Entry;
import org.holdfast.vault.StaffNames;
import org.holdfast.web.Paging;

/**
 * The list of cases: computed inside the unlocked session from the sealed summaries that the person holds. One line a list,
 * with the number of summaries opened. Nothing of it outlives the request but what is sealed under her own keys.
 */
@UseCase
public class ListDesk {

    private static final Comparator<Case> NEWEST =
            Comparator.comparing((Case c) -> c.listed().opened()).reversed();

    private final CaseAccess access;
    private final CaseIndex index;
    private final AuditLog audit;
    private final StaffNames names;

    ListDesk(CaseAccess access, CaseIndex index, AuditLog audit, StaffNames names) {
        this.access = access;
        this.index = index;
        this.audit = audit;
        this.names = names;
    }

    private record Case(UUID id, Listed listed) {}

    /**
     * The cases whose summary I hold and that the filter lets through, a page of fifty. The view has the filter that was held to: an
     * owner who is nobody of the staff is no condition.
     */
    public CaseListView list(CaseFilter asked) {
        access.enter(CasePolicy.Act.READ);
        Map<UUID, String> people = names.all();
        CaseFilter filter = isOwner(asked.owner(), people) ? asked : asked.ofAnybody();
        List<Entry<Listed>> all =
                index.all(number -> audit.record(AuditEvent.of(Act.CASE_LISTED).because("opened." + number)));
        List<Case> shown = new ArrayList<>();
        int damaged = 0;
        for (Entry<Listed> entry : all) {
            Listed listed = entry.value();
            if (listed == null) {
                damaged++;
            } else if (filter.accepts(listed, entry.whole())) {
                shown.add(new Case(entry.object(), listed));
            }
        }
        shown.sort(order(filter.sort()));
        Paging paging = Paging.of(filter.page(), shown.size(), CaseListView.PAGE);
        int from = paging.skipped();
        List<Case> page = shown.subList(from, Math.min(from + CaseListView.PAGE, shown.size()));
        return new CaseListView(
                filter,
                page.stream().map(c -> line(c, people)).toList(),
                shown.size(),
                page.isEmpty() ? 0 : from + 1,
                from + page.size(),
                paging.pages(),
                all.size(),
                damaged,
                options("case_status"),
                owners(people),
                options("report_type"),
                options("urgency_level"),
                options("language"),
                access.mayWrite());
    }

    private static Comparator<Case> order(String sort) {
        // Those without a day come last.
        Comparator<Case> due = Comparator.comparing((Case c) -> c.listed().due().isEmpty())
                .thenComparing(c -> c.listed().due());
        return switch (sort) {
            case "due" -> due.thenComparing(NEWEST);
            case "opened" -> NEWEST.thenComparing(c -> c.listed().code());
            case "code" -> Comparator.comparing(c -> c.listed().code());
            default ->
                Comparator.comparing((Case c) -> c.listed().urgency())
                        .reversed()
                        .thenComparing(due)
                        .thenComparing(NEWEST);
        };
    }

    private static CaseListView.Line line(Case shown, Map<UUID, String> people) {
        Listed listed = shown.listed();
        return new CaseListView.Line(
                shown.id().toString(),
                listed.code(),
                listed.working(),
                Labels.of("case_status", listed.status()),
                listed.urgency(),
                Labels.of("urgency_level", listed.urgency()),
                Labels.of("risk_level", listed.level()),
                listed.kinds().stream().map(k -> Labels.of("report_type", k)).collect(Collectors.joining(", ")),
                Labels.of("language", listed.language()),
                people.getOrDefault(listed.owner(), "a former colleague"),
                listed.due(),
                listed.opened(),
                listed.next());
    }

    private static boolean isOwner(String owner, Map<UUID, String> people) {
        return owner.isEmpty() || owner.equals("me") || people.containsKey(UUID.fromString(owner));
    }

    private static List<FormView.Option> owners(Map<UUID, String> people) {
        List<FormView.Option> options = new ArrayList<>(List.of(new FormView.Option("me", "Assigned to me")));
        people.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(p -> options.add(new FormView.Option(p.getKey().toString(), p.getValue())));
        return options;
    }

    private static List<FormView.Option> options(String list) {
        return Codes.shipped().list(list).stream()
                .map(code -> new FormView.Option(code.code(), code.label()))
                .toList();
    }
}
