// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.access.SentForm;
import org.holdfast.access.UseCase;
import org.holdfast.audit.Act;
import org.holdfast.rules.report.Answers;
import org.holdfast.rules.report.Checked;
import org.holdfast.rules.report.Form;
import org.holdfast.rules.report.ReportContent;
import org.holdfast.rules.report.ReportFields;
import org.holdfast.rules.report.ReportKind;
import org.holdfast.vault.FieldKey;
import org.holdfast.web.Ids;
import org.jspecify.annotations.Nullable;

/** The reports in a case: record one of each kind, read it, change it; and the report as it came, which never changes. */
@UseCase
public class RecordDesk {

    private final CaseAccess access;
    private final CaseBeginning beginning;
    private final CaseStore store;
    private final SentForm form;
    private final Bracket bracket;

    RecordDesk(CaseAccess access, CaseBeginning beginning, CaseStore store, SentForm form, Bracket bracket) {
        this.access = access;
        this.beginning = beginning;
        this.store = store;
        this.form = form;
        this.bracket = bracket;
    }

    private record Fetched(
            CaseAccess.Held held, CaseFile file, @Nullable CaseReport report) {}

    /** An empty form for a report of this kind. */
    public RecordView blank(String id, String letter, Map<String, List<String>> typed) {
        access.enter(CasePolicy.Act.WRITE);
        ReportKind kind = ReportKind.ofLetter(letter).orElseThrow(Problem::notHere);
        UUID caseId = Ids.of(id);
        bracket.read(() -> access.held(caseId).contentOrRefuse());
        return RecordView.form(id, "", kind, 0, FormView.of(ReportFields.of(kind), typed, List.of()), null);
    }

    /** Records a report in a case. */
    public Saved add(String id, String letter, Map<String, List<String>> typed) {
        UUID who = access.enter(CasePolicy.Act.WRITE);
        ReportKind kind = ReportKind.ofLetter(letter).orElseThrow(Problem::notHere);
        UUID caseId = Ids.of(id);
        Fetched fetched = bracket.read(() -> new Fetched(access.held(caseId), file(caseId), null));
        CaseFile file = fetched.file();
        Checked checked = check(ReportFields.of(kind), typed);
        if (!checked.sound()) {
            return Saved.faulty(caseId, checked.complaints(), typed, 0);
        }
        CaseReport report = beginning.part(new CaseReport(), caseId);
        boolean summaryChanges = access.opening(caseId, () -> {
            try (FieldKey content = access.open(fetched.held().contentOrRefuse());
                    FieldKey key = access.open(fetched.held().summary())) {
                Seals.seal(report, content, kind, beginning.now(), who, checked.answers());
                CaseSummary stored = Seals.open(file, key);
                if (stored.kinds().contains(kind.code())) {
                    return false;
                }
                file.revision++;
                Seals.seal(file, key, stored.withKind(kind.code()));
                return true;
            }
        });
        boolean done = bracket.write(() -> {
            access.keep(fetched.held());
            if (summaryChanges && !store.replace(file)) {
                return false;
            }
            form.useUp();
            if (summaryChanges) {
                access.written(file, Act.CASE_ROW_WRITTEN);
            }
            store.add(report);
            access.written(report, Act.CASE_ROW_WRITTEN);
            return true;
        });
        // The summary was changed by somebody else between the two brackets: nothing is stored, so all of it is done
        // again.
        return done ? Saved.done(report.id) : add(id, letter, typed);
    }

    /** A report of a case, to read. */
    public RecordView show(String id, String row) {
        access.enter(CasePolicy.Act.READ);
        return open(id, row, false);
    }

    /** A report of a case in its form. */
    public RecordView edit(String id, String row) {
        access.enter(CasePolicy.Act.WRITE);
        return open(id, row, true);
    }

    private RecordView open(String id, String row, boolean edit) {
        UUID caseId = Ids.of(id);
        UUID rowId = Ids.of(row);
        CaseAccess.Held[] held = new CaseAccess.Held[1];
        CaseReport report = bracket.read(() -> {
            held[0] = access.held(caseId);
            held[0].contentOrRefuse();
            CaseReport found = report(caseId, rowId);
            access.line(Act.CASE_READ, found, null);
            return found;
        });
        return access.opening(caseId, () -> {
            try (FieldKey key = access.open(held[0].contentOrRefuse())) {
                ReportFacts facts = Seals.facts(report, key);
                ReportKind kind = kind(facts);
                Answers answers = Seals.open(report, key, facts);
                return edit
                        ? RecordView.form(
                                id,
                                row,
                                kind,
                                report.revision,
                                FormView.of(ReportFields.of(kind), answers.values(), List.of()),
                                null)
                        : RecordView.shown(
                                id,
                                row,
                                kind,
                                Moments.shown(facts.recordedAt()),
                                ShownView.of(ReportFields.of(kind), answers),
                                access.mayWrite());
            }
        });
    }

