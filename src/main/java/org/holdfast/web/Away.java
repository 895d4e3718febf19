// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import java.sql.SQLException;

/** Tells a database that went away from a fault of ours. */
public final class Away {
    private Away() {}

    /**
     * Whether a lost, refused or timed-out connection lies behind this: SQL states 08 (connection), 53 (resources), 57P (shutdown, crash),
     * or none at all, which is what a pool says that gets no connection.
     */
    public static boolean isBehind(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                String state = sql.getSQLState();
                if (state == null || state.startsWith("08") || state.startsWith("53") || state.startsWith("57P")) {
                    return true;
                }
            }
            if (t == t.getCause()) {
                return false;
            }
        }
        return false;
    }
}
