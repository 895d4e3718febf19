// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.holdfast.rules.Codes;
import org.holdfast.rules.report.Answers;
import org.holdfast.rules.report.ReportFields;
import org.holdfast.vault.FieldKey;
import org.holdfast.vault.StaffNames;

/** Opens what the page of a case shows, and no column more. Outside of every transaction. */
@ApplicationScoped
class CaseViews {

    /** Newest first. */
    private static final Comparator<Message> LATEST =
            Comparator.comparing(Message::at, Moments.ORDER).reversed();

    /** What the page of a case shows in its heading, its badges and its first lines. */
    private static final List<String> PLACED = List.of("working", "summary", "urgency", "level", "next");

    private final CaseAccess access;
    private final StaffNames names;
    private final AccessViews accesses;

    CaseViews(CaseAccess access, StaffNames names, AccessViews accesses) {
        this.access = access;
        this.names = names;
        this.accesses = accesses;
    }

    CaseView of(CaseDesk.Rows rows) {
        Map<UUID, String> people = names.all();
        CaseSummary summary;
        AccessView shared;
        try (FieldKey key = access.open(rows.held().summary())) {
            summary = Seals.open(rows.file(), key);
            shared = accesses.of(rows, key, people);
        }
        List<CaseView.ReportLine> reports = new ArrayList<>();
        List<CaseView.MessageLine> messages = new ArrayList<>();
        Set<String> wishes = new LinkedHashSet<>();
        if (rows.held().content().isPresent()) {
            try (FieldKey key = access.open(rows.held().content().get())) {
                // Oldest first: the page numbers them, and a number must not move when another report comes.
                for (Opened<CaseReport, ReportFacts> report :
                        Opened.inOrder(rows.reports(), row -> Seals.facts(row, key), ReportFacts::recordedAt)) {
                    reports.add(line(report.row(), report.value()));
                    report.value()
                            .answers()
                            .many("contact_preference")
                            .forEach(code -> wishes.add(Labels.of("contact_preference", code)));
                }
                rows.messages().stream()
                        .map(message -> Seals.open(message, key))
                        .sorted(LATEST)
                        .map(message -> line(message, people))
                        .forEach(messages::add);
            }
        }
        CaseFile file = rows.file();
        Answers answers = summary.answers();
        return new CaseView(
                file.id.toString(),
                summary.code(),
                summary.working(),
                answers.one("summary"),
                Labels.of("case_status", file.status),
                answers.one("urgency"),
                Labels.of("urgency_level", answers.one("urgency")),
                Labels.of("risk_level", answers.one("level")),
                people.getOrDefault(summary.owner(), "a former colleague"),
                file.openedDay.toString(),
                file.dueDay == null ? "" : file.dueDay.toString(),
                answers.one("next"),
                facts(answers),
                rows.held().content().isPresent(),
                rows.held().identity().isPresent(),
                access.mayWrite() && rows.held().content().isPresent(),
                summary.mailbox(),
                rows.original(),
                String.join("; ", wishes),
                rows.persons(),
                reports,
                messages,
                shared,
                reasons());
    }

    /** The filled fields of the summary that have no place of their own on the page. */
    private static List<ShownView.ShownField> facts(Answers answers) {
        Map<String, List<String>> others = new LinkedHashMap<>(answers.values());
        PLACED.forEach(others::remove);
        return ShownView.of(ReportFields.caseFile(), new Answers(others)).sections().stream()
                .flatMap(section -> section.rows().stream())
                .flatMap(row -> row.fields().stream())
                .toList();
    }

    private static CaseView.MessageLine line(Message message, Map<UUID, String> people) {
        return new CaseView.MessageLine(
                message.text(), people.getOrDefault(message.by(), "a former colleague"), Moments.shown(message.at()));
    }

    private static CaseView.ReportLine line(CaseReport report, ReportFacts facts) {
        Answers answers = facts.answers();
        return new CaseView.ReportLine(
                report.id.toString(),
                Labels.of("report_type", facts.kind()),
                answers.many("incidents").stream()
                        .map(c -> Labels.of("incident", c))
                        .collect(Collectors.joining("; ")),
                answers.date("start").isEmpty() ? answers.date("departure") : answers.date("start"),
                Labels.of("country", answers.one("now_country")),
                Moments.shown(facts.recordedAt()));
    }

    static List<FormView.Option> reasons() {
        return Codes.shipped().list("access_reason").stream()
                .map(c -> new FormView.Option(c.code(), c.label()))
                .toList();
    }
}