    /** The form again, with what was typed: after a fault, a conflict, or for more rows. */
    public RecordView again(String id, String row, Saved saved) {
        access.enter(CasePolicy.Act.WRITE);
        ReportKind kind = kindOf(id, row);
        return RecordView.form(
                id,
                row,
                kind,
                saved.revision(),
                FormView.of(ReportFields.of(kind), saved.typed(), saved.complaints()),
                saved.conflict());
    }

    private ReportKind kindOf(String id, String row) {
        UUID caseId = Ids.of(id);
        UUID rowId = Ids.of(row);
        CaseAccess.Held[] held = new CaseAccess.Held[1];
        CaseReport report = bracket.read(() -> {
            held[0] = access.held(caseId);
            return report(caseId, rowId);
        });
        return access.opening(caseId, () -> {
            try (FieldKey key = access.open(held[0].contentOrRefuse())) {
                return kind(Seals.facts(report, key));
            }
        });
    }

    /** Saves a report. */
    public Saved save(String id, String row, Map<String, List<String>> typed) {
        access.enter(CasePolicy.Act.WRITE);
        UUID caseId = Ids.of(id);
        UUID rowId = Ids.of(row);
        CaseAccess.Held[] held = new CaseAccess.Held[1];
        CaseReport report = bracket.read(() -> {
            held[0] = access.held(caseId);
            CaseReport found = report(caseId, rowId);
            if (Typed.revision(typed) != found.revision) {
                // The page of a conflict shows what a colleague wrote: that is a reading, and no writing follows it.
                access.line(Act.CASE_READ, found, CaseAccess.CONFLICT);
            }
            return found;
        });
        Optional<Saved> refused = access.opening(caseId, () -> {
            try (FieldKey key = access.open(held[0].contentOrRefuse())) {
                ReportFacts facts = Seals.facts(report, key);
                Form form = ReportFields.of(kind(facts));
                Checked checked = check(form, typed);
                if (!checked.sound()) {
                    return Optional.of(Saved.faulty(rowId, checked.complaints(), typed, Typed.revision(typed)));
                }
                if (Typed.revision(typed) != report.revision) {
                    Answers theirs = Seals.open(report, key, facts);
                    ConflictView both = ConflictView.of(form, theirs, checked.answers());
                    return Optional.of(Saved.conflict(rowId, both, typed, report.revision));
                }
                report.revision++;
                Seals.seal(report, key, kind(facts), facts.recordedAt(), facts.recordedBy(), checked.answers());
                return Optional.<Saved>empty();
            }
        });
        if (refused.isPresent()) {
            return refused.get();
        }
        boolean done = bracket.write(() -> {
            access.keep(held[0]);
            if (!store.replace(report)) {
                return false;
            }
            access.written(report, Act.CASE_ROW_WRITTEN);
            return true;
        });
        return done ? Saved.done(rowId) : save(id, row, typed);
    }

    /** The content of the report that the case began with, as it came. */
    public RecordView original(String id) {
        access.enter(CasePolicy.Act.READ);
        UUID caseId = Ids.of(id);
        CaseAccess.Held[] held = new CaseAccess.Held[1];
        OriginalContent original = bracket.read(() -> {
            held[0] = access.held(caseId);
            held[0].contentOrRefuse();
            OriginalContent found = store.only(OriginalContent.class, caseId).orElseThrow(Problem::notHere);
            access.line(Act.CASE_READ, found, null);
            return found;
        });
        return access.opening(caseId, () -> {
            try (FieldKey key = access.open(held[0].contentOrRefuse())) {
                ReportContent content = key.open(original.place("original"), original.original, ReportContent.class);
                ReportKind kind = ReportKind.ofCode(content.kind()).orElseThrow(() -> Problem.tampering("report.kind"));
                return RecordView.shown(
                        id, "", kind, "", ShownView.of(ReportFields.door(kind), content.answers()), false);
            }
        });
    }

    /** A report says at least one thing that happened, by a code of its kind or by a row of the chain of events. */
    private Checked check(Form form, Map<String, List<String>> typed) {
        String[] needed = Typed.one(typed, "events.1.code").isBlank() ? new String[] {"incidents"} : new String[0];
        return Typed.check(form, typed, beginning.today(), needed);
    }

    private CaseFile file(UUID caseId) {
        return store.file(caseId).orElseThrow(Problem::notHere);
    }

    private CaseReport report(UUID caseId, UUID row) {
        return store.part(CaseReport.class, caseId, row).orElseThrow(Problem::notHere);
    }

    private static ReportKind kind(ReportFacts facts) {
        return ReportKind.ofCode(facts.kind()).orElseThrow(() -> Problem.tampering("report.kind"));
    }
}
