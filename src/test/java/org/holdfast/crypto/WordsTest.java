// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void the_list_has_7776_different_words() {
        assertEquals(7776, new HashSet<>(Words.all()).size());
        assertTrue(Words.all().stream().allMatch(word -> word.matches("[a-z]+(-[a-z]+)?")));
        assertEquals("abacus", Words.all().get(0));
        assertEquals("zoom", Words.all().get(7775));
    }

    /** Otherwise leaving out the spaces would make two passphrases one. */
    @Test
    void no_normalised_word_is_the_beginning_of_another() {
        TreeSet<String> sorted = new TreeSet<>();
        Words.all().forEach(word -> sorted.add(Words.normalise(word)));
        assertEquals(7775, sorted.size(), "yo-yo and yoyo are one");
        String before = null;
        for (String word : sorted) {
            String previous = before;
            assertFalse(previous != null && word.startsWith(previous), () -> previous + " begins " + word);
            before = word;
        }
    }

    @Test
    void a_passphrase_is_words_of_the_list_and_never_the_same() {
        HashSet<String> seen = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            String passphrase = Words.passphrase(6);
            List<String> words = List.of(passphrase.split(" "));
            assertEquals(6, words.size());
            assertTrue(Words.all().containsAll(words));
            assertTrue(seen.add(passphrase));
        }
    }

    @Test
    void the_whole_list_is_used() {
        HashSet<String> seen = new HashSet<>();
        for (int i = 0; i < 2000; i++) {
            Collections.addAll(seen, Words.passphrase(50).split(" "));
        }
        assertEquals(7776, seen.size());
    }

    @Test
    void case_spaces_and_hyphens_do_not_matter() {
        String expected = "tshirtabacusyoyo";
        for (String typed : new String[] {
            "t-shirt abacus yo-yo",
            "T-Shirt  ABACUS\tyo yo ",
            "tshirt-abacus-yo\u2010yo",
            "\u200ft shirt\u00a0abacus\nyoyo",
            "\uff54shirt abacus yoyo"
        }) {
            assertEquals(expected, Words.normalise(typed));
        }
        assertNotEquals(expected, Words.normalise("t-shirt abacus yo-yo."));
    }

    @Test
    void lower_case_is_the_same_on_a_turkish_machine() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertEquals("idiom", Words.normalise("IDIOM"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void a_fingerprint_is_the_hash_in_base_7776_from_the_low_end() {
        byte[] hash = new byte[32];
        assertEquals(Collections.nCopies(8, "abacus"), Words.fingerprint(hash, 8));
        hash[31] = 1;
        assertEquals("abdomen", Words.fingerprint(hash, 8).get(0));
        byte[] other = Samples.bytes32("fingerprint");
        List<String> words = Words.fingerprint(other, 8);
        BigInteger back = BigInteger.ZERO;
        for (int i = 7; i >= 0; i--) {
            back = back.multiply(BigInteger.valueOf(7776))
                    .add(BigInteger.valueOf(Words.all().indexOf(words.get(i))));
        }
        assertEquals(new BigInteger(1, other).mod(BigInteger.valueOf(7776).pow(8)), back);
    }

    @Test
    void a_fingerprint_needs_a_whole_hash() {
        assertThrows(IllegalArgumentException.class, () -> Words.fingerprint(new byte[31], 8));
        assertThrows(IllegalArgumentException.class, () -> Words.fingerprint(new byte[32], 0));
    }
}
