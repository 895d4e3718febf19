// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.access.SentForm;
import org.holdfast.access.UseCase;
import org.holdfast.audit.Act;
import org.holdfast.rules.Codes;
import org.holdfast.rules.report.Answers;
import org.holdfast.rules.report.Checked;
import org.holdfast.rules.report.Form;
import org.holdfast.rules.report.ReportFields;
import org.holdfast.rules.report.ReportIdentity;
import org.holdfast.vault.FieldKey;
import org.holdfast.web.Ids;

/** Who a case is about. Every opening is an act of its own, with a reason and a line. */
@UseCase
public class PersonDesk {

    private static final Form FORM = ReportFields.person();

    private final CaseAccess access;
    private final CaseBeginning beginning;
    private final CaseStore store;
    private final SentForm form;
    private final Bracket bracket;

    PersonDesk(CaseAccess access, CaseBeginning beginning, CaseStore store, SentForm form, Bracket bracket) {
        this.access = access;
        this.beginning = beginning;
        this.store = store;
        this.form = form;
        this.bracket = bracket;
    }

    private record Fetched(
            CaseAccess.Held held, CaseNames names, List<CasePerson> persons, Optional<OriginalIdentity> original) {
        Optional<CasePerson> person(UUID row) {
            return persons.stream().filter(p -> p.id.equals(row)).findFirst();
        }
    }

    /**
     * Opens everybody in a case.
     *
     * @param reason a code of list {@code access_reason}
     * @return empty without such a reason; then nothing was opened
     */
    public Optional<PersonView> openAll(String id, String reason) {
        access.enter(CasePolicy.Act.OPEN_IDENTITY);
        UUID caseId = Ids.of(id);
        boolean reasoned = Codes.shipped().contains("access_reason", reason);
        Fetched fetched = bracket.read(() -> {
            Fetched found = fetch(caseId);
            if (reasoned) {
                access.line(Act.CASE_IDENTITY_READ, caseId, reason);
            }
            return found;
        });
        if (!reasoned) {
            return Optional.empty();
        }
        return Optional.of(access.opening(caseId, () -> {
            try (FieldKey key = access.open(fetched.held().identityOrRefuse())) {
                List<PersonView.Shown> persons = new ArrayList<>();
                for (CasePerson person : fetched.persons()) {
                    Answers answers = Seals.open(person, key);
                    String role = Labels.of("person_role", answers.one("role"));
                    persons.add(new PersonView.Shown(
                            person.id.toString(), role.isEmpty() ? "Person" : role, ShownView.of(FORM, answers)));
                }
                ShownView original = null;
                if (fetched.original().isPresent()) {
                    OriginalIdentity row = fetched.original().get();
                    ReportIdentity identity = key.open(row.place("original"), row.original, ReportIdentity.class);
                    original = ShownView.of(ReportFields.contact(), identity.answers());
                }
                return new PersonView(
                        id, "", 0, null, null, persons, original, CaseViews.reasons(), reason, access.mayWrite());
            }
        }));
    }

    /** An empty form for a new person, or the form again with what was typed. */
    public PersonView blank(String id, Map<String, List<String>> typed) {
        access.enter(CasePolicy.Act.WRITE);
        UUID caseId = Ids.of(id);
        bracket.read(() -> access.held(caseId).identityOrRefuse());
        return PersonView.form(id, "", 0, FormView.of(FORM, typed, List.of()), null);
    }

    /** Opens one person in the form. */
    public Optional<PersonView> openOne(String id, String row, String reason) {
        access.enter(CasePolicy.Act.WRITE);
        UUID caseId = Ids.of(id);
        UUID rowId = Ids.of(row);
        boolean reasoned = Codes.shipped().contains("access_reason", reason);
        CaseAccess.Held[] held = new CaseAccess.Held[1];
        CasePerson person = bracket.read(() -> {
            held[0] = access.held(caseId);
            held[0].identityOrRefuse();
            CasePerson found = store.part(CasePerson.class, caseId, rowId).orElseThrow(Problem::notHere);
            if (reasoned) {
                access.line(Act.CASE_IDENTITY_READ, found, reason);
            }
            return found;
        });
        if (!reasoned) {
            return Optional.empty();
        }
        return Optional.of(access.opening(caseId, () -> {
            try (FieldKey key = access.open(held[0].identityOrRefuse())) {
                Answers answers = Seals.open(person, key);
                return PersonView.form(id, row, person.revision, FormView.of(FORM, answers.values(), List.of()), null);
            }
        }));
    }

