// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.sql.SQLException;

/** The log could not be written or read; whatever depended on it must not happen. */
public final class LogUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LogUnavailable(SQLException cause) {
        super("the log could not be reached", cause);
    }
}
