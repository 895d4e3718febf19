// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a log: signatures of the checkpoint, every entry in its form, the tree built again and compared with the root
 * and the stored tiles, kept checkpoints, session numbers, the order of the entries about each row, and the rows
 * of the database against the newest of them.
 *
 * <p>Memory is bounded whatever the size of the log: ids that do not fit are left to a further pass over the entries. A
 * verifier is set up once and can be used again; not safe between threads.
 *
 * <p>What it cannot see: entries that never reached the log, and a log that was forged from its beginning by somebody who
 * holds the signing keys, unless a kept checkpoint says otherwise.
 */
public final class LogVerifier {
    /** A forged size must not keep the verifier busy for ever: after so many missing bundles it gives up. */
    private static final int MISSING_BUNDLES = 16;

    private final Policy policy;
    private List<KeptCheckpoint> kept = List.of();
    private boolean signatures;
    private boolean treeOnly;
    private boolean entriesOnly;
    private LongConsumer progress = done -> {};
    /** Five sixteenths of the heap for rows, an eighth for sessions; a table that grows needs half as much again meanwhile. */
    private int idsPerPass = RowLedger.idsFor(Runtime.getRuntime().maxMemory() / 16 * 5);

    /** @param policy the log's origin and keys, best from somewhere else than the log */
    public LogVerifier(Policy policy) {
        this.policy = policy;
    }

    /** Holds the log to checkpoints that were kept outside. */
    public LogVerifier keeping(List<KeptCheckpoint> checkpoints) {
        List<KeptCheckpoint> bySize = new ArrayList<>(checkpoints);
        bySize.sort(Comparator.comparingLong(k -> k.checkpoint().size()));
        kept = List.copyOf(bySize);
        return this;
    }

    /** Verifies the directory and the actors' signatures too: some ten thousand a second. */
    public LogVerifier withSignatures() {
        signatures = true;
        return this;
    }

    /** Builds the tree and looks into no entry; for measuring. */
    public LogVerifier treeOnly() {
        treeOnly = true;
        return this;
    }

    /** Builds the tree and reads every entry strictly, without sessions and rows; for measuring. */
    public LogVerifier entriesOnly() {
        entriesOnly = true;
        return this;
    }

    /** Calls back with the number of entries read, every 256 entries of the first pass. */
    public LogVerifier onProgress(LongConsumer callback) {
        progress = callback;
        return this;
    }

    LogVerifier idsPerPass(int ids) {
        idsPerPass = ids;
        return this;
    }

    /**
     * Verifies everything.
     *
     * @throws Malformed if the checkpoint, rows, directory or waiting entries are not in their form, so that there is
     *     nothing to judge
     */
    public Verdict verify(LogSource source) throws IOException, Malformed {
        return new Run(source).verify();
    }

    /** One verification. */
    private final class Run {
        private final LogSource source;
        private final Findings findings = new Findings();
        private final SessionLedger sessions = new SessionLedger(findings, idsPerPass);
        private final RowLedger rows = new RowLedger(findings, idsPerPass);
        private final StaffKeys staff = new StaffKeys(findings);
        private final EntryCursor cursor = new EntryCursor();
        private long size;
        private long waiting;

        Run(LogSource source) {
            this.source = source;
        }

        Verdict verify() throws IOException, Malformed {
            Checkpoint checkpoint = checkpoint();
            size = checkpoint.size();
            if (signatures) {
                source.directory(staff::statement);
                staff.begin();
            }
            int mark = findings.mark();
            TreePass tree = new TreePass(source, findings, keptInOrder(checkpoint), size);
            pass(tree, (entry, index) -> {
                if (!entriesOnly) {
                    if (Writer.missing(entry)) {
                        findings.add(
                                index,
                                "signature.missing",
                                "Entry " + index + " is of a kind that its actor signs, and has no signature.");
                    }
                    sessions.add(entry, index);
                    rows.add(entry, index);
                }
                if (signatures) {
                    staff.entry(entry, index);
                }
            });
            tree.finish(checkpoint);
            findings.sortFrom(mark);
            if (!treeOnly && !entriesOnly) {
                ledgers();
            }
            return new Verdict(
                    checkpoint,
                    findings.kept(),
                    findings.total(),
                    new Verdict.Counts(
                            size,
                            tree.compared(),
                            rows.rows(),
                            waiting,
                            kept.size(),
                            staff.verified(),
                            staff.statements(),
                            staff.founding()));
        }

