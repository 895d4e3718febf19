// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.holdfast.local.LivingFolder;

/**
 * Words and numbers that exist nowhere else, to be typed and then looked for. All words of a run begin with the same random stem and all
 * numbers with the same random digits, so that one pass over a file finds any of them, in every form in which text usually lies about:
 * UTF-8, UTF-16 of both orders, hexadecimal, and base64 at all three alignments. Not thread-safe.
 */
final class Markers {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "bcdfghjkmnpqrstvwxz";
    private static final int BLOCK = 1 << 20;

    private final String wordStem = random(LETTERS, 11);
    private final String digitStem = "7" + random("0123456789", 11);
    private final Map<String, String> typed = new LinkedHashMap<>();
    private final List<byte[]> patterns = new ArrayList<>();
    private final boolean[] begins = new boolean[256];
    private int longest;

    Markers() {
        alsoLookFor(wordStem);
        alsoLookFor(digitStem);
    }

    /** Adds a text that was not made here, such as a passphrase that the server showed. */
    void alsoLookFor(String text) {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            byte[] bytes = text.getBytes(charset);
            patterns.add(bytes);
            patterns.add(HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.US_ASCII));
            patterns.add(HexFormat.of().withUpperCase().formatHex(bytes).getBytes(StandardCharsets.US_ASCII));
            for (int shift = 0; shift < 3; shift++) {
                patterns.add(inBase64(bytes, shift));
            }
        }
        longest = patterns.stream().mapToInt(pattern -> pattern.length).max().orElseThrow();
        patterns.forEach(pattern -> begins[pattern[0] & 0xFF] = true);
    }

    /** A new word, kept with where it was typed. */
    String word(String place) {
        String word = wordStem + random(LETTERS, 6);
        typed.put(word, place);
        return word;
    }

    /** A new number of 18 digits. */
    String number(String place) {
        String number = digitStem + random("0123456789", 6);
        typed.put(number, place);
        return number;
    }

    /** How many there are. */
    int count() {
        return typed.size();
    }

    /** The places whose markers stand on a page in clear. */
    TreeSet<String> placesIn(String page) {
        TreeSet<String> places = new TreeSet<>();
        typed.forEach((marker, place) -> {
            if (page.contains(marker)) {
                places.add(place);
            }
        });
        return places;
    }

    boolean in(byte[] bytes) {
        return find(bytes, bytes.length) >= 0;
    }

    /** All files below a folder that hold a marker; a file that vanishes meanwhile is passed over. */
    List<String> inFilesBelow(Path folder) throws IOException {
        List<String> found = new ArrayList<>();
        LivingFolder.forEachFile(folder, file -> {
            long place = in(file);
            if (place >= 0) {
                found.add(file + " at " + place);
            }
        });
        return found;
    }

    /** Where the first marker of a file is, or -1. */
    long in(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] block = new byte[BLOCK + longest];
            long before = 0;
            int kept = 0;
            while (true) {
                int read = in.readNBytes(block, kept, BLOCK);
                int place = find(block, kept + read);
                if (place >= 0) {
                    return before + place;
                }
                if (read < BLOCK) {
                    return -1;
                }
                int end = kept + read;
                kept = Math.min(longest, end);
                before += end - kept;
                System.arraycopy(block, end - kept, block, 0, kept);
            }
        }
    }

    private int find(byte[] text, int length) {
        for (int i = 0; i < length; i++) {
            if (begins[text[i] & 0xFF]) {
                for (byte[] pattern : patterns) {
                    int end = i + pattern.length;
                    if (end <= length && Arrays.equals(text, i, end, pattern, 0, pattern.length)) {
                        return i;
                    }
                }
            }
        }
        return -1;
    }

    /** The characters of base64 that are the same whatever stands around these bytes, when they begin at that place of a group of three. */
    static byte[] inBase64(byte[] bytes, int shift) {
        byte[] padded = new byte[shift + bytes.length];
        System.arraycopy(bytes, 0, padded, shift, bytes.length);
        String text = Base64.getEncoder().withoutPadding().encodeToString(padded);
        int from = shift == 0 ? 0 : shift + 1;
        int to = padded.length / 3 * 4;
        return text.substring(from, to).getBytes(StandardCharsets.US_ASCII);
    }

    private static String random(String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(RANDOM.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
