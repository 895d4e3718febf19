// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

/**
 * Bytes that are not in the form they claim to have.
 *
 * <p>The message is the place and one short reason. Neither ever repeats the input.
 */
public final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final String place;
    private final String reason;

    /**
     * @param place where, in words a reader of the file can follow: {@code "byte 17"}, {@code "policy line 2"}
     * @param reason what is wrong there, without a full stop and without the input
     */
    public Malformed(String place, String reason) {
        super(place + ": " + reason);
        this.place = place;
        this.reason = reason;
    }

    /** Where it is. */
    public String place() {
        return place;
    }

    /** What is wrong there. */
    public String reason() {
        return reason;
    }

    /** The same reason at a place further out, for a reader of a part inside a whole. */
    public Malformed in(String outer) {
        return new Malformed(outer + ", " + place, reason);
    }
}
