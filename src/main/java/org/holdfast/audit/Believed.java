// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.holdfast.tlog.Entry;
import org.holdfast.tlog.Writer;
import org.jspecify.annotations.Nullable;

/** Which of the lines about one row counts, given in their order. Thread-safe. */
final class Believed {
    private Believed() {}

    /** Whether it is signed by the member of staff in whose name it stands. */
    static boolean signed(Entry entry, StaffSigningKeys.Known known) {
        String key = entry.actorKey();
        return key != null
                && AuditEntry.staff(entry.actor())
                        .flatMap(staff -> known.of(staff, HexFormat.of().parseHex(key)))
                        .filter(entry::isSignedBy)
                        .isPresent();
    }

    /**
     * The hash in the last one that counts. One signature is verified where none is false.
     *
     * @throws AlteredLog if the last one that a member of staff signed was made before another that stands before it
     */
    static Optional<byte[]> newest(List<Entry> lines, StaffSigningKeys.Known known) {
        int last = lastSigned(lines, known);
        Entry newest = last < 0 ? null : lines.get(last);
        Writer before = last < 0 ? null : Writer.SIGNED;
        for (Entry entry : lines.subList(last + 1, lines.size())) {
            Writer writer = Writer.of(entry);
            if (writer != Writer.SIGNED
                    && writer.mayFollow(before)
                    && (entry.signature() == null || signed(entry, known))) {
                newest = entry;
                before = writer;
            }
        }
        return hash(newest);
    }

    /**
     * As {@link #newest(List, StaffSigningKeys.Known)}; none if the row was not written as often as it says. Signatures are
     * verified only where the numbers differ, so that nobody has a row refused by a line that nobody signed.
     *
     * @param revision how many signed lines wrote the row, as it says itself; null if it does not count them
     * @throws AlteredLog if the last one that a member of staff signed was made before another that stands before it
     */
    static Optional<byte[]> newest(List<Entry> lines, @Nullable Long revision, StaffSigningKeys.Known known) {
        boolean counted = revision == null
                || count(lines, line -> line.signature() != null) == revision
                || count(lines, line -> signed(line, known)) == revision;
        return counted ? newest(lines, known) : Optional.empty();
    }

    private static long count(List<Entry> lines, Predicate<Entry> what) {
        return lines.stream().filter(what).count();
    }

    /**
     * The hash in the last one that a member of staff signed.
     *
     * @throws AlteredLog if it was made before another that stands before it
     */
    static Optional<byte[]> newestSigned(List<Entry> lines, StaffSigningKeys.Known known) {
        int last = lastSigned(lines, known);
        return hash(last < 0 ? null : lines.get(last));
    }

    private static int lastSigned(List<Entry> lines, StaffSigningKeys.Known known) {
        int last = lines.size() - 1;
        while (last >= 0 && !(Writer.of(lines.get(last)) == Writer.SIGNED && signed(lines.get(last), known))) {
            last--;
        }
        if (last > 0) {
            inOrder(lines.get(last), lines.subList(0, last), known);
        }
        return last;
    }

    /**
     * Numbers are compared before any signature is verified; what is not signed proves nothing, and so nobody has a row
     * refused by a line that he puts in front of the row's own.
     */
    private static void inOrder(Entry newest, List<Entry> before, StaffSigningKeys.Known known) {
        for (Entry line : before) {
            if (line.signature() != null && follows(line, newest) && signed(line, known)) {
                throw new AlteredLog("the entries about a row have changed places");
            }
        }
    }

    /** Whether a line about a row must have been made after another: the same session drew its number later, or it deletes the row. */
    private static boolean follows(Entry line, Entry other) {
        boolean later = line.counter() >= other.counter()
                && line.session() != null
                && line.session().equals(other.session());
        return later || (Entry.DELETED.equals(line.rowHash()) && !Entry.DELETED.equals(other.rowHash()));
    }

    private static Optional<byte[]> hash(@Nullable Entry entry) {
        return Optional.ofNullable(entry).map(AuditEntry.Copies::of).map(AuditEntry.Copies::hash);
    }
}
