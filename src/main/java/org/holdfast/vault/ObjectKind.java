// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import org.holdfast.access.Problem;

/** What a grant is for. The code stands in grants and rows and never changes. */
public enum ObjectKind {
    /** A case, with three secrets. */
    CASE(1),
    /** A report that waits for triage. */
    REPORT(2),
    /** The key that reports of a time are sealed to. */
    INTAKE_EPOCH(3),
    /** The key that free text in the log is sealed to. */
    OVERSIGHT(4),
    /** A register across cases. */
    REGISTRY(5),
    /** A search index. */
    INDEX(6),
    /** What staff know of each other: display names. */
    STAFF(7);

    private static final ObjectKind[] BY_CODE = values();

    private final int code;

    ObjectKind(int code) {
        this.code = code;
    }

    /** The number in grants and rows. */
    public int code() {
        return code;
    }

    /** @throws Problem.Tampering if no grant of ours has such a number */
    static ObjectKind of(int code) {
        if (code < 1 || code > BY_CODE.length) {
            throw Problem.tampering("grant.kind");
        }
        return BY_CODE[code - 1];
    }
}
