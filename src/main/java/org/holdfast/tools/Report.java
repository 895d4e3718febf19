// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tools;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import org.holdfast.tlog.Finding;
import org.holdfast.tlog.Verdict;
import org.jspecify.annotations.Nullable;

/** One page of plain text about a verdict: first what was looked at, then the verdict, then what it does not cover. */
final class Report {
    private static final int SHOWN = 20;

    private final PrintWriter out;

    Report(PrintWriter out) {
        this.out = out;
    }

    void print(Path bundle, Verdict verdict, boolean ownKeys, @Nullable String pin, boolean pinned) {
        Verdict.Counts counts = verdict.counts();
        out.println("Holdfast log, verified offline");
        out.println();
        line("Bundle", String.valueOf(bundle.getFileName()));
        line("Log", verdict.checkpoint().origin());
        line("Entries", number(counts.entries()) + (counts.entries() > 0 ? ", 0 to " + (counts.entries() - 1) : ""));
        line("Root", Base64.getEncoder().encodeToString(verdict.checkpoint().root()));
        line("Keys", ownKeys ? "from the policy file" : "from the bundle itself: keep its policy and use --policy");
        line("Tiles", number(counts.tiles()) + " compared with the tree built from the entries");
        line("Rows", number(counts.rows()) + " compared with the newest entries");
        if (counts.waiting() > 0) {
            line("Waiting", number(counts.waiting()) + " entries written that are not in the tree yet");
        }
        line(
                "Kept",
                counts.kept() > 0
                        ? counts.kept() + (counts.kept() == 1 ? " checkpoint" : " checkpoints")
                        : "none: nothing shows that the log is the old one");
        if (counts.founding().isEmpty()) {
            line("Signatures", "of the actors not verified: use --signatures");
        } else {
            line("Signatures", number(counts.signatures()) + " of the actors verified");
            line("Directory", counts.statements() + " statements, the first with SHA-256");
            line("", counts.founding());
            line(
                    "",
                    pin == null
                            ? "(compare it with the pin of the organisation)"
                            : pinned ? "(as pinned)" : "(NOT as pinned)");
        }
        out.println();
        verdict(verdict, pinned);
        out.flush();
    }

    private void verdict(Verdict verdict, boolean pinned) {
        if (!pinned) {
            out.println("NOT SOUND. The directory does not begin with the pinned statement.");
        }
        if (verdict.sound()) {
            if (pinned) {
                long size = verdict.checkpoint().size();
                out.println("SOUND up to "
                        + (size == 0 ? "its beginning: the log is empty." : "entry " + (size - 1) + "."));
            }
        } else {
            out.println("NOT SOUND: " + number(verdict.total())
                    + (verdict.total() == 1 ? " finding." : " findings, causes before consequences."));
            out.println();
            verdict.findings().stream().limit(SHOWN).forEach(this::finding);
            if (verdict.total() > SHOWN) {
                out.println("  and " + number(verdict.total() - SHOWN) + " more.");
            }
        }
        if (verdict.findings().stream().anyMatch(f -> f.kind().equals("kept.shrunk"))) {
            out.println();
            out.println("If you kept the checkpoint after you downloaded this bundle, the bundle is only older:");
            out.println("download a new one and verify that. If that one is too short as well, believe the finding.");
        }
        out.println();
        if (verdict.sound() && pinned) {
            out.println("This says that the log was not altered, and that the rows are those it records. It");
            out.println("cannot say that the server wrote down everything that was done on it.");
        } else {
            out.println("Keep this bundle and every checkpoint you have, and show them to somebody outside.");
        }
    }

    private void finding(Finding finding) {
        String where = finding.index() == Finding.NOWHERE ? "" : "entry " + finding.index() + ", ";
        out.println("  [" + where + finding.kind() + "]");
        out.println("  " + finding.sentence());
    }

    private void line(String label, String text) {
        out.println(String.format(Locale.ROOT, "%-11s %s", label, text));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
