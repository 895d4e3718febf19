// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import org.holdfast.access.Role;
import java.util.UUID;

/**
 * An object that is about to be stored: its secrets exist and its shred secret is stored, its grants are not yet.
 *
 * <p>Made outside a transaction by {@code Vault.begin}; the person who makes it is granted every compartment. Further
 * people are named with {@code grantTo}, rows are sealed with {@link #key}, and {@link #store} writes grants, recovery wraps
 * and their lines in the same transaction as the rows. If that never happens, a shred secret without an object is left,
 * which opens nothing.
 */
public final class NewObject implements AutoCloseable {

    /** Its id. */
    public UUID id() {
        throw new IllegalStateException("not built yet");
    }

    /** Grants a person these compartments. Outside a transaction. */
    public NewObject grantTo(UUID staffId, Compartment... compartments) {
        throw new IllegalStateException("not built yet");
    }

    /** Grants everybody who has this role now these compartments. Outside a transaction. */
    public NewObject grantToAll(Role role, Compartment... compartments) {
        throw new IllegalStateException("not built yet");
    }

    /** The key that seals rows of this compartment; closed together with this object. */
    public FieldKey key(Compartment compartment) {
        throw new IllegalStateException("not built yet");
    }

    /** Writes the grants and their lines. Inside a transaction, once. */
    public void store() {
        throw new IllegalStateException("not built yet");
    }

    @Override
    public void close() {}
}
