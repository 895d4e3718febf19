// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.util.UUID;

/**
 * The right of the person who asks to open one compartment of one object, checked against the log. Opaque: it is fetched
 * in a bracket and opened outside of it. Holds no plaintext and no key; not to be kept beyond the request.
 */
public final class Grant {

    private final GrantRow row;

    Grant(GrantRow row) {
        this.row = row;
    }

    GrantRow row() {
        return row;
    }

    /** The object it is for. */
    public UUID object() {
        return row.object();
    }

    /** What kind of object that is. */
    public ObjectKind kind() {
        return row.kind();
    }

    /** The part of the object. */
    public Compartment compartment() {
        return row.compartment();
    }

    /** The key epoch. */
    public int epoch() {
        return row.epoch();
    }

    @Override
    public String toString() {
        return "Grant[" + kind() + ", " + compartment() + "]";
    }
}
