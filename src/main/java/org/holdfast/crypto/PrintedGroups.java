// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.holdfast.crypto.Mistyped.Reason;

/**
 * Bytes as a person can print, read aloud and type them: groups of five characters of Crockford's base 32 and a check
 * character.
 *
 * <pre>
 * bits   = payload | first 4 bytes of SHA-256("holdfast/v1/printed" 00 | payload) | zero bits up to a multiple of 25
 * check  = group number + c1·g + c2·g² + c3·g³ + c4·g⁴ + c5·g⁵   in GF(32) with x⁵+x²+1, g = x, groups from 0
 * </pre>
 *
 * <p>The check character finds every single wrong character, every two that changed places, and a group in another's
 * place, and so names the group; the checksum binds the groups to one another. Case does not matter, O reads as 0, I and L
 * as 1, and spaces and hyphens are where the reader likes.
 */
final class PrintedGroups {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int DATA = 5;
    private static final int GROUP = DATA + 1;
    private static final int BITS = 5 * DATA;
    private static final int CHECKSUM = 4;
    private static final int GROUPS_PER_LINE = 4;
    private static final byte[] LABEL = "holdfast/v1/printed\0".getBytes(StandardCharsets.US_ASCII);

    private PrintedGroups() {}

    static String print(byte[] payload) {
        byte[] bytes = Arrays.copyOf(payload, payload.length + CHECKSUM);
        System.arraycopy(Hashes.sha256(LABEL, payload), 0, bytes, payload.length, CHECKSUM);
        int groups = groups(payload.length);
        StringBuilder text = new StringBuilder(groups * (GROUP + 1));
        for (int group = 0; group < groups; group++) {
            if (group > 0) {
                text.append(group % GROUPS_PER_LINE == 0 ? '\n' : ' ');
            }
            int[] symbols = new int[DATA];
            for (int i = 0; i < DATA; i++) {
                symbols[i] = fiveBits(bytes, group * BITS + 5 * i);
                text.append(ALPHABET.charAt(symbols[i]));
            }
            text.append(ALPHABET.charAt(check(group, symbols)));
        }
        Arrays.fill(bytes, (byte) 0);
        return text.toString();
    }

    /** Reads a code whose payload has this length and begins with this byte. */
    static byte[] parse(String text, int payloadLength, byte kind) throws Mistyped {
        List<String> groups = split(text, groups(payloadLength));
        byte[] bytes = new byte[(groups.size() * BITS + 7) / 8];
        for (int group = 0; group < groups.size(); group++) {
            int[] symbols = new int[DATA];
            for (int i = 0; i < DATA; i++) {
                symbols[i] = symbol(groups.get(group).charAt(i), group);
                putFiveBits(bytes, group * BITS + 5 * i, symbols[i]);
            }
            if (check(group, symbols) != symbol(groups.get(group).charAt(DATA), group)) {
                throw new Mistyped(Reason.GROUP, group + 1);
            }
        }
        byte[] payload = Arrays.copyOf(bytes, payloadLength);
        byte[] expected = Arrays.copyOf(payload, bytes.length);
        System.arraycopy(Hashes.sha256(LABEL, payload), 0, expected, payloadLength, CHECKSUM);
        if (!Arrays.equals(expected, bytes)) {
            throw new Mistyped(Reason.CHECKSUM, 0);
        }
        if (payload[0] != kind) {
            throw new Mistyped(Reason.KIND, 0);
        }
        return payload;
    }

    private static int groups(int payloadLength) {
        return (8 * (payloadLength + CHECKSUM) + BITS - 1) / BITS;
    }

    /** Takes the reader's own groups where they are whole; otherwise counts characters. */
    private static List<String> split(String text, int expected) throws Mistyped {
        List<String> typed = new ArrayList<>();
        StringBuilder group = new StringBuilder();
        int characters = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || isSeparator(text.charAt(i))) {
                if (!group.isEmpty()) {
                    typed.add(group.toString());
                    characters += group.length();
                    group.setLength(0);
                }
            } else {
                group.append(text.charAt(i));
            }
        }
        if (characters == expected * GROUP) {
            String all = String.join("", typed);
            typed.clear();
            for (int i = 0; i < expected; i++) {
                typed.add(all.substring(i * GROUP, (i + 1) * GROUP));
            }
            return typed;
        }
        if (typed.size() == expected) {
            for (int i = 0; i < expected; i++) {
                if (typed.get(i).length() != GROUP) {
                    throw new Mistyped(Reason.LENGTH, i + 1);
                }
            }
        }
        throw new Mistyped(Reason.LENGTH, 0);
    }

    private static boolean isSeparator(char c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.DASH_PUNCTUATION
                || Character.getType(c) == Character.FORMAT;
    }

    private static int symbol(char c, int group) throws Mistyped {
        char upper = Character.toUpperCase(c);
        int symbol = switch (upper) {
            case 'O' -> 0;
            case 'I', 'L' -> 1;
            default -> ALPHABET.indexOf(upper);
        };
        if (symbol < 0) {
            throw new Mistyped(Reason.CHARACTER, group + 1);
        }
        return symbol;
    }

    private static int check(int group, int[] symbols) {
        int sum = 0;
        for (int i = symbols.length - 1; i >= 0; i--) {
            sum = timesG(sum ^ symbols[i]);
        }
        return sum ^ (group & 31);
    }

    private static int timesG(int element) {
        int shifted = element << 1;
        return (shifted & 32) == 0 ? shifted : shifted ^ 0b100101;
    }

    private static int fiveBits(byte[] bytes, int from) {
        int value = 0;
        for (int bit = from; bit < from + 5; bit++) {
            int set = bit / 8 < bytes.length ? (bytes[bit / 8] >>> (7 - bit % 8)) & 1 : 0;
            value = value << 1 | set;
        }
        return value;
    }

    private static void putFiveBits(byte[] bytes, int from, int value) {
        for (int i = 0; i < 5; i++) {
            int bit = from + i;
            bytes[bit / 8] |= (byte) ((value >>> (4 - i) & 1) << (7 - bit % 8));
        }
    }
}
