// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * What a report holds: the kinds of report, their fields, and the check of what was typed.
 *
 * <p>The catalogue of fields is a file, {@code fields.csv}: for each form its sections and, in order, the fields with
 * their type, code list, length, sealed column and protection mark. The report door, the forms of the desk and the
 * pages that show a record are all drawn from it, so that a field is added in one place. The report door shows the
 * fields that are marked for it, the desk shows them all.
 *
 * <p>What this room promises: {@link org.holdfast.rules.report.Form#check} accepts nothing that the catalogue does not
 * allow, names every complaint by its field, and never repeats a value in one; what it accepts is kept as it was typed,
 * letter by letter, save that line ends become one line feed and digits of dates, times and numbers become 0 to 9.
 *
 * <p>What it never does: it seals nothing and stores nothing. The records here are the plain form of what the vault
 * seals; field names and codes are their format and are never given another meaning.
 */
@NullMarked
package org.holdfast.rules.report;

import org.jspecify.annotations.NullMarked;