    /** The form again with what was typed, after a fault, a conflict, or for more rows. */
    public PersonView again(String id, String row, Saved saved) {
        access.enter(CasePolicy.Act.WRITE);
        UUID caseId = Ids.of(id);
        bracket.read(() -> access.held(caseId).identityOrRefuse());
        return PersonView.form(
                id, row, saved.revision(), FormView.of(FORM, saved.typed(), saved.complaints()), saved.conflict());
    }

    /**
     * Saves a person.
     *
     * @param row the person's id, empty for a new one
     */
    public Saved save(String id, String row, Map<String, List<String>> typed) {
        access.enter(CasePolicy.Act.WRITE);
        UUID caseId = Ids.of(id);
        boolean fresh = row.isEmpty();
        UUID rowId = fresh ? UUID.randomUUID() : Ids.of(row);
        Checked checked = Typed.check(FORM, typed, beginning.today(), "role");
        Fetched fetched = bracket.read(() -> {
            Fetched found = fetch(caseId);
            if (checked.sound()) {
                // The page of a conflict shows who the case is about: that is an opening, and no writing follows it.
                found.person(rowId)
                        .filter(p -> Typed.revision(typed) != p.revision)
                        .ifPresent(p -> access.line(Act.CASE_IDENTITY_READ, p, CaseAccess.CONFLICT));
            }
            return found;
        });
        Optional<CasePerson> stored = fetched.person(rowId);
        if (!fresh && stored.isEmpty()) {
            throw Problem.notHere();
        }
        if (!checked.sound()) {
            return Saved.faulty(rowId, checked.complaints(), typed, Typed.revision(typed));
        }
        CasePerson person = stored.orElseGet(() -> beginning.part(new CasePerson(), caseId));
        CaseNames names = fetched.names();
        Optional<Saved> conflict = access.opening(caseId, () -> {
            try (FieldKey key = access.open(fetched.held().identityOrRefuse())) {
                if (!fresh && Typed.revision(typed) != person.revision) {
                    ConflictView both = ConflictView.of(FORM, Seals.open(person, key), checked.answers());
                    return Optional.of(Saved.conflict(rowId, both, typed, person.revision));
                }
                names.revision++;
                Seals.seal(names, key, names(fetched.persons(), person, checked.answers(), key));
                if (!fresh) {
                    person.revision++;
                }
                Seals.seal(person, key, checked.answers());
                return Optional.<Saved>empty();
            }
        });
        if (conflict.isPresent()) {
            return conflict.get();
        }
        boolean done = bracket.write(() -> {
            access.keep(fetched.held());
            // Every writer of a person takes the row of the names first: who passes here finds the person unchanged
            // too.
            if (!store.replace(names) || (!fresh && !store.replace(person))) {
                return false;
            }
            if (fresh) {
                form.useUp();
                store.add(person);
            }
            access.written(names, Act.CASE_ROW_WRITTEN);
            access.written(person, Act.CASE_ROW_WRITTEN);
            return true;
        });
        return done ? Saved.done(person.id) : save(id, row, typed);
    }

    private Fetched fetch(UUID caseId) {
        CaseAccess.Held held = access.held(caseId);
        held.identityOrRefuse();
        return new Fetched(
                held,
                store.only(CaseNames.class, caseId).orElseThrow(Problem::notHere),
                store.parts(CasePerson.class, caseId),
                store.only(OriginalIdentity.class, caseId));
    }

    /** All names in the case, with those of the person who is about to be saved. */
    private static NamesSummary names(List<CasePerson> persons, CasePerson changed, Answers answers, FieldKey key) {
        List<String> all = new ArrayList<>();
        for (CasePerson person : persons) {
            if (!person.id.equals(changed.id)) {
                all.addAll(namesIn(Seals.names(person, key)));
            }
        }
        all.addAll(namesIn(answers));
        return new NamesSummary(all);
    }

    private static List<String> namesIn(Answers answers) {
        List<String> names = new ArrayList<>();
        answers.values().forEach((input, values) -> {
            if (input.startsWith("names.") && input.endsWith(".name")) {
                names.addAll(values);
            }
        });
        return names;
    }
}
