// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.holdfast.rules.Codes;
import org.holdfast.rules.report.Answers;
import org.holdfast.rules.report.ReportContent;
import org.holdfast.web.Paging;
import org.jspecify.annotations.Nullable;

/**
 * The queue of reports as a caseworker sees it.
 *
 * @param lines what was opened, most urgent first
 * @param total reports that wait in all
 * @param damaged reports on this page that did not open because what is stored is not what was stored
 * @param paging which page this is
 */
record QueueView(List<Line> lines, int total, int damaged, Paging paging) {
    /**
     * A report in the queue.
     *
     * @param urgent whether somebody is in danger now, as the reporter says
     * @param danger that answer in words
     * @param kind of report, in words
     * @param what happened, as it was ticked, in words; empty if nothing was
     * @param country in which the reporter is, in words; empty if not answered
     * @param language of the form, in words
     * @param day received; nothing finer is known of the arrival
     */
    record Line(
            String id,
            boolean urgent,
            String danger,
            String kind,
            String what,
            String country,
            String language,
            String day) {

        static Line of(UUID id, LocalDate day, ReportContent content, String language) {
            Answers answers = content.answers();
            String danger = answers.one("danger_now");
            String country = answers.one("now_country");
            return new Line(
                    id.toString(),
                    danger.equals("yes"),
                    word("answer", danger),
                    word("report_type", content.kind()),
                    answers.many("incidents").stream()
                            .map(code -> word("incident", code))
                            .collect(Collectors.joining("; ")),
                    word("country", country),
                    language,
                    day.toString());
        }
    }

    /** Whoever has the public key can seal what no form of ours offers: it must hide neither other reports nor other answers. */
    static String word(String list, String code) {
        return code.isEmpty() ? "" : Codes.shipped().labelOr(list, code, "Not a word of ours");
    }

    /** The address of the page before, or null. */
    public @Nullable String before() {
        return paging.page() > 1 ? address(paging.page() - 1) : null;
    }

    /** The address of the page after, or null. */
    public @Nullable String after() {
        return paging.page() < paging.pages() ? address(paging.page() + 1) : null;
    }

    private static String address(int other) {
        return "/desk/intake" + (other == 1 ? "" : "?page=" + other);
    }
}
