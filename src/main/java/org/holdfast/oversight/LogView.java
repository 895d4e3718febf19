// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.oversight;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the log.
 *
 * @param query what it was asked for
 * @param lines newest first
 * @param persons who can be asked for
 * @param cases which cases can be asked for; none for somebody who holds no summary
 * @param kinds which kinds can be asked for
 * @param trouble what this server has found wrong with the log, null if nothing
 * @param waiting entries that have no number yet
 * @param hourly whether those of the report door wait for the full hour
 * @param older number to go on with, null at the end
 * @param newer number to go back with, null at the beginning
 */
public record LogView(
        LogQuery query,
        List<Line> lines,
        List<Option> persons,
        List<Option> cases,
        List<Option> kinds,
        @Nullable String trouble,
        long waiting,
        boolean hourly,
        @Nullable Long older,
        @Nullable Long newer) {

    /** A choice of a list. */
    public record Option(String code, String label) {}

    /**
     * One line.
     *
     * @param number the entry's number
     * @param when minute or day, for people
     * @param sentence who did what to which case
     * @param refused whether it was refused
     * @param reason the reason in words, empty if there is none or no words are known
     * @param code the same as the entry has it
     * @param detail the free text, null if there is none or it is not for the reader
     * @param signed whether the actor signed it
     * @param trouble why it cannot be believed, null if it can
     */
    public record Line(
            long number,
            String when,
            String sentence,
            boolean refused,
            String reason,
            String code,
            @Nullable String detail,
            boolean signed,
            @Nullable String trouble) {}

    public LogView {
        lines = List.copyOf(lines);
    }

    /** The same page with what was typed. */
    LogView asked(LogQuery typed) {
        return new LogView(typed, lines, persons, cases, kinds, trouble, waiting, hourly, older, newer);
    }
}
