// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.app;

import java.util.List;

/** Stops the start; the message is for the operator, one sentence a reason, and holds no secret. */
final class NotSafeToRun extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotSafeToRun(List<String> reasons) {
        super("Holdfast does not start.\n" + String.join("\n", reasons), null, false, false);
    }
}
