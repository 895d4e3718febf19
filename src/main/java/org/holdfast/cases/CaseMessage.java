// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** An answer that was written to the reporter. */
@Entity
@Table(name = CaseMessage.TABLE)
class CaseMessage extends CasePart {

    static final String TABLE = "case_message";

    byte[] message = {};

    @Override
    String table() {
        return TABLE;
    }
}
