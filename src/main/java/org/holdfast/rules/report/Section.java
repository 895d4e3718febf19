// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.rules.report;

import java.util.List;

/**
 * A block of fields under one heading.
 *
 * <p>A repeating section is an ordered list of rows; the inputs of row 1 are named {@code section.1.field} and so on. An
 * empty row is left out and the rows behind it move up.
 *
 * @param rows the most rows, 0 for a section that does not repeat
 */
public record Section(String code, String label, int rows, List<Field> fields) {

    /** Is this a list of rows? */
    public boolean repeats() {
        return rows > 0;
    }

    /** The name of the input of a field, in the given row (counted from 1; not used when the section does not repeat). */
    public String input(Field field, int row) {
        return repeats() ? code + "." + row + "." + field.code() : field.code();
    }
}
