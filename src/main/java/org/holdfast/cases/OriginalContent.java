// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** The content part of the report that the case began with, as it came. */
@Entity
@Table(name = OriginalContent.TABLE)
class OriginalContent extends CasePart {

    static final String TABLE = "case_original_content";

    byte[] original = {};

    @Override
    String table() {
        return TABLE;
    }
}
