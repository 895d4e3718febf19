// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import org.jspecify.annotations.Nullable;

/** Tells a form that nobody can read, such as one with half an escape, from a fault of ours. */
final class Unreadable {
    /** Whatever fails in here failed over what was sent. */
    private static final String READS_FORMS = "org.jboss.resteasy.reactive.server.core.multipart.";

    /** Causes that form a circle come to an end here. */
    private static final int DEEPEST = 10;

    private Unreadable() {}

    static boolean isBehind(@Nullable Throwable thrown) {
        int depth = 0;
        for (Throwable each = thrown; each != null && depth < DEEPEST; each = each.getCause()) {
            for (StackTraceElement frame : each.getStackTrace()) {
                if (frame.getClassName().startsWith(READS_FORMS)) {
                    return true;
                }
            }
            depth++;
        }
        return false;
    }
}
