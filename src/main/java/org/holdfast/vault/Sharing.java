// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

/** Secrets wrapped to somebody, about to be stored. Made outside a transaction by {@code Vault.share}. */
public final class Sharing {

    /** Writes the grants and their lines. Inside a transaction, once. */
    public void store() {
        throw new IllegalStateException("not built yet");
    }
}
