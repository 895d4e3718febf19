// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** A person in a case. */
@Entity
@Table(name = CasePerson.TABLE)
class CasePerson extends CasePart {

    static final String TABLE = "case_person";

    byte[] names = {};

    byte[] contact = {};

    byte[] birth = {};

    byte[] documents = {};

    byte[] standing = {};

    byte[] ties = {};

    @Override
    String table() {
        return TABLE;
    }
}
