// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows of the database with the newest entry about each object.
 *
 * <p>The key of an entry is its object; grants and directory statements go by the first 16 bytes of their own hash. A
 * refused act wrote nothing and does not count, nor does an entry of somebody who may not write the row ({@link Writer}).
 * A grant once revoked stays so, whatever follows.
 *
 * <p>The newest entry is the last one only if nobody exchanged their places. Whoever writes a row holds its lock until the
 * entry is stored, and the counter of her session as well, from the moment it is drawn: so the entries of one session about
 * one row stand in the order of their counters, and nothing is written after a deletion, because no id is used twice.
 * Between sessions a row tells by its revision how many entries wrote it. Minutes say nothing here: a clock that was put
 * right would accuse somebody.
 */
final class RowLedger {
    private static final byte[] GRANT = bytes("grant.");
    private static final byte[] REVOKED = bytes("grant.revoked");
    private static final byte[] DIRECTORY = bytes("directory.");
    private static final byte[] DONE = bytes("done");
    private static final byte[] GONE = bytes(Entry.DELETED);
    private static final String GRANT_TABLE = "access_grant";
    private static final String DIRECTORY_TABLE = "directory_statement";

    private static final int HASH = 0;
    private static final int META = 4;
    /** The first half of the session of the last signed entry. */
    private static final int SESSION = 5;
    /** The counter of that entry in the lower half, how many signed entries wrote the row in the upper. */
    private static final int COUNTED = 6;

    private static final int NUMBERS = 7;
    private static final int SEEN = 4;
    private static final int WRITER_SHIFT = 3;
    private static final int WRITER_MASK = 7;
    private static final int INDEX_SHIFT = 6;
    private static final Writer[] WRITERS = Writer.values();

    /** A row that is not the newest version; the entry that wrote it is looked for afterwards. */
    static final class Changed {
        final String table;
        final String object;
        final String hash;
        final long newest;
        long writtenBy = -1;

        Changed(String table, String object, String hash, long newest) {
            this.table = table;
            this.object = object;
            this.hash = hash;
            this.newest = newest;
        }
    }

    private final PrefixTable table;
    private final Findings findings;
    private final List<Changed> changed = new ArrayList<>();
    private long rows;

    RowLedger(Findings findings, int maxEntries) {
        this.findings = findings;
        this.table = new PrefixTable(NUMBERS, maxEntries);
    }

