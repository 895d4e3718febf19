// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tells a database that went away from a fault of ours. */
public final class Away {
    /** Causes that form a circle come to an end here. */
    private static final int DEEPEST = 30;

    private Away() {}

    /**
     * Whether a lost, refused or timed-out connection lies behind this: SQL states 08 (connection), 53 (resources), 57P (shutdown, crash),
     * or none at all, which is what a pool says that gets no connection. A commit that fails carries what happened beside its causes.
     */
    public static boolean isBehind(Throwable thrown) {
        return isBehind(thrown, 0);
    }

    private static boolean isBehind(@Nullable Throwable thrown, int depth) {
        if (thrown == null || depth > DEEPEST) {
            return false;
        }
        if (thrown instanceof SQLException sql && isAway(sql.getSQLState())) {
            return true;
        }
        for (Throwable beside : thrown.getSuppressed()) {
            if (isBehind(beside, depth + 1)) {
                return true;
            }
        }
        return isBehind(thrown.getCause(), depth + 1);
    }

    private static boolean isAway(@Nullable String state) {
        return state == null || state.startsWith("08") || state.startsWith("53") || state.startsWith("57P");
    }
}
