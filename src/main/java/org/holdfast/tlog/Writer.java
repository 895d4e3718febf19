// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import org.jspecify.annotations.Nullable;

/**
 * In whose name an entry writes a row, and whether it may.
 *
 * <p>Who can write to the database can also write an entry, and could have it vouch for a row that was set back. Members of
 * staff therefore sign what they write, and whatever else an unsigned entry says counts for nothing but this: the report
 * door stores rows of its own, and somebody who asks to be enrolled stores rows that were not there before. Neither deletes.
 */
public enum Writer {
    /** The entry is signed; {@link LogVerifier#withSignatures} says whether by its actor. */
    SIGNED,
    /** A report as it came in: never written again at the door. */
    DOOR_REPORT,
    /** Something else of the report door, such as a card, which the door may write again. */
    DOOR,
    /** Somebody who has no keys in the directory yet. */
    NEWCOMER,
    /** Nobody who may: the entry counts for no row. */
    NOBODY;

    /** Who writes by this entry, which has a row hash. */
    public static Writer of(Entry entry) {
        return entry.signature() != null ? SIGNED : unsigned(entry.actor(), entry.kind(), entry.rowHash());
    }

    static Writer of(EntryCursor entry) {
        return entry.has(EntryCursor.G)
                ? SIGNED
                : unsigned(entry.text(EntryCursor.A), entry.text(EntryCursor.E), entry.text(EntryCursor.H));
    }

    private static Writer unsigned(@Nullable String actor, @Nullable String kind, @Nullable String hash) {
        if (actor == null || kind == null || Entry.DELETED.equals(hash)) {
            return NOBODY;
        }
        if (actor.equals(Entry.REPORT_DOOR) && kind.startsWith("report.")) {
            return kind.equals("report.accepted") ? DOOR_REPORT : DOOR;
        }
        boolean newcomer = kind.equals("slot.written") || kind.equals("staff.written");
        return actor.equals(Entry.UNKNOWN) && newcomer ? NEWCOMER : NOBODY;
    }

    /**
     * Whether it may write a row.
     *
     * @param before who wrote it last, null if nobody did
     */
    public boolean mayFollow(@Nullable Writer before) {
        return switch (this) {
            case SIGNED -> true;
            case DOOR -> before == null || before == DOOR;
            case DOOR_REPORT, NEWCOMER -> before == null;
            case NOBODY -> false;
        };
    }

    /**
     * Whether an entry lacks a signature that its kind has: a member of staff does nothing but log in, be refused and be
     * locked out without keys that sign.
     */
    static boolean missing(EntryCursor entry) {
        if (entry.has(EntryCursor.G)) {
            return false;
        }
        if (entry.has(EntryCursor.S) || RowLedger.writes(entry) && of(entry) == NOBODY) {
            return true;
        }
        String actor = String.valueOf(entry.text(EntryCursor.A));
        String kind = String.valueOf(entry.text(EntryCursor.E));
        boolean staff = !actor.equals(Entry.REPORT_DOOR) && !actor.equals(Entry.SYSTEM) && !actor.equals(Entry.UNKNOWN);
        return staff
                && "done".equals(entry.text(EntryCursor.R))
                && !kind.startsWith("session.")
                && !kind.startsWith("access.");
    }
}
