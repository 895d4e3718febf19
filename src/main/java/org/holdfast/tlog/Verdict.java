// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.util.List;
import java.util.Optional;

/**
 * What a verification came to.
 *
 * @param checkpoint the head that was verified
 * @param findings the first hundred, causes before their consequences
 * @param total how many there were in all
 * @param counts what was looked at
 */
public record Verdict(Checkpoint checkpoint, List<Finding> findings, long total, Counts counts) {

    /**
     * What was looked at, so that a report can say what a sound verdict rests on.
     *
     * @param entries entries read
     * @param tiles stored tiles compared with the rebuilt ones
     * @param rows rows compared with the entries
     * @param waiting entries written and not yet in the tree
     * @param kept kept checkpoints that the log was held to
     * @param signatures signatures of actors verified
     * @param statements directory statements verified
     * @param founding SHA-256 of the directory's first statement, 64 digits; empty if signatures were not asked for
     */
    public record Counts(
            long entries,
            long tiles,
            long rows,
            long waiting,
            int kept,
            long signatures,
            long statements,
            String founding) {}

    public Verdict {
        findings = List.copyOf(findings);
    }

    /** Whether there is no finding: the log is sound up to the checkpoint's size. */
    public boolean sound() {
        return total == 0;
    }

    /** The first finding. */
    public Optional<Finding> first() {
        return findings.stream().findFirst();
    }
}
