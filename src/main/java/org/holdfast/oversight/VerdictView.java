// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.oversight;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.holdfast.audit.LogCheck;
import org.holdfast.tlog.Finding;
import org.holdfast.tlog.Verdict;

/**
 * What a verification came to, in words.
 *
 * @param sound whether there is no finding
 * @param entries entries in the tree, with separators
 * @param first the first finding as a sentence, empty if there is none
 * @param more further findings, at most twenty
 * @param total how many findings there are
 * @param counts what was looked at
 * @param checkpoint the signed note to keep
 */
public record VerdictView(
        boolean sound, String entries, String first, List<String> more, long total, String counts, String checkpoint) {
    private static final int SHOWN = 20;

    static VerdictView of(LogCheck.Result result) {
        Verdict verdict = result.verdict();
        Verdict.Counts c = verdict.counts();
        String counts = number(c.entries()) + " entries in their form and in the tree, " + number(c.tiles())
                + " stored tiles, " + number(c.rows()) + " rows of the database, " + number(c.waiting())
                + " entries that wait for their number, " + result.checkpoints() + " checkpoints of this server and "
                + c.kept()
                + " that you gave, " + number(c.signatures()) + " signatures of people, " + number(c.statements())
                + " statements of the directory.";
        return new VerdictView(
                verdict.sound(),
                number(verdict.checkpoint().size()),
                verdict.first().map(Finding::sentence).orElse(""),
                verdict.findings().stream()
                        .skip(1)
                        .limit(SHOWN)
                        .map(Finding::sentence)
                        .toList(),
                verdict.total(),
                counts,
                new String(result.checkpoint(), StandardCharsets.UTF_8));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
