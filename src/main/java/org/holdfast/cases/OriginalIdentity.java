// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** The identity part of the report that the case began with, as it came. */
@Entity
@Table(name = OriginalIdentity.TABLE)
class OriginalIdentity extends CasePart {

    static final String TABLE = "case_original_identity";

    byte[] original = {};

    @Override
    String table() {
        return TABLE;
    }
}
