// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.holdfast.crypto.ReturnNumber.Problem;
import org.junit.jupiter.api.Test;

class ReturnNumberTest {

    private static final String SOUND = "31415926535897932384626433832793";

    @Test
    void what_is_generated_is_sound_and_never_the_same() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String number = ReturnNumber.generate();
            assertTrue(number.matches("[0-9]{32}"));
            assertEquals(number, digits(ReturnNumber.format(number)));
            assertTrue(seen.add(number));
        }
    }

    /** A skewed generator would be far outside: 31,000 digits, each expected 3,100 times, standard deviation 53. */
    @Test
    void every_digit_is_as_likely_as_another() {
        int[] counts = new int[10];
        for (int i = 0; i < 1000; i++) {
            ReturnNumber.generate().substring(0, 31).chars().forEach(c -> counts[c - '0']++);
        }
        for (int count : counts) {
            assertTrue(Math.abs(count - 3100) < 7 * 53, () -> "one digit came " + count + " times");
        }
    }

    @Test
    void it_is_shown_in_groups_of_four() {
        assertEquals("3141 5926 5358 9793 2384 6264 3383 2793", ReturnNumber.format(SOUND));
    }

    /** The example of the Damm algorithm that is printed everywhere: 572 has the check digit 4. */
    @Test
    void the_check_digit_is_damms() {
        assertTrue(ReturnNumber.parse("0".repeat(28) + "5724").isSound());
        assertEquals(
                Problem.CHECK_DIGIT,
                ReturnNumber.parse("0".repeat(28) + "5727").problem().orElseThrow());
    }

    @Test
    void every_single_wrong_digit_and_every_swap_of_neighbours_is_told() {
        for (int round = 0; round < 20; round++) {
            String number = ReturnNumber.generate();
            for (int i = 0; i < 32; i++) {
                for (char digit = '0'; digit <= '9'; digit++) {
                    if (digit != number.charAt(i)) {
                        assertProblem(Problem.CHECK_DIGIT, number.substring(0, i) + digit + number.substring(i + 1));
                    }
                }
                if (i > 0 && number.charAt(i) != number.charAt(i - 1)) {
                    assertProblem(
                            Problem.CHECK_DIGIT,
                            number.substring(0, i - 1)
                                    + number.charAt(i)
                                    + number.charAt(i - 1)
                                    + number.substring(i + 1));
                }
            }
        }
    }

    @Test
    void digits_of_any_script_are_read() {
        String number = ReturnNumber.generate();
        // Arabic, Persian, Devanagari, Bengali, Tibetan, Burmese, Khmer, Mongolian, full width, mathematical.
        int[] zeros = {0x660, 0x6f0, 0x966, 0x9e6, 0xf20, 0x1040, 0x17e0, 0x1810, 0xff10, 0x1d7ce};
        for (int zero : zeros) {
            StringBuilder typed = new StringBuilder();
            number.chars().forEach(c -> typed.appendCodePoint(zero + c - '0'));
            assertEquals(number, digits(typed.toString()));
        }
    }

    @Test
    void separators_of_any_kind_are_passed_over() {
        String number = ReturnNumber.generate();
        for (String separator : new String[] {
            " ", "-", ".", "\u00a0", "\u2013", "\u200f", "\u202f", "\n", "\t", "_", "\u060c", "/", "\u2212"
        }) {
            assertEquals(number, digits(ReturnNumber.format(number).replace(" ", separator)));
        }
    }

    @Test
    void too_few_too_many_and_other_signs_are_told_apart() {
        String number = ReturnNumber.generate();
        assertProblem(Problem.LENGTH, "");
        assertProblem(Problem.LENGTH, number.substring(1));
        assertProblem(Problem.LENGTH, number + "0");
        assertProblem(Problem.NOT_DIGITS, number + "x");
        assertProblem(Problem.NOT_DIGITS, "ئەسسالامۇ");
        assertProblem(Problem.NOT_DIGITS, number.substring(1) + "O");
    }

    @Test
    void a_reading_does_not_print_the_number() {
        String number = ReturnNumber.generate();
        assertFalse(ReturnNumber.parse(number).toString().contains(number.substring(0, 4)));
    }

    private static String digits(String typed) {
        ReturnNumber.Reading reading = ReturnNumber.parse(typed);
        assertTrue(reading.isSound(), () -> "not sound: " + reading);
        return reading.digits();
    }

    private static void assertProblem(Problem expected, String typed) {
        ReturnNumber.Reading reading = ReturnNumber.parse(typed);
        assertEquals(expected, reading.problem().orElseThrow());
        assertEquals("", reading.digits());
    }
}