    /** How many objects fit into so many bytes. */
    static int idsFor(long bytes) {
        return PrefixTable.idsFor(bytes, NUMBERS);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static boolean isStatement(EntryCursor entry) {
        return entry.startsWith(EntryCursor.E, DIRECTORY) && writes(entry);
    }

    static boolean writes(EntryCursor entry) {
        return entry.has(EntryCursor.H) && entry.is(EntryCursor.R, DONE);
    }

    /** The number of a writer stays in this table, in memory, so its place in the enum is good enough. */
    @SuppressWarnings("EnumOrdinal")
    void add(EntryCursor entry, long index) {
        if (!writes(entry)) {
            return;
        }
        int kind = entry.startsWith(EntryCursor.E, GRANT) ? 1 : entry.startsWith(EntryCursor.E, DIRECTORY) ? 2 : 0;
        Writer writer = Writer.of(entry);
        if ((kind == 0 && !entry.has(EntryCursor.O)) || writer == Writer.NOBODY) {
            return;
        }
        byte[] bytes = entry.source();
        int hash = entry.from(EntryCursor.H);
        int key = kind == 0 ? entry.from(EntryCursor.O) : hash;
        long high = Hex.sixteen(bytes, key);
        if (!table.covers(high)) {
            return;
        }
        int place = table.put(high, Hex.sixteen(bytes, key + 16));
        if (place < 0) {
            return;
        }
        if (!writer.mayFollow(writer(place))) {
            findings.add(
                    index,
                    "row.forged",
                    "Entry " + index + " is not signed and writes a row that was written before: it was put in past"
                            + " the server.");
            return;
        }
        if (kind == 0 && entry.has(EntryCursor.G)) {
            inOrder(entry, index, place);
        }
        boolean revoked = entry.is(EntryCursor.E, REVOKED);
        if (kind == 1 && table.at(place + META) != 0 && deleted(place)) {
            return;
        }
        for (int i = 0; i < 4; i++) {
            table.set(place + HASH + i, revoked ? 0 : Hex.sixteen(bytes, hash + 16 * i));
        }
        // One more than the index, so that a written record is never zero.
        table.set(place + META, ((index + 1) << INDEX_SHIFT) | (long) writer.ordinal() << WRITER_SHIFT | kind);
    }

    private void inOrder(EntryCursor entry, long index, int place) {
        long session = entry.has(EntryCursor.S) ? Hex.sixteen(entry.source(), entry.from(EntryCursor.S)) : 0;
        int counter = entry.counter();
        long counted = table.at(place + COUNTED);
        boolean back = counter > 0 && table.at(place + SESSION) == session && counter <= (int) counted;
        boolean revived = table.at(place + META) != 0 && deleted(place) && !entry.is(EntryCursor.H, GONE);
        if (back || revived) {
            findings.add(
                    index,
                    "row.order",
                    "Entry " + index + " writes a row and stands behind entry " + index(place)
                            + (back ? ", which its author made later" : ", which deleted it")
                            + ": the places of entries were exchanged past the server.");
        }
        table.set(place + SESSION, session);
        table.set(place + COUNTED, (((counted >>> 32) + 1) << 32) | counter);
    }

    private @Nullable Writer writer(int place) {
        long meta = table.at(place + META);
        return meta == 0 ? null : WRITERS[(int) (meta >>> WRITER_SHIFT) & WRITER_MASK];
    }

    private boolean deleted(int place) {
        return (table.at(place) | table.at(place + 1) | table.at(place + 2) | table.at(place + 3)) == 0;
    }

    private long index(int place) {
        return (table.at(place + META) >>> INDEX_SHIFT) - 1;
    }

    /** Compares one row of the database, if this pass takes it. */
    void row(String name, String object, String hash, long revision) {
        long high = Hex.sixteen(object, 0);
        if (!table.covers(high)) {
            return;
        }
        rows++;
        int place = table.find(high, Hex.sixteen(object, 16));
        int kind = GRANT_TABLE.equals(name) ? 1 : DIRECTORY_TABLE.equals(name) ? 2 : 0;
        if (place < 0 || (table.at(place + META) & 3) != kind) {
            findings.add(
                    Finding.NOWHERE,
                    "row.extra",
                    which(name, object) + " was written by no entry: it was put in past the server.");
            return;
        }
        long meta = table.at(place + META);
        if ((meta & SEEN) != 0) {
            findings.add(index(place), "row.repeated", which(name, object) + " is there twice.");
        } else if (deleted(place) && kind == 1) {
            findings.add(
                    index(place),
                    "grant.revoked",
                    "The grant " + object + " was revoked by entry " + index(place)
                            + " and is in the database again: it was put back past the server.");
        } else if (deleted(place)) {
            findings.add(
                    index(place),
                    "row.extra",
                    which(name, object) + " was deleted by entry " + index(place)
                            + " and is there: it was put back past the server.");
        } else if (!same(place, hash)) {
            if (changed.size() < Findings.KEPT) {
                changed.add(new Changed(name, object, hash, index(place)));
            } else {
                findings.add(
                        index(place),
                        "row.changed",
                        which(name, object) + " is not as entry " + index(place) + " wrote it.");
            }
        } else if (revision > 0) {
            counted(place, name, object, revision);
        }
        table.set(place + META, meta | SEEN);
    }

    /** Every signed write of such a row has one entry: so two that changed places are found whoever made them, and when. */
    private void counted(int place, String name, String object, long revision) {
        long entries = table.at(place + COUNTED) >>> 32;
        String says = which(name, object) + " says that it was written " + times(revision) + ", and the log has "
                + (entries < revision ? "only " : "") + entries + (entries == 1 ? " entry" : " entries")
                + " that wrote it: ";
        if (entries > revision) {
            findings.add(
                    index(place),
                    "row.older",
                    says + "it was set back past the server, and the places of entries were exchanged.");
        } else if (entries < revision) {
            findings.add(index(place), "row.gap", says + "an entry was taken out past the server.");
        }
    }

    private static String times(long number) {
        return number == 1 ? "once" : number + " times";
    }

    private static String which(String table, String object) {
        return "The row " + object + " of " + table;
    }

    private boolean same(int place, String hash) {
        for (int i = 0; i < 4; i++) {
            if (table.at(place + HASH + i) != Hex.sixteen(hash, 16 * i)) {
                return false;
            }
        }
        return true;
    }

    /** Reports the rows that are missing from what this pass took; true if there must be another pass. */
    boolean finishPass() {
        Findings.Sorted sorted = findings.new Sorted();
        for (int place = table.next(-1); place >= 0; place = table.next(place)) {
            if ((table.at(place + META) & SEEN) == 0 && !deleted(place)) {
                sorted.add(
                        index(place),
                        "row.missing",
                        "The row " + Hex.sixteen(table.high(place)) + Hex.sixteen(table.low(place))
                                + " that entry " + index(place)
                                + " wrote is not in the database: it was taken out past the server.");
            }
        }
        sorted.flush();
        boolean more = table.more();
        if (more) {
            table.advance();
        }
        return more;
    }

    long rows() {
        return rows;
    }

    boolean anyChanged() {
        return !changed.isEmpty();
    }

    /** Looks whether an earlier entry wrote one of the changed rows just as it is now. */
    void trace(EntryCursor entry, long index) {
        if (!writes(entry) || !entry.has(EntryCursor.O)) {
            return;
        }
        for (Changed row : changed) {
            if (entry.is(EntryCursor.H, bytes(row.hash)) && entry.is(EntryCursor.O, bytes(row.object))) {
                row.writtenBy = index;
            }
        }
    }

    /** Reports the changed rows after they were traced. */
    void reportChanged() {
        Findings.Sorted sorted = findings.new Sorted();
        for (Changed row : changed) {
            String which = which(row.table, row.object);
            if (row.writtenBy >= 0) {
                sorted.add(
                        row.newest,
                        "row.older",
                        which + " is as entry " + row.writtenBy + " wrote it, but entry " + row.newest
                                + " wrote a newer one: it was set back past the server.");
            } else {
                sorted.add(
                        row.newest,
                        "row.changed",
                        which + " is not as entry " + row.newest + " wrote it: it was changed past the server.");
            }
        }
        sorted.flush();
    }
}
