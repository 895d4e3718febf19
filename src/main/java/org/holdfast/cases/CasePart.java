// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;
import java.util.UUID;

/** A row that belongs to a case. */
@MappedSuperclass
abstract class CasePart extends CaseRow {

    @Column(name = "case_id")
    UUID caseId = new UUID(0, 0);

    @Override
    UUID caseId() {
        return caseId;
    }
}
