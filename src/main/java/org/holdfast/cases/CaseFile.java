// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A case: its state in clear, its summary sealed. */
@Entity
@Table(name = CaseFile.TABLE)
class CaseFile extends CaseRow {

    static final String TABLE = "case_file";
    static final String SUMMARY = "summary";

    String status = "st.new";

    @Column(name = "opened_day")
    LocalDate openedDay = LocalDate.EPOCH;

    @Column(name = "due_day")
    @Nullable LocalDate dueDay;

    byte[] summary = {};

    @Override
    String table() {
        return TABLE;
    }

    @Override
    UUID caseId() {
        return id;
    }
}
