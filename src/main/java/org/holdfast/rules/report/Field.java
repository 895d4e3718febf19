// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.rules.report;

/**
 * One field of a form.
 *
 * @param code the field's name, unique in its section when the section repeats, else in its form
 * @param type what it holds
 * @param list the code list for {@link Type#CODE} and {@link Type#CODES}, else empty
 * @param max the most characters (code points) of a text or digits of a number; 0 where it does not apply
 * @param column the sealed column that keeps it
 * @param mark its protection
 * @param door is it shown at the report door?
 * @param label the English label
 * @param hint one short English sentence, or empty
 */
public record Field(
        String code,
        Type type,
        String list,
        int max,
        String column,
        Mark mark,
        boolean door,
        String label,
        String hint) {

    /** What a field holds. */
    public enum Type {
        /** One code. */
        CODE,
        /** Any number of codes. */
        CODES,
        /** One line. */
        TEXT,
        /** Several lines. */
        LONG,
        /** Day, month and year, each of which may be missing: three inputs named {@code .day}, {@code .month}, {@code .year}. */
        DATE,
        /** Hours and minutes, kept as {@code HH:MM}. */
        TIME,
        /** A whole number, not negative. */
        NUMBER,
        /** A time zone of the tz database. */
        ZONE
    }

    /** How a field is protected. Everything is sealed; the mark says what else may be done with it. */
    public enum Mark {
        /** Identifying or sensitive. */
        E,
        /** As E, and searchable by exact match through a blind index. */
        EB,
        /** Coarse: may enter statistics after suppression. */
        S,
        /** Operational, without identifying content on its own. */
        P
    }
}
