// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Words for people: passphrases and fingerprints from a list of 7,776 English words (the large list of the Electronic
 * Frontier Foundation; no word is the beginning of another, hyphens left out, but "yo-yo" and "yoyo", which count as one).
 */
public final class Words {

    /** How many words the list has; one word carries 12.9 bits. */
    public static final int LIST_SIZE = 7776;

    private static final String LIST = "words-en.txt";

    private static final class Loaded {
        static final List<String> WORDS = load();
    }

    private Words() {}

    /** Random words with a space between them; six carry 77 bits. */
    public static String passphrase(int words) {
        List<String> chosen = new ArrayList<>(words);
        for (int i = 0; i < words; i++) {
            chosen.add(Loaded.WORDS.get(Randomness.below(LIST_SIZE)));
        }
        return String.join(" ", chosen);
    }

    /**
     * A hash in words that two people can compare aloud. The hash is read as one big-endian number; the first word is its
     * remainder by 7,776, the next that of the quotient, and so on: eight words show 103 bits.
     *
     * @param sha256 32 bytes
     * @param words 1 to 16
     */
    public static List<String> fingerprint(byte[] sha256, int words) {
        if (sha256.length != 32 || words < 1 || words > 16) {
            throw new IllegalArgumentException("a hash of 32 bytes and 1 to 16 words");
        }
        BigInteger base = BigInteger.valueOf(LIST_SIZE);
        BigInteger rest = new BigInteger(1, sha256);
        List<String> chosen = new ArrayList<>(words);
        for (int i = 0; i < words; i++) {
            BigInteger[] parts = rest.divideAndRemainder(base);
            chosen.add(Loaded.WORDS.get(parts[1].intValue()));
            rest = parts[0];
        }
        return List.copyOf(chosen);
    }

    /**
     * What is stretched of a passphrase as typed: compatibility forms composed (NFKC), lower case, without white space,
     * hyphens and invisible marks. "T-shirt Abacus", "t shirt  abacus" and "tshirtabacus" are the same. Less than a
     * thousandth of a bit is lost by leaving out the spaces, since no word is the beginning of another.
     */
    public static String normalise(String typed) {
        String folded = Normalizer.normalize(typed, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        StringBuilder kept = new StringBuilder(folded.length());
        folded.codePoints().filter(Words::counts).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean counts(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.DASH_PUNCTUATION -> false;
            default -> true;
        };
    }

    static List<String> all() {
        return Loaded.WORDS;
    }

    private static List<String> load() {
        try (InputStream in = Objects.requireNonNull(Words.class.getResourceAsStream(LIST), LIST);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            List<String> words = reader.lines().toList();
            if (words.size() != LIST_SIZE) {
                throw new IllegalStateException(LIST + " is not whole");
            }
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
