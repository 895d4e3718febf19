// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with signature lines under it (C2SP signed-note).
 *
 * <p>Reading checks the form only; who signed is for {@link Policy} to say. At most 64 KiB and 32 signatures.
 *
 * @param text the signed text, with its last newline
 * @param signatures in the order of the note, at least one
 */
public record SignedNote(String text, List<Signature> signatures) {
    private static final int MAX_BYTES = 1 << 16;
    private static final int MAX_SIGNATURES = 32;
    private static final String DASH = "\u2014 ";

    /**
     * One signature line.
     *
     * @param name the key's name
     * @param keyId the key's id, four bytes
     * @param bytes what the key made, without the id
     */
    public record Signature(String name, int keyId, byte[] bytes) {
        String line() {
            ByteBuffer all = ByteBuffer.allocate(4 + bytes.length).putInt(keyId).put(bytes);
            return DASH + name + ' ' + Base64Text.encode(all.array()) + '\n';
        }
    }

    public SignedNote {
        signatures = List.copyOf(signatures);
    }

    /** The note as it is stored and sent, UTF-8. */
    public byte[] encode() {
        StringBuilder out = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> out.append(signature.line()));
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws Malformed with the line, if it is not a note or is longer than this reader takes */
    public static SignedNote parse(byte[] bytes) throws Malformed {
        if (bytes.length > MAX_BYTES) {
            throw new Malformed("byte " + MAX_BYTES, "the note is too long");
        }
        String all;
        try {
            all = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("byte 0", "not UTF-8");
        }
        if (all.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new Malformed("line " + lineOfControl(all), "a control character");
        }
        int blank = all.lastIndexOf("\n\n");
        if (blank < 0 || !all.endsWith("\n") || blank + 2 == all.length()) {
            throw new Malformed("line 1", "not a signed note: text, empty line, signatures");
        }
        String text = all.substring(0, blank + 1);
        int line = (int) text.chars().filter(c -> c == '\n').count() + 1;
        List<Signature> signatures = new ArrayList<>();
        for (String given : all.substring(blank + 2, all.length() - 1).split("\n", -1)) {
            line++;
            signatures.add(signature(given, "line " + line));
            if (signatures.size() > MAX_SIGNATURES) {
                throw new Malformed("line " + line, "more than " + MAX_SIGNATURES + " signatures");
            }
        }
        return new SignedNote(text, signatures);
    }

    private static long lineOfControl(String all) {
        long line = 1;
        for (int i = 0; i < all.length(); i++) {
            char c = all.charAt(i);
            if (c == '\n') {
                line++;
            } else if (c < ' ') {
                break;
            }
        }
        return line;
    }

    private static Signature signature(String line, String place) throws Malformed {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(DASH) || space < DASH.length()) {
            throw new Malformed(place, "not a signature line");
        }
        String name = line.substring(DASH.length(), space);
        byte[] all = Base64Text.decode(line.substring(space + 1), place);
        if (!NoteKey.isName(name) || all.length < 5) {
            throw new Malformed(place, "not a signature line");
        }
        ByteBuffer buffer = ByteBuffer.wrap(all);
        int keyId = buffer.getInt();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return new Signature(name, keyId, bytes);
    }
}
