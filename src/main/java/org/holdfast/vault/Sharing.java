// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.util.List;
import java.util.UUID;
import org.holdfast.access.Bracket;
import org.holdfast.audit.Pseudonym;
import org.jspecify.annotations.Nullable;

/** Secrets wrapped to somebody, about to be stored. Made outside a transaction by {@link Vault#share}. */
public final class Sharing {

    /** A grant and the case that its line belongs to. */
    record Item(GrantRow row, @Nullable Pseudonym caseName) {}

    private final Grants grants;
    private final UUID tenant;
    private final List<Item> items;

    Sharing(Grants grants, UUID tenant, List<Item> items) {
        this.grants = grants;
        this.tenant = tenant;
        this.items = List.copyOf(items);
    }

    /** Writes the grants and their lines. Inside a transaction, once. */
    public void store() {
        Bracket.assertInside();
        items.forEach(item -> grants.store(GrantRow.TABLE, tenant, item.row(), item.caseName()));
    }
}
