// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** A request for a case: one row for each person who ever asked, sealed anew at every step. */
@Entity
@Table(name = CaseRequest.TABLE)
class CaseRequest extends CasePart {

    static final String TABLE = "case_request";

    byte[] request = {};

    @Override
    String table() {
        return TABLE;
    }
}
