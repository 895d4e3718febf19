// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A case as its page shows it. Who it is about is masked: the page says how many persons are recorded, and no more.
 *
 * @param facts what else the summary says, as far as it is filled: the reason for the level, and where the case comes from
 * @param content does the person who looks hold the content? else reports and messages stay shut
 * @param identity does she hold the identity?
 * @param mayWrite may she change the case?
 * @param mailbox can the reporter be answered?
 * @param original did the case begin with a report from the report door?
 * @param safety how the reporter asked to be answered, from the reports of the case; empty when nothing is known
 * @param access who can open it, and who asks
 */
public record CaseView(
        String id,
        String code,
        String working,
        String text,
        String status,
        String urgencyCode,
        String urgency,
        String level,
        String owner,
        String opened,
        String due,
        String next,
        List<ShownView.ShownField> facts,
        boolean content,
        boolean identity,
        boolean mayWrite,
        boolean mailbox,
        boolean original,
        String safety,
        int persons,
        List<ReportLine> reports,
        List<MessageLine> messages,
        AccessView access,
        List<FormView.Option> reasons) {

    /** A report of the case in one line. */
    public record ReportLine(String row, String kind, String what, String when, String country, String recorded) {}

    /** An answer to the reporter. */
    public record MessageLine(String text, String by, String at) {}

    /** Does she who looks hold all of it? */
    public boolean complete() {
        return content && identity;
    }

    /** Has she asked for it, and nobody answered yet? */
    public boolean waits() {
        AccessView.Asked asked = access.asked();
        return asked != null && asked.open();
    }

    /** What a case is called in headings: its code and its working name. */
    public String title() {
        return code + " " + working;
    }

    /** A form that is shown with the case. */
    public record EditView(
            String id,
            String title,
            long revision,
            FormView form,
            @Nullable ConflictView conflict) {}
}
