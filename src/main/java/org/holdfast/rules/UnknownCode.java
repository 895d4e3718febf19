// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.rules;

/** A code that its list does not hold. The message names the list and never repeats the value: it may be content. */
public final class UnknownCode extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownCode(String list) {
        super("unknown code for list " + list);
    }
}
