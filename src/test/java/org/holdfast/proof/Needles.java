// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.holdfast.local.LivingFolder;

/**
 * Looks for many secrets at once in files of any size: their bytes, and these in hexadecimal digits and in both alphabets of base64 at all
 * three alignments. One pass, whatever their number. Thread-safe.
 */
final class Needles {
    private static final int BLOCK = 1 << 20;
    /** Bytes that the first look compares: of three bytes every value has a bit. */
    private static final int LOOK = 3;

    private final BitSet begins = new BitSet(1 << 24);
    private final Map<Integer, List<byte[]>> byBegin = new HashMap<>();
    private int longest;

    /** @param secrets of 16 bytes or more */
    Needles(Collection<byte[]> secrets) {
        for (byte[] secret : secrets) {
            add(secret);
            add(ascii(HexFormat.of().formatHex(secret)));
            add(ascii(HexFormat.of().withUpperCase().formatHex(secret)));
            for (int shift = 0; shift < 3; shift++) {
                byte[] base64 = Markers.inBase64(secret, shift);
                add(base64);
                add(ascii(new String(base64, StandardCharsets.US_ASCII)
                        .replace('+', '-')
                        .replace('/', '_')));
            }
        }
    }

    /** The files below a folder in which one of them stands. */
    List<String> inFilesBelow(Path folder) throws IOException {
        List<String> found = new ArrayList<>();
        LivingFolder.forEachFile(folder, file -> {
            if (in(file)) {
                found.add(file.toString());
            }
        });
        return found;
    }

    private boolean in(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] block = new byte[BLOCK + longest];
            int kept = 0;
            while (true) {
                int read = in.readNBytes(block, kept, BLOCK);
                int end = kept + read;
                if (in(block, end)) {
                    return true;
                }
                if (read < BLOCK) {
                    return false;
                }
                kept = Math.min(longest, end);
                System.arraycopy(block, end - kept, block, 0, kept);
            }
        }
    }

    private boolean in(byte[] text, int length) {
        for (int i = 0; i + LOOK <= length; i++) {
            int begin = begin(text, i);
            if (begins.get(begin)) {
                for (byte[] pattern : byBegin.getOrDefault(begin, List.of())) {
                    int end = i + pattern.length;
                    if (end <= length && Arrays.equals(text, i, end, pattern, 0, pattern.length)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private void add(byte[] pattern) {
        int begin = begin(pattern, 0);
        begins.set(begin);
        byBegin.computeIfAbsent(begin, any -> new ArrayList<>()).add(pattern);
        longest = Math.max(longest, pattern.length);
    }

    private static int begin(byte[] text, int at) {
        return (text[at] & 0xFF) << 16 | (text[at + 1] & 0xFF) << 8 | text[at + 2] & 0xFF;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
