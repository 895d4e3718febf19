// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
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
                for (CaseReport report : rows.reports()) {
                    ReportFacts facts = Seals.facts(report, key);
                    reports.add(line(report, facts));
                    facts.answers()
                            .many("contact_preference")
                            .forEach(code -> wishes.add(Labels.of("contact_preference", code)));
                }
                for (CaseMessage message : rows.messages()) {
                    Message opened = Seals.open(message, key);
                    messages.add(new CaseView.MessageLine(
                            opened.text(), people.getOrDefault(opened.by(), "a former colleague"), at(opened.at())));
                }
            }
        }
        reports.sort(Comparator.comparing(CaseView.ReportLine::recorded));
        messages.sort(CaseDesk.LATEST);
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
                ShownView.of(ReportFields.caseFile(), answers),
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

    private static CaseView.ReportLine line(CaseReport report, ReportFacts facts) {
        Answers answers = facts.answers();
        return new CaseView.ReportLine(
                report.id.toString(),
                Labels.of("report_type", facts.kind()),
                answers.many("incidents").stream()
                        .map(c -> Labels.of("incident", c))
                        .collect(Collectors.joining("; ")),
                Labels.date(answers, "start").isEmpty()
                        ? Labels.date(answers, "departure")
                        : Labels.date(answers, "start"),
                Labels.of("country", answers.one("now_country")),
                at(facts.recordedAt()));
    }

    static List<FormView.Option> reasons() {
        return Codes.shipped().list("access_reason").stream()
                .map(c -> new FormView.Option(c.code(), c.label()))
                .toList();
    }

    /** An instant of a seal as the desk writes it. */
    static String at(String instant) {
        return instant.replace('T', ' ').replace(":00Z", " UTC");
    }
}
