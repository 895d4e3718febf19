// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import org.holdfast.access.Problem;

/** A part of an object that has a secret of its own. The code stands in derivations, grants and rows and never changes. */
public enum Compartment {
    /** Objects that have one secret only. */
    WHOLE(0),
    /** Who it is about: names, contacts, documents. */
    IDENTITY(1),
    /** What happened. */
    CONTENT(2),
    /** What a list shows. */
    SUMMARY(3);

    private static final Compartment[] BY_CODE = values();

    private final int code;

    Compartment(int code) {
        this.code = code;
    }

    /** The number in derivations, grants and rows. */
    public int code() {
        return code;
    }

    /** @throws Problem.Tampering if no grant of ours has such a number */
    static Compartment of(int code) {
        if (code < 0 || code >= BY_CODE.length) {
            throw Problem.tampering("grant.compartment");
        }
        return BY_CODE[code];
    }
}
