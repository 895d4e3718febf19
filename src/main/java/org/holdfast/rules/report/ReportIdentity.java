// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.rules.report;

import java.util.Objects;

/**
 * The identity part of a report from the report door: what {@link ReportFields#contact} asks for, all of it optional.
 * It is sealed apart from the content, and to open it is an act of its own.
 *
 * @param answers the fields {@code name}, {@code phone}, {@code address}, {@code safe_hours}, {@code timezone},
 *     {@code relatives}
 */
public record ReportIdentity(Answers answers) {

    /** @throws NullPointerException without answers, so that reading such a value fails */
    public ReportIdentity {
        Objects.requireNonNull(answers);
    }

    @Override
    public String toString() {
        return "ReportIdentity";
    }
}
