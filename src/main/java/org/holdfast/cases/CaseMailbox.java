// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** The card of the mailbox behind the reporter's return number. */
@Entity
@Table(name = CaseMailbox.TABLE)
class CaseMailbox extends CasePart {

    static final String TABLE = "case_mailbox";

    byte[] card = {};

    @Override
    String table() {
        return TABLE;
    }
}
