// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.time.LocalDate;
import java.util.LinkedHashMap;
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
import org.holdfast.rules.report.ReportFields;
import org.holdfast.vault.FieldKey;
import org.holdfast.vault.Holder;
import org.holdfast.vault.Vault;
import org.holdfast.web.Ids;
import org.jspecify.annotations.Nullable;

/** The case itself: make one, open it, change its summary and state. */
@UseCase
public class CaseDesk {

    static final Form FORM = ReportFields.caseFile();
    private static final List<String> PLAIN = List.of("status", "due.day", "due.month", "due.year");

    private final CaseAccess access;
    private final CaseBeginning beginning;
    private final CaseStore store;
    private final Vault vault;
    private final SentForm form;
    private final Bracket bracket;
    private final CaseViews views;

    CaseDesk(
            CaseAccess access,
            CaseBeginning beginning,
            CaseStore store,
            Vault vault,
            SentForm form,
            Bracket bracket,
            CaseViews views) {
        this.access = access;
        this.beginning = beginning;
        this.store = store;
        this.vault = vault;
        this.form = form;
        this.bracket = bracket;
        this.views = views;
    }

    /** What the page of a case needs of its rows. */
    record Rows(
            CaseAccess.Held held,
            CaseFile file,
            List<CaseReport> reports,
            List<CaseMessage> messages,
            int persons,
            boolean original,
            List<CaseRequest> requests,
            List<Holder> holders) {}

    /** The form of a new case, with a name offered. */
    public FormView blank() {
        access.enter(CasePolicy.Act.CREATE);
        return FormView.of(FORM, Map.of("working", List.of(WorkingName.offer())), List.of());
    }

    /** Makes an empty case. */
    public Saved create(Map<String, List<String>> typed) {
        access.enter(CasePolicy.Act.CREATE);
        Checked checked = Typed.check(FORM, typed, beginning.today());
        if (!checked.sound()) {
            return Saved.faulty(new UUID(0, 0), checked.complaints(), typed, 0);
        }
        try (PreparedCase prepared = beginning.empty(sealed(checked.answers()))) {
            bracket.write(() -> {
                form.useUp();
                prepared.store();
            });
            return Saved.done(prepared.id());
        }
    }

    /** Opens a case: its summary, and the outline of its reports and messages as far as the person holds them. */
    public CaseView open(String id) {
        access.enter(CasePolicy.Act.READ);
        UUID caseId = Ids.of(id);
        Rows rows = bracket.read(() -> {
            CaseAccess.Held held = access.held(caseId);
            access.line(Act.CASE_READ, caseId, null);
            boolean content = held.content().isPresent();
            return new Rows(
                    held,
                    file(caseId),
                    content ? store.parts(CaseReport.class, caseId) : List.of(),
                    content ? store.parts(CaseMessage.class, caseId) : List.of(),
                    store.parts(CasePerson.class, caseId).size(),
                    store.only(OriginalContent.class, caseId).isPresent(),
                    store.parts(CaseRequest.class, caseId),
                    vault.holders(caseId));
        });
        return access.opening(caseId, () -> views.of(rows));
    }

    /** The form of the summary. */
    public CaseView.EditView edit(String id) {
        access.enter(CasePolicy.Act.WRITE);
        UUID caseId = Ids.of(id);
        CaseAccess.Held[] held = new CaseAccess.Held[1];
        CaseFile file = bracket.read(() -> {
            held[0] = access.held(caseId);
            access.line(Act.CASE_READ, caseId, null);
            return file(caseId);
        });
        return access.opening(caseId, () -> {
            try (FieldKey key = access.open(held[0].summary())) {
                CaseSummary summary = Seals.open(file, key);
                return new CaseView.EditView(
                        id,
                        summary.code() + " " + summary.working(),
                        file.revision,
                        FormView.of(FORM, answers(file, summary).values(), List.of()),
                        null);
            }
        });
    }

    /** Saves the summary and the state of a case. */
    public Saved save(String id, Map<String, List<String>> typed) {
        access.enter(CasePolicy.Act.WRITE);
        UUID caseId = Ids.of(id);
        Checked checked = Typed.check(FORM, typed, beginning.today(), "working", "status");
        CaseAccess.Held[] held = new CaseAccess.Held[1];
        CaseFile file = bracket.read(() -> {
            held[0] = access.held(caseId);
            CaseFile found = file(caseId);
            if (checked.sound() && Typed.revision(typed) != found.revision) {
                // The page of a conflict shows what a colleague wrote: that is a reading, and no writing follows it.
                access.line(Act.CASE_READ, caseId, CaseAccess.CONFLICT);
            }
            return found;
        });
        if (!checked.sound()) {
            return Saved.faulty(caseId, checked.complaints(), typed, Typed.revision(typed));
        }
        Optional<Saved> conflict = access.opening(caseId, () -> {
            try (FieldKey key = access.open(held[0].summary())) {
                CaseSummary stored = Seals.open(file, key);
                if (Typed.revision(typed) != file.revision) {
                    ConflictView both = ConflictView.of(FORM, answers(file, stored), checked.answers());
                    return Optional.of(Saved.conflict(caseId, both, typed, file.revision));
                }
                file.revision++;
                file.status = checked.answers().one("status");
                file.dueDay = due(checked.answers());
                Seals.seal(file, key, stored.withAnswers(sealed(checked.answers())));
                return Optional.<Saved>empty();
            }
        });
        if (conflict.isPresent()) {
            return conflict.get();
        }
        boolean done = bracket.write(() -> {
            access.keep(held[0]);
            if (!store.replace(file)) {
                return false;
            }
            access.written(file, Act.CASE_WRITTEN);
            return true;
        });
        // Somebody was quicker between the two brackets: now the revision differs and both texts are shown.
        return done ? Saved.done(caseId) : save(id, typed);
    }

    private CaseFile file(UUID caseId) {
        return store.file(caseId).orElseThrow(Problem::notHere);
    }

    /** All answers of the form: those inside the seal and those in plain columns. */
    static Answers answers(CaseFile file, CaseSummary summary) {
        Map<String, List<String>> all = new LinkedHashMap<>(summary.answers().values());
        all.put("status", List.of(file.status));
        LocalDate due = file.dueDay;
        if (due != null) {
            all.put("due.day", List.of(Integer.toString(due.getDayOfMonth())));
            all.put("due.month", List.of(Integer.toString(due.getMonthValue())));
            all.put("due.year", List.of(Integer.toString(due.getYear())));
        }
        return new Answers(all);
    }

    private static Answers sealed(Answers answers) {
        Map<String, List<String>> inside = new LinkedHashMap<>(answers.values());
        PLAIN.forEach(inside::remove);
        return new Answers(inside);
    }

    /** A review on a month or a year is due on its first day. */
    private static @Nullable LocalDate due(Answers answers) {
        if (answers.one("due.year").isEmpty()) {
            return null;
        }
        return LocalDate.of(
                Integer.parseInt(answers.one("due.year")),
                number(answers.one("due.month")),
                number(answers.one("due.day")));
    }

    private static int number(String text) {
        return text.isEmpty() ? 1 : Integer.parseInt(text);
    }
}
