// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

/**
 * Something that is not as it must be.
 *
 * @param index the entry it is about, counted from 0; {@link #NOWHERE} if it is about no single entry
 * @param kind a stable code such as {@code entry.altered}; the list is in {@code src/docs/adr/0005-log-format.md}
 * @param sentence the same for a person, one sentence in English
 */
public record Finding(long index, String kind, String sentence) {
    /** No single entry. */
    public static final long NOWHERE = -1;

    /** Causes first: 0 what names the entry itself, 2 what only says that something was changed since, 1 all others. */
    public int rank() {
        boolean consequence =
                kind.startsWith("kept.") || kind.startsWith("checkpoint.") || kind.equals("root.mismatch");
        return kind.startsWith("entry.") ? 0 : consequence ? 2 : 1;
    }
}