        private void ledgers() throws IOException, Malformed {
            if (signatures) {
                staff.end();
            }
            boolean moreSessions = sessions.finishPass();
            source.rows(rows::row);
            boolean moreRows = rows.finishPass();
            while (moreSessions || moreRows) {
                boolean doSessions = moreSessions;
                boolean doRows = moreRows;
                pass(null, (entry, index) -> {
                    if (doSessions) {
                        sessions.add(entry, index);
                    }
                    if (doRows) {
                        rows.add(entry, index);
                    }
                });
                moreSessions = doSessions && sessions.finishPass();
                if (doRows) {
                    source.rows(rows::row);
                    moreRows = rows.finishPass();
                }
            }
            if (rows.anyChanged()) {
                pass(null, rows::trace);
                rows.reportChanged();
            }
        }

        private Checkpoint checkpoint() throws IOException, Malformed {
            SignedNote note;
            Checkpoint checkpoint;
            try {
                note = SignedNote.parse(source.checkpoint());
                checkpoint = Checkpoint.parse(note.text());
            } catch (Malformed e) {
                throw e.in("checkpoint");
            }
            if (!checkpoint.origin().equals(policy.origin())) {
                findings.add(
                        Finding.NOWHERE,
                        "checkpoint.origin",
                        "The checkpoint is of another log than the policy names.");
            }
            policy.objection(note, checkpoint)
                    .ifPresent(why -> findings.add(
                            Finding.NOWHERE,
                            "checkpoint.signature",
                            "The checkpoint is not signed by the log: " + why + "."));
            return checkpoint;
        }

        private List<KeptCheckpoint> keptInOrder(Checkpoint checkpoint) {
            List<KeptCheckpoint> usable = new ArrayList<>();
            for (KeptCheckpoint one : kept) {
                String objection = one.checkpoint().origin().equals(policy.origin())
                        ? policy.objection(one.note(), one.checkpoint()).orElse("")
                        : "it is of another log";
                if (!objection.isEmpty()) {
                    findings.add(
                            Finding.NOWHERE,
                            "kept.signature",
                            "The kept checkpoint " + one.name() + " does not count: " + objection
                                    + ". Look whether it was copied whole; the log itself was verified all the same.");
                } else if (one.checkpoint().size() > checkpoint.size()) {
                    findings.add(
                            checkpoint.size(),
                            "kept.shrunk",
                            "The log had " + one.checkpoint().size() + " entries at the kept checkpoint " + one.name()
                                    + " and has " + checkpoint.size() + " now: entries were taken off its end.");
                } else {
                    usable.add(one);
                }
            }
            return usable;
        }

        /** Reads all entries once, and those that wait after them; the tree is built on the first pass only. */
        private void pass(@Nullable TreePass tree, EntryVisitor visitor) throws IOException, Malformed {
            if (tree != null) {
                tree.begin();
            }
            int missing = 0;
            for (long index = 0; index * Tile.WIDTH < size && missing < MISSING_BUNDLES; index++) {
                Tile tile = Tile.at(Tile.ENTRIES, index, size);
                byte[] bytes = source.tile(tile);
                missing += bytes == null ? 1 : 0;
                bundle(bytes, tile, tree, visitor);
                if (tree != null) {
                    progress.accept(Math.min(size, tile.start() + Tile.WIDTH));
                }
            }
            if (treeOnly) {
                return;
            }
            long[] next = {size};
            source.waiting(bytes -> {
                try {
                    cursor.read(bytes, 0, bytes.length);
                } catch (Malformed e) {
                    throw e.in("waiting entry " + (next[0] - size + 1));
                }
                visitor.entry(cursor, next[0]++);
            });
            waiting = next[0] - size;
        }

        private void bundle(byte @Nullable [] bytes, Tile tile, @Nullable TreePass tree, EntryVisitor visitor)
                throws IOException, Malformed {
            int at = 0;
            for (int i = 0; i < tile.width(); i++) {
                long index = tile.start() + i;
                int length = bytes == null ? -1 : EntryBundle.length(bytes, at);
                boolean last = i == tile.width() - 1;
                if (bytes == null || length < 0 || (last && at + 2 + length != bytes.length)) {
                    if (tree != null) {
                        tree.unreadable(index, tile.width() - i, bytes == null);
                    }
                    return;
                }
                if (tree != null) {
                    tree.entry(bytes, at + 2, length);
                }
                if (!treeOnly && wellFormed(bytes, at + 2, length, index, tree != null)) {
                    visitor.entry(cursor, index);
                }
                at += 2 + length;
            }
        }

        private boolean wellFormed(byte[] bytes, int offset, int length, long index, boolean first) {
            try {
                cursor.read(bytes, offset, length);
                return true;
            } catch (Malformed e) {
                if (first) {
                    findings.add(
                            index,
                            "entry.malformed",
                            "Entry " + index + " is not in its form: " + e.getMessage() + ".");
                }
                return false;
            }
        }
    }

    @FunctionalInterface
    private interface EntryVisitor {
        void entry(EntryCursor entry, long index) throws Malformed;
    }
}
