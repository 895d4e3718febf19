// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.List;
import java.util.UUID;
import org.holdfast.audit.Act;
import org.holdfast.vault.NewObject;

/**
 * A case that is sealed and not stored yet. {@link #store} is called once, in the transaction that also does what belongs
 * to it; closing forgets the keys. If it is never stored, nothing of it can be opened by anybody.
 */
public final class PreparedCase implements AutoCloseable {

    private final NewObject object;
    private final List<CaseRow> rows;
    private final CaseStore store;
    private final CaseAccess access;

    PreparedCase(NewObject object, List<CaseRow> rows, CaseStore store, CaseAccess access) {
        this.object = object;
        this.rows = List.copyOf(rows);
        this.store = store;
        this.access = access;
    }

    /** The id of the case. */
    public UUID id() {
        return object.id();
    }

    /** Inside a transaction, once: writes grants and rows with their lines. */
    public void store() {
        object.store();
        // The case's own row comes first: the others point to it.
        for (CaseRow row : rows) {
            store.add(row);
            access.written(row, row instanceof CaseFile ? Act.CASE_CREATED : Act.CASE_ROW_WRITTEN);
        }
    }

    @Override
    public void close() {
        object.close();
    }
}
