// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

/**
 * A printed code that was not typed as it was printed. Says where, never what was typed.
 */
public final class Mistyped extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Reason {
        /** Characters are missing or too many. */
        LENGTH,
        /** A character that no code contains. */
        CHARACTER,
        /** One group does not fit its own check character, or stands in another's place. */
        GROUP,
        /** Every group fits, but they do not belong together. */
        CHECKSUM,
        /** The code is sound, but of another kind or a later version. */
        KIND
    }

    private final Reason reason;
    private final int group;

    Mistyped(Reason reason, int group) {
        super(group == 0 ? "mistyped: " + reason : "mistyped: " + reason + " in group " + group);
        this.reason = reason;
        this.group = group;
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }

    /** The first group that is wrong, counted from 1; 0 when it is not about one group. */
    public int group() {
        return group;
    }
}
