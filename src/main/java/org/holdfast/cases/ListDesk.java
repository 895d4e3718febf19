// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.access.UseCase;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.rules.Codes;
import org.holdfast.vault.Compartment;
import org.holdfast.vault.FieldKey;
import org.holdfast.vault.Grant;
import org.holdfast.vault.ObjectKind;
import org.holdfast.vault.StaffNames;
import org.holdfast.vault.Vault;
import org.jspecify.annotations.Nullable;

/**
 * The list of cases: computed inside the unlocked session from the sealed summaries that the person holds. One line a list,
 * with the number of summaries opened. Nothing of it outlives the request.
 */
@UseCase
public class ListDesk {

    private static final Comparator<CaseListView.Opened> NEWEST =
            Comparator.comparing((CaseListView.Opened o) -> o.file().openedDay).reversed();

    private final CaseAccess access;
    private final Vault vault;
    private final CaseStore store;
    private final AuditLog audit;
    private final Bracket bracket;
    private final StaffNames names;

    ListDesk(CaseAccess access, Vault vault, CaseStore store, AuditLog audit, Bracket bracket, StaffNames names) {
        this.access = access;
        this.vault = vault;
        this.store = store;
        this.audit = audit;
        this.bracket = bracket;
        this.names = names;
    }

    private record Fetched(List<Grant> grants, List<CaseFile> files) {}

    /** The cases whose summary I hold and that the filter lets through, a page of fifty. */
    public CaseListView list(CaseFilter filter) {
        access.enter(CasePolicy.Act.READ);
        List<CaseListView.Opened> opened = open(filter.status().isEmpty() ? null : filter.status());
        List<CaseListView.Opened> damaged =
                opened.stream().filter(o -> o.damage() != null).toList();
        Set<UUID> mine = filter.owner().equals("me") ? mine() : Set.of();
        List<CaseListView.Opened> shown = new ArrayList<>(opened.stream()
                .filter(o -> o.damage() == null && filter.accepts(o.sound(), mine.contains(o.file().id)))
                .toList());
        shown.sort(order(filter.sort()));
        int pages = Math.max(1, (shown.size() + CaseListView.PAGE - 1) / CaseListView.PAGE);
        int from = Math.min((Math.min(filter.page(), pages) - 1) * CaseListView.PAGE, shown.size());
        List<CaseListView.Opened> page = shown.subList(from, Math.min(from + CaseListView.PAGE, shown.size()));
        Map<UUID, String> people = names.all();
        return new CaseListView(
                filter,
                page.stream().map(o -> line(o, people)).toList(),
                shown.size(),
                page.isEmpty() ? 0 : from + 1,
                from + page.size(),
                pages,
                opened.size(),
                damaged.size(),
                options("case_status"),
                owners(people),
                options("report_type"),
                options("urgency_level"),
                options("language"),
                access.mayWrite());
    }

    private List<CaseListView.Opened> open(@Nullable String status) {
        Fetched fetched = bracket.read(() -> {
            List<Grant> grants = vault.grants(ObjectKind.CASE, Compartment.SUMMARY);
            Set<UUID> ids = grants.stream().map(Grant::object).collect(Collectors.toCollection(HashSet::new));
            List<CaseFile> files = store.files(ids, status);
            audit.record(AuditEvent.of(Act.CASE_LISTED).because("opened." + files.size()));
            return new Fetched(grants, files);
        });
        Map<UUID, CaseFile> byId = new HashMap<>();
        fetched.files().forEach(file -> byId.put(file.id, file));
        List<Grant> needed = fetched.grants().stream()
                .filter(g -> byId.containsKey(g.object()))
                .toList();
        List<FieldKey> keys = vault.openAll(needed);
        try {
            // The platform's parallel streams use all cores; below a few hundred the hand-over costs more than it
            // gives.
            IntStream places = IntStream.range(0, needed.size());
            Stream<CaseListView.Opened> opened = (needed.size() > 400 ? places.parallel() : places)
                    .mapToObj(i -> summary(byId.get(needed.get(i).object()), keys.get(i)));
            List<CaseListView.Opened> all = opened.toList();
            report(all);
            return all;
        } finally {
            keys.forEach(FieldKey::close);
        }
    }

    private Set<UUID> mine() {
        return bracket.read(() -> new HashSet<>(vault.held(ObjectKind.CASE, Compartment.CONTENT)));
    }

    private static CaseListView.Opened summary(@Nullable CaseFile file, FieldKey key) {
        if (file == null) {
            throw new IllegalStateException("a key without its row");
        }
        try {
            return new CaseListView.Opened(file, Seals.open(file, key), null);
        } catch (Problem.Tampering damage) {
            // One altered row must not keep everybody from the others; it is counted on the page and named in the log.
            return new CaseListView.Opened(file, null, damage);
        }
    }

    private void report(List<CaseListView.Opened> all) {
        List<CaseListView.Opened> damaged =
                all.stream().filter(o -> o.damage() != null).toList();
        if (!damaged.isEmpty()) {
            bracket.write(() -> damaged.forEach(o -> audit.record(AuditEvent.of(Act.ACCESS_TAMPERING)
                    .inCase(vault.caseName(o.file().id))
                    .on(vault.nameInLog(o.file().id, CaseFile.TABLE, o.file().id))
                    .refused(o.damage() == null ? "seal" : o.damage().code()))));
        }
    }

    private static Comparator<CaseListView.Opened> order(String sort) {
        Comparator<CaseListView.Opened> due =
                Comparator.comparing(o -> o.file().dueDay, Comparator.nullsLast(Comparator.naturalOrder()));
        return switch (sort) {
            case "due" -> due.thenComparing(NEWEST);
            case "opened" -> NEWEST.thenComparing(o -> o.sound().code());
            case "code" -> Comparator.comparing(o -> o.sound().code());
            default ->
                Comparator.comparing(
                                (CaseListView.Opened o) -> o.sound().answers().one("urgency"))
                        .reversed()
                        .thenComparing(due)
                        .thenComparing(NEWEST);
        };
    }

    private static CaseListView.Line line(CaseListView.Opened opened, Map<UUID, String> people) {
        CaseSummary summary = opened.sound();
        CaseFile file = opened.file();
        return new CaseListView.Line(
                file.id.toString(),
                summary.code(),
                summary.working(),
                Labels.of("case_status", file.status),
                summary.answers().one("urgency"),
                Labels.of("urgency_level", summary.answers().one("urgency")),
                Labels.of("risk_level", summary.answers().one("level")),
                summary.kinds().stream().map(k -> Labels.of("report_type", k)).collect(Collectors.joining(", ")),
                Labels.of("language", summary.answers().one("language")),
                people.getOrDefault(summary.owner(), "a former colleague"),
                file.dueDay == null ? "" : file.dueDay.toString(),
                file.openedDay.toString(),
                summary.answers().one("next"));
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
