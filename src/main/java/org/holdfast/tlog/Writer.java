// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * In whose name an entry writes a row, and whether it may.
 *
 * <p>Who can write to the database can also write an entry, and could have it vouch for a row that was set back. Members of
 * staff therefore sign what they write, and whatever else an unsigned entry says counts for nothing but this: the report
 * door stores rows of its own, somebody who asks to be enrolled stores rows that were not there before, and answers are
 * carried to their mailbox and removed from it by nobody who has a key.
 */
public enum Writer {
    /** The entry is signed; {@link LogVerifier#withSignatures} says whether by its actor. */
    SIGNED,
    /** An answer that waits to be carried, signed. */
    PARCEL,
    /** A report as it came in: never written again at the door. */
    DOOR_REPORT,
    /** Something else of the report door, such as a card, which the door may write again. */
    DOOR,
    /** Somebody who has no keys in the directory yet. */
    NEWCOMER,
    /** An answer that the system laid into its mailbox. */
    DELIVERED,
    /** A parcel that the system took away after it was delivered, or an answer that somebody with the number removed. */
    TAKEN,
    /** Nobody who may: the entry counts for no row. Stays last: {@link RowLedger} keeps the others in three bits. */
    NOBODY;

    private static final String QUEUED = "reply.queued";
    private static final byte[] QUEUED_BYTES = QUEUED.getBytes(StandardCharsets.US_ASCII);

    /** Who writes by this entry, which has a row hash. */
    public static Writer of(Entry entry) {
        return of(entry.signature() != null, entry.actor(), entry.kind(), entry.rowHash());
    }

    static Writer of(EntryCursor entry) {
        if (entry.has(EntryCursor.G)) {
            return entry.is(EntryCursor.E, QUEUED_BYTES) ? PARCEL : SIGNED;
        }
        return of(false, entry.text(EntryCursor.A), entry.text(EntryCursor.E), entry.text(EntryCursor.H));
    }

    private static Writer of(boolean signed, @Nullable String actor, @Nullable String kind, @Nullable String hash) {
        if (actor == null || kind == null) {
            return NOBODY;
        }
        if (signed) {
            return kind.equals(QUEUED) ? PARCEL : SIGNED;
        }
        return Entry.DELETED.equals(hash) ? taking(actor, kind) : writing(actor, kind);
    }

    private static Writer taking(String actor, String kind) {
        boolean cleared = actor.equals(Entry.SYSTEM) && kind.equals("reply.cleared");
        boolean removed = actor.equals(Entry.REPORT_DOOR) && kind.equals("reply.removed");
        return cleared || removed ? TAKEN : NOBODY;
    }

    private static Writer writing(String actor, String kind) {
        return switch (actor) {
            case Entry.REPORT_DOOR ->
                kind.equals("report.accepted")
                        ? DOOR_REPORT
                        : kind.startsWith("report.") ? DOOR : kind.equals("reply.delivered") ? DELIVERED : NOBODY;
            case Entry.UNKNOWN ->
                kind.equals("slot.written") || kind.equals("staff.written") || kind.equals("enrolment.requested")
                        ? NEWCOMER
                        : NOBODY;
            default -> NOBODY;
        };
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
            case PARCEL, DOOR_REPORT, NEWCOMER, DELIVERED -> before == null;
            case TAKEN -> before == PARCEL || before == DELIVERED;
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
        if (entry.has(EntryCursor.S) || (RowLedger.writes(entry) && of(entry) == NOBODY)) {
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
