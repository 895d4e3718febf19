// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.List;

/** The names in a case, as they are sealed under the identity secret for those who may search by name. */
record NamesSummary(List<String> names) {

    NamesSummary {
        names = List.copyOf(names);
    }

    @Override
    public String toString() {
        return "NamesSummary";
    }
}
