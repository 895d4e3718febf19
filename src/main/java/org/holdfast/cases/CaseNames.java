// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** The names by which a case is found; one row a case. */
@Entity
@Table(name = CaseNames.TABLE)
class CaseNames extends CasePart {

    static final String TABLE = "case_names";

    @Column(name = "names_summary")
    byte[] namesSummary = {};

    @Override
    String table() {
        return TABLE;
    }
}
