// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.util.Optional;

/**
 * The number with which a reporter comes back for an answer: 31 random digits (103 bits) and a Damm check digit, which
 * finds every single wrong digit and every two neighbours that changed places. It is never stored.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Damm_algorithm">H. Michael Damm, "Total anti-symmetrische Quasigruppen",
 *     2004</a>
 */
public final class ReturnNumber {

    /** Digits, the check digit included. */
    public static final int LENGTH = 32;

    /** Why something that was typed is not a return number. */
    public enum Problem {
        /** Digits are missing or too many. */
        LENGTH,
        /** The check digit does not fit: a digit is wrong, or two changed places. */
        CHECK_DIGIT,
        /** Something other than digits and separators was typed. */
        NOT_DIGITS
    }

    /**
     * What was read: 32 ASCII digits, or a problem.
     *
     * @param digits empty when there is a problem
     * @param problem empty when the number is sound
     */
    public record Reading(String digits, Optional<Problem> problem) {

        /** True if these are 32 digits with a fitting check digit, which does not say that the number was ever issued. */
        public boolean isSound() {
            return problem.isEmpty();
        }

        @Override
        public String toString() {
            return "Reading[" + (isSound() ? "sound" : problem.get()) + "]";
        }
    }

    private static final String[] DAMM = {
        "0317598642",
        "7092154863",
        "4206871359",
        "1750983426",
        "6123045978",
        "3674209581",
        "5869720134",
        "8945362017",
        "9438617205",
        "2581436790"
    };

    private ReturnNumber() {}

    /** A fresh number: 32 ASCII digits without separators. */
    public static String generate() {
        StringBuilder digits = new StringBuilder(LENGTH);
        for (int i = 1; i < LENGTH; i++) {
            digits.append((char) ('0' + Randomness.below(10)));
        }
        return digits.append((char) ('0' + damm(digits))).toString();
    }

    /** Groups of four with a space between them. */
    public static String format(String digits) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < digits.length(); i++) {
            if (i > 0 && i % 4 == 0) {
                text.append(' ');
            }
            text.append(digits.charAt(i));
        }
        return text.toString();
    }

    /**
     * Reads a number as typed: decimal digits of any script, with spaces, dashes, dots and invisible marks between them.
     */
    public static Reading parse(String typed) {
        StringBuilder digits = new StringBuilder(LENGTH);
        boolean[] foreign = new boolean[1];
        typed.codePoints().forEach(codePoint -> {
            int digit = Character.digit(codePoint, 10);
            if (digit >= 0) {
                digits.append((char) ('0' + digit));
            } else if (!isSeparator(codePoint)) {
                foreign[0] = true;
            }
        });
        if (foreign[0]) {
            return problem(Problem.NOT_DIGITS);
        }
        if (digits.length() != LENGTH) {
            return problem(Problem.LENGTH);
        }
        return damm(digits) == 0 ? new Reading(digits.toString(), Optional.empty()) : problem(Problem.CHECK_DIGIT);
    }

    private static Reading problem(Problem problem) {
        return new Reading("", Optional.of(problem));
    }

    private static boolean isSeparator(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.DASH_PUNCTUATION,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.MATH_SYMBOL -> true;
            default -> codePoint == 'ـ';
        };
    }

    private static int damm(CharSequence digits) {
        int interim = 0;
        for (int i = 0; i < digits.length(); i++) {
            interim = DAMM[interim].charAt(digits.charAt(i) - '0') - '0';
        }
        return interim;
    }
}
