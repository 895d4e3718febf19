// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
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

    /** The hash in the last one that counts. One signature is verified where none is false. */
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

    /** The hash in the last one that a member of staff signed. */
    static Optional<byte[]> newestSigned(List<Entry> lines, StaffSigningKeys.Known known) {
        int last = lastSigned(lines, known);
        return hash(last < 0 ? null : lines.get(last));
    }

    private static int lastSigned(List<Entry> lines, StaffSigningKeys.Known known) {
        int last = lines.size() - 1;
        while (last >= 0 && !(Writer.of(lines.get(last)) == Writer.SIGNED && signed(lines.get(last), known))) {
            last--;
        }
        return last;
    }

    private static Optional<byte[]> hash(@Nullable Entry entry) {
        return Optional.ofNullable(entry).map(AuditEntry.Copies::of).map(AuditEntry.Copies::hash);
    }
}
