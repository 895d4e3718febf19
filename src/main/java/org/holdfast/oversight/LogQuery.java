// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.oversight;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import org.holdfast.audit.Act;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed into the filter of the log, as it came: kept to show it again.
 *
 * @param person the actor as entries have it
 * @param caseName pseudonym of a case, 32 hexadecimal digits
 * @param kind code of an act
 * @param from first day, {@code 2026-11-25}
 * @param to last day
 * @param older show lines older than this number
 * @param newer show lines newer than this number
 */
public record LogQuery(
        String person, String caseName, String kind, String from, String to, String older, String newer) {
    private static final int DAY = "2026-11-25".length();

    static LogQuery of(
            @Nullable String person,
            @Nullable String caseName,
            @Nullable String kind,
            @Nullable String from,
            @Nullable String to,
            @Nullable String older,
            @Nullable String newer) {
        return new LogQuery(text(person), text(caseName), text(kind), text(from), text(to), text(older), text(newer));
    }

    /** The newest lines of everything. */
    static LogQuery everything() {
        return of(null, null, null, null, null, null, null);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    /** Whether anything but the page was asked for. */
    public boolean isFiltered() {
        return !(person.isEmpty() && caseName.isEmpty() && kind.isEmpty() && from.isEmpty() && to.isEmpty());
    }

    /**
     * Whether no day can fit.
     *
     * @throws DateTimeException if one of them is no day
     */
    boolean isBackwards() {
        LocalDate first = day(from);
        LocalDate last = day(to);
        return first != null && last != null && last.isBefore(first);
    }

    /** The same without the condition of one field, named as in the form. */
    LogQuery without(String field) {
        return new LogQuery(
                field.equals("person") ? "" : person,
                caseName,
                field.equals("kind") ? "" : kind,
                field.equals("from") ? "" : from,
                field.equals("to") ? "" : to,
                older,
                newer);
    }

    Optional<Act> act() {
        return Act.of(kind);
    }

    /** Null if nothing was typed. @throws DateTimeException if it is no day */
    static @Nullable LocalDate day(String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (text.length() != DAY) {
            // Years of more than four digits are days too, but none that a database knows.
            throw new DateTimeException("not a day");
        }
        return LocalDate.parse(text);
    }

    /** Null if there is none that is a number. */
    static @Nullable Long number(String text) {
        return text.matches("[0-9]{1,18}") ? Long.valueOf(text) : null;
    }
}
