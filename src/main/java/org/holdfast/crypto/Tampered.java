// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

/**
 * Sealed bytes that do not open as what they are said to be: altered, cut, moved, of another type, or under another key.
 *
 * <p>Checked, so that nobody can forget it. The message says which check failed and never carries content, keys or names;
 * it is for operators, not for pages.
 */
public final class Tampered extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param check the check that failed, in constant words */
    public Tampered(String check) {
        super(check);
    }
}
