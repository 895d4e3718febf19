// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the log, newest line first.
 *
 * @param lines at most {@link #SIZE}
 * @param olderThan the number to ask for lines older than this page, null if there is none
 * @param newerThan the number to ask for lines newer than this page, null if there is none
 */
public record LogPage(
        List<LogLine> lines,
        @Nullable Long olderThan,
        @Nullable Long newerThan) {
    /** Lines on a page. */
    public static final int SIZE = 50;

    public LogPage {
        lines = List.copyOf(lines);
    }
}
