// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code access_grant} or {@code recovery_wrap} with its symmetric copy, if there is one.
 */
record GrantRow(
        UUID id,
        UUID object,
        ObjectKind kind,
        Compartment compartment,
        int epoch,
        byte[] granteeKey,
        byte[] granterKey,
        byte[] wrap,
        byte[] commitment,
        byte[] signature,
        UUID entry,
        LocalDate day,
        byte @Nullable [] copy) {

    @Override
    public String toString() {
        return "GrantRow[" + id + "]";
    }
}
