// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import org.holdfast.rules.report.ReportFields;
import org.holdfast.rules.report.ReportKind;
import org.jspecify.annotations.Nullable;

/**
 * A report in a case, either to read or in its form.
 *
 * @param row its id, empty for a report that is not recorded yet and for the report as it came
 * @param kind the label of its kind
 * @param letter the letter of its kind
 * @param form the form, null when it is to read
 * @param shown what it says, null when it is in its form
 */
public record RecordView(
        String caseId,
        String row,
        String kind,
        String letter,
        String recorded,
        long revision,
        boolean mayWrite,
        @Nullable FormView form,
        @Nullable ShownView shown,
        @Nullable ConflictView conflict) {

    static RecordView form(
            String caseId, String row, ReportKind kind, long revision, FormView form, @Nullable ConflictView conflict) {
        return new RecordView(
                caseId,
                row,
                Labels.of("report_type", kind.code()),
                kind.letter(),
                "",
                revision,
                true,
                form,
                null,
                conflict);
    }

    static RecordView shown(
            String caseId, String row, ReportKind kind, String recorded, ShownView shown, boolean mayWrite) {
        return new RecordView(
                caseId,
                row,
                Labels.of("report_type", kind.code()),
                kind.letter(),
                recorded,
                0,
                mayWrite,
                null,
                shown,
                null);
    }

    /** The form again, with the faults that kept it from being saved. */
    RecordView with(Saved saved) {
        ReportKind of = ReportKind.ofLetter(letter).orElseThrow();
        return form(caseId, row, of, revision, FormView.of(saved, ReportFields.of(of)), saved.conflict());
    }

    /** Where its form is posted to. */
    public String action() {
        return row.isEmpty()
                ? "/desk/cases/" + caseId + "/reports/new/" + letter
                : "/desk/cases/" + caseId + "/reports/" + row;
    }
}
