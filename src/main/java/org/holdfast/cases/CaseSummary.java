// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.holdfast.rules.report.Answers;

/**
 * What a list shows of a case, as it is sealed under the summary secret: nothing that says who it is about.
 *
 * @param code short and random, such as {@code K7F-2MQ9}: how people speak of the case
 * @param owner the member of staff who keeps the record
 * @param kinds the kinds of report in the case, codes of list {@code report_type}
 * @param mailbox can the reporter be answered?
 * @param answers the fields of {@link org.holdfast.rules.report.ReportFields#caseFile} but for state and day
 */
record CaseSummary(String code, UUID owner, List<String> kinds, boolean mailbox, Answers answers) {

    CaseSummary {
        kinds = List.copyOf(kinds);
    }

    CaseSummary withKind(String kind) {
        return kinds.contains(kind)
                ? this
                : new CaseSummary(
                        code,
                        owner,
                        Stream.concat(kinds.stream(), Stream.of(kind)).sorted().toList(),
                        mailbox,
                        answers);
    }

    CaseSummary withAnswers(Answers others) {
        return new CaseSummary(code, owner, kinds, mailbox, others);
    }

    CaseSummary withOwner(UUID other) {
        return new CaseSummary(code, other, kinds, mailbox, answers);
    }

    String working() {
        return answers.one("working");
    }

    @Override
    public String toString() {
        return "CaseSummary";
    }
}
