// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.rules.report;

/**
 * What is wrong with one input. It names the input and never holds what was typed.
 *
 * @param input the name of the input
 * @param label the English label of its field, with the row's number in a repeating section
 * @param max the limit that was passed, 0 where there is none
 */
public record Complaint(String input, String label, Problem problem, int max) {

    /** The kinds of complaint. */
    public enum Problem {
        /** More characters, digits or values than allowed. */
        TOO_LONG,
        /** Not a code of the list. */
        UNKNOWN_CODE,
        /** A day without its month, a month without its year, or no numbers. */
        NO_DATE,
        /** The month has no such day. */
        NO_DAY,
        /** There is no such month. */
        NO_MONTH,
        /** A year that is not of four digits, or too far away to be meant. */
        NO_YEAR,
        /** Not hours and minutes. */
        NO_TIME,
        /** Not a whole number. */
        NO_NUMBER,
        /** A number below zero. */
        NEGATIVE,
        /** The end is before the beginning. */
        ENDS_EARLY,
        /** Last seen before first seen. */
        SEEN_EARLY,
        /** Gone on before arriving. */
        LEAVES_EARLY,
        /** A day to come, of something that has happened. */
        IN_FUTURE,
        /** The number of an actor that is not there. */
        NO_SUCH_ACTOR,
        /** Not a time zone. */
        NO_ZONE,
        /** More rows than the section takes. */
        TOO_MANY_ROWS,
        /** A text that is needed is missing. */
        MISSING,
        /** A choice that is needed was not made. */
        NOT_CHOSEN
    }

    /** The complaint as one English sentence for the desk. */
    public String sentence() {
        return switch (problem) {
            case TOO_LONG -> label + " is too long: at most " + max + " characters.";
            case UNKNOWN_CODE -> label + ": choose one of the values offered.";
            case NO_DATE -> label + " is not a date: a day needs its month, a month its year.";
            case NO_DAY -> label + ": there is no such day.";
            case NO_MONTH -> label + ": there is no such month.";
            case NO_YEAR -> label + ": write the year with four digits, from 1800 to 2200.";
            case NO_TIME -> label + " is not a time, such as 21:40.";
            case NO_NUMBER -> label + " must be a whole number.";
            case NEGATIVE -> label + " cannot be less than 0.";
            case ENDS_EARLY -> label + ": this is before it began.";
            case SEEN_EARLY -> label + ": this is before it was first seen.";
            case LEAVES_EARLY -> label + ": this is before the arrival.";
            case IN_FUTURE -> label + ": this day is still to come.";
            case NO_SUCH_ACTOR -> label + ": there is no actor with this number above.";
            case NO_ZONE -> label + " is not a known time zone, such as Europe/Berlin.";
            case TOO_MANY_ROWS -> label + ": at most " + max + " rows.";
            case MISSING -> label + ": this cannot stay empty.";
            case NOT_CHOSEN -> label + ": make a choice.";
        };
    }
}
