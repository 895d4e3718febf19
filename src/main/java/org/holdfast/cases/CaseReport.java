// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** A report in a case; its kind is inside the seal of its facts. */
@Entity
@Table(name = CaseReport.TABLE)
class CaseReport extends CasePart {

    static final String TABLE = "case_report";

    byte[] facts = {};

    byte[] place = {};

    byte[] narrative = {};

    byte[] words = {};

    byte[] actors = {};

    @Override
    String table() {
        return TABLE;
    }
}
