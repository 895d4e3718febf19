// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Persons of a case, opened.
 *
 * @param row the person in the form, empty for a new one
 * @param form the form, null on the page that shows all persons
 */
public record PersonView(
        String caseId,
        String row,
        long revision,
        @Nullable FormView form,
        @Nullable ConflictView conflict,
        List<Shown> persons,
        @Nullable ShownView original,
        List<FormView.Option> reasons,
        String reason,
        boolean mayWrite) {

    /** A person to read. */
    public record Shown(String row, String title, ShownView shown) {}

    static PersonView form(String caseId, String row, long revision, FormView form, @Nullable ConflictView conflict) {
        return new PersonView(caseId, row, revision, form, conflict, List.of(), null, CaseViews.reasons(), "", true);
    }
}
