// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the list of cases.
 *
 * @param total how many cases the filter lets through
 * @param opened how many summaries were opened for it
 * @param damaged how many did not open
 */
public record CaseListView(
        CaseFilter filter,
        List<Line> lines,
        int total,
        int first,
        int last,
        int pages,
        int opened,
        int damaged,
        List<FormView.Option> statuses,
        List<FormView.Option> owners,
        List<FormView.Option> kinds,
        List<FormView.Option> urgencies,
        List<FormView.Option> languages,
        boolean mayCreate) {

    /** Cases on a page. */
    static final int PAGE = 50;

    /** A case in the list. */
    public record Line(
            String id,
            String code,
            String working,
            String status,
            String urgencyCode,
            String urgency,
            String level,
            String kinds,
            String language,
            String owner,
            String due,
            String opened,
            String next) {}

    /** The address of the page before, or null. */
    public @Nullable String before() {
        return filter.page() > 1 ? filter.address(filter.page() - 1) : null;
    }

    /** The address of the page after, or null. */
    public @Nullable String after() {
        return filter.page() < pages ? filter.address(filter.page() + 1) : null;
    }
}
