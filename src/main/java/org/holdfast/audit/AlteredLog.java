// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

/**
 * Something stored beside or in the log is not what was written. The message says what in words, without any value.
 */
public final class AlteredLog extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AlteredLog(String what) {
        super(what);
    }
}
