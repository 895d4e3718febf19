// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.UUID;
import org.holdfast.rules.report.Answers;
import org.holdfast.rules.report.Form;
import org.holdfast.rules.report.ReportFields;
import org.holdfast.rules.report.ReportKind;
import org.holdfast.vault.Card;
import org.holdfast.vault.FieldKey;

/** Seals and opens the columns of each row. Outside of every transaction; the row's revision is set before. */
final class Seals {

    private Seals() {}

    static void seal(CaseFile row, FieldKey key, CaseSummary summary) {
        row.summary = key.seal(row.place("summary"), summary);
    }

    static CaseSummary open(CaseFile row, FieldKey key) {
        return key.open(row.place("summary"), row.summary, CaseSummary.class);
    }

    static void seal(CaseNames row, FieldKey key, NamesSummary names) {
        row.namesSummary = key.seal(row.place("names_summary"), names);
    }

    static NamesSummary open(CaseNames row, FieldKey key) {
        return key.open(row.place("names_summary"), row.namesSummary, NamesSummary.class);
    }

    static void seal(CasePerson row, FieldKey key, Answers all) {
        Form form = ReportFields.person();
        row.names = key.seal(row.place("names"), form.column("names", all));
        row.contact = key.seal(row.place("contact"), form.column("contact", all));
        row.birth = key.seal(row.place("birth"), form.column("birth", all));
        row.documents = key.seal(row.place("documents"), form.column("documents", all));
        row.standing = key.seal(row.place("standing"), form.column("standing", all));
        row.ties = key.seal(row.place("ties"), form.column("ties", all));
    }

    static Answers open(CasePerson row, FieldKey key) {
        return answers(key, row, "names", row.names)
                .and(answers(key, row, "contact", row.contact))
                .and(answers(key, row, "birth", row.birth))
                .and(answers(key, row, "documents", row.documents))
                .and(answers(key, row, "standing", row.standing))
                .and(answers(key, row, "ties", row.ties));
    }

    /** The names alone. */
    static Answers names(CasePerson row, FieldKey key) {
        return answers(key, row, "names", row.names);
    }

    static void seal(CaseReport row, FieldKey key, ReportKind kind, String at, UUID by, Answers all) {
        Form form = ReportFields.of(kind);
        row.facts = key.seal(row.place("facts"), new ReportFacts(kind.code(), at, by, form.column("facts", all)));
        row.place = key.seal(row.place("place"), form.column("place", all));
        row.narrative = key.seal(row.place("narrative"), form.column("narrative", all));
        row.words = key.seal(row.place("words"), form.column("words", all));
        row.actors = key.seal(row.place("actors"), form.column("actors", all));
    }

    /** The facts alone: what the page of the case shows. */
    static ReportFacts facts(CaseReport row, FieldKey key) {
        return key.open(row.place("facts"), row.facts, ReportFacts.class);
    }

    /** Everything: what the page of the report shows. */
    static Answers open(CaseReport row, FieldKey key, ReportFacts facts) {
        return facts.answers()
                .and(answers(key, row, "place", row.place))
                .and(answers(key, row, "narrative", row.narrative))
                .and(answers(key, row, "words", row.words))
                .and(answers(key, row, "actors", row.actors));
    }

    static void seal(CaseMessage row, FieldKey key, Message message) {
        row.message = key.seal(row.place("message"), message);
    }

    static Message open(CaseMessage row, FieldKey key) {
        return key.open(row.place("message"), row.message, Message.class);
    }

    static void seal(CaseRequest row, FieldKey key, AccessRequest request) {
        row.request = key.seal(row.place("request"), request);
    }

    static AccessRequest open(CaseRequest row, FieldKey key) {
        return key.open(row.place("request"), row.request, AccessRequest.class);
    }

    static void seal(CaseMailbox row, FieldKey key, Card card) {
        row.card = key.seal(row.place("card"), card);
    }

    static Card open(CaseMailbox row, FieldKey key) {
        return key.open(row.place("card"), row.card, Card.class);
    }

    private static Answers answers(FieldKey key, CaseRow row, String column, byte[] sealed) {
        return key.open(row.place(column), sealed, Answers.class);
    }
}
