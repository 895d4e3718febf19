// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.util.UUID;
import org.holdfast.crypto.Context;

/** The two keys of a report. */
record ReportKeys(FieldKey identity, FieldKey content) implements AutoCloseable {

    static Place place(String column, UUID reportId) {
        return new Place(IntakeVault.TABLE, column, reportId, 1, 1);
    }

    static Context context(Chain chain, String table, String column, UUID row, long revision) {
        return new Context(Bytes.of(chain.tenant()), table, column, row, 1, revision);
    }

    @Override
    public void close() {
        identity.close();
        content.close();
    }

    @Override
    public String toString() {
        return "ReportKeys[redacted]";
    }
}
