// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The strict reader of the entry form, without an object per entry: it checks the bytes in place and remembers where
 * each field stands.
 *
 * <p>The grammar has one spelling for each value (order fixed, no white space, no escape, no leading zero, lower-case
 * hexadecimal), so what it accepts is what {@link Entry#encode()} writes. Not safe between threads; one instance reads
 * one entry after another.
 */
final class EntryCursor {
    static final int MAX_BYTES = 1024;

    static final int V = 0;
    static final int T = 1;
    static final int A = 2;
    static final int K = 3;
    static final int E = 4;
    static final int C = 5;
    static final int O = 6;
    static final int R = 7;
    static final int W = 8;
    static final int H = 9;
    static final int D = 10;
    static final int S = 11;
    static final int N = 12;
    static final int X = 13;
    static final int G = 14;
    static final int FIELDS = 15;

    static final String REPORT_DOOR = "report-door";
    static final String SYSTEM = "system";
    static final String UNKNOWN = "unknown";

    private static final String KEYS = "vtakecorwhdsnxg";
    private static final byte[] ORDER = order();
    private static final boolean[] REQUIRED = required();
    private static final int[] HEX_DIGITS = hexDigits();
    private static final byte[] CODE = code();

    private static final byte LETTER = 0;
    private static final byte UNDERSCORE = 1;

    private final int[] from = new int[FIELDS];
    private final int[] to = new int[FIELDS];
    private byte[] bytes = new byte[0];
    private int start;
    private int at;
    private int end;

    /** Reads one whole entry, signed or never to be signed: a key id without a signature is refused. */
    void read(byte[] source, int offset, int length) throws Malformed {
        scan(source, offset, length);
        if (has(K) != has(G)) {
            throw bad(end, "the actor's key and signature must stand together");
        }
    }

    /** Reads an entry that may still wait for its signature. */
    void readDraft(byte[] source, int offset, int length) throws Malformed {
        scan(source, offset, length);
        if (has(G) && !has(K)) {
            throw bad(end, "a signature without the actor's key");
        }
    }

    boolean has(int field) {
        return from[field] >= 0;
    }

    int from(int field) {
        return from[field];
    }

    int length(int field) {
        return to[field] - from[field];
    }

    byte[] source() {
        return bytes;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    @Nullable String text(int field) {
        return has(field) ? new String(bytes, from[field], length(field), StandardCharsets.ISO_8859_1) : null;
    }

    /** The session counter; 0 when there is none. */
    int counter() {
        int value = 0;
        for (int i = from[N]; i >= 0 && i < to[N]; i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        return value;
    }

    boolean startsWith(int field, byte[] prefix) {
        return has(field)
                && length(field) >= prefix.length
                && Arrays.equals(bytes, from[field], from[field] + prefix.length, prefix, 0, prefix.length);
    }

    boolean is(int field, byte[] value) {
        return has(field) && length(field) == value.length && startsWith(field, value);
    }

    private void scan(byte[] source, int offset, int length) throws Malformed {
        bytes = source;
        start = offset;
        at = offset;
        end = offset + length;
        if (length > MAX_BYTES) {
            throw bad(offset + MAX_BYTES, "an entry has at most " + MAX_BYTES + " bytes");
        }
        Arrays.fill(from, -1);
        expect('{', "an entry begins with a brace");
        int last = -1;
        while (true) {
            expect('"', "a key is expected");
            int letter = at < end ? bytes[at] : 0;
            int field = letter >= 0 ? ORDER[letter] : -1;
            if (field < 0) {
                throw bad(at, "this key is not known");
            }
            if (field <= last) {
                throw bad(at, "a key is out of order or given twice");
            }
            at++;
            expect('"', "this key is not known");
            expect(':', "a colon is expected");
            for (int skipped = last + 1; skipped < field; skipped++) {
                missing(skipped);
            }
            value(field);
            last = field;
            if (at < end && bytes[at] == ',') {
                at++;
                continue;
            }
            expect('}', "a comma or the closing brace is expected");
            break;
        }
        for (int skipped = last + 1; skipped < FIELDS; skipped++) {
            missing(skipped);
        }
        if (at != end) {
            throw bad(at, "nothing may follow the closing brace");
        }
        if (has(S) != has(N)) {
            throw bad(end, "session and counter must stand together");
        }
        // The report door tells the day and nothing finer; everybody else tells the minute.
        boolean day = bytes[from[A]] == 'r';
        if (!EntryTime.isGood(bytes, from[T], length(T), day)) {
            throw bad(from[T], day ? "a day is expected" : "a minute in UTC is expected");
        }
    }

    private void missing(int field) throws Malformed {
        if (REQUIRED[field]) {
            throw bad(at, "the key " + KEYS.charAt(field) + " is missing");
        }
    }

    private void value(int field) throws Malformed {
        if (field == V || field == N) {
            number(field);
            return;
        }
        expect('"', "a text is expected");
        from[field] = at;
        int digits = HEX_DIGITS[field];
        if (digits > 0 && !(field == A && at < end && bytes[at] > 'f')) {
            if (end - at < digits || !Hex.isHex(bytes, at, at + digits)) {
                throw bad(at, digits + " lower-case hexadecimal digits are expected");
            }
            at += digits;
        } else {
            word(field);
        }
        to[field] = at;
        expect('"', "the text does not end where it must");
    }

    private void word(int field) throws Malformed {
        int begin = at;
        if (field == T) {
            while (at < end && at - begin < 17 && bytes[at] != '"') {
                at++;
            }
            return;
        }
        if (field == A) {
            literal(bytes[at] == 'r' ? REPORT_DOOR : bytes[at] == 's' ? SYSTEM : UNKNOWN);
            return;
        }
        if (field == R) {
            literal(at < end && bytes[at] == 'd' ? "done" : "refused");
            return;
        }
        int widest = field == E ? LETTER : UNDERSCORE;
        byte[] in = bytes;
        int p = begin;
        for (int last = end; p < last && in[p] > 0 && CODE[in[p]] <= widest; ) {
            p++;
        }
        at = p;
        if (at == begin || at - begin > 40) {
            throw bad(begin, "a code of 1 to 40 characters is expected");
        }
    }

    private void literal(String word) throws Malformed {
        for (int i = 0; i < word.length(); i++) {
            if (at >= end || bytes[at] != word.charAt(i)) {
                throw bad(at, "this value is not known");
            }
            at++;
        }
    }

    private void number(int field) throws Malformed {
        from[field] = at;
        long value = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && at - from[field] < 10) {
            value = value * 10 + (bytes[at] - '0');
            at++;
        }
        to[field] = at;
        if (at == from[field] || bytes[from[field]] == '0' || value > Integer.MAX_VALUE) {
            throw bad(from[field], "a number from 1 to 2147483647 without leading zero is expected");
        }
        if (field == V && value != 1) {
            throw bad(from[field], "this version is not known");
        }
    }

    private void expect(char c, String otherwise) throws Malformed {
        if (at >= end || bytes[at] != c) {
            throw bad(at, otherwise);
        }
        at++;
    }

    private Malformed bad(int position, String reason) {
        return new Malformed("byte " + (position - start), reason);
    }

    private static byte[] order() {
        byte[] order = new byte[128];
        Arrays.fill(order, (byte) -1);
        for (int i = 0; i < KEYS.length(); i++) {
            order[KEYS.charAt(i)] = (byte) i;
        }
        return order;
    }

    private static boolean[] required() {
        boolean[] required = new boolean[FIELDS];
        for (int field : new int[] {V, T, A, E, R, X}) {
            required[field] = true;
        }
        return required;
    }

    private static int[] hexDigits() {
        int[] digits = new int[FIELDS];
        digits[A] = 32;
        digits[K] = 16;
        digits[C] = 32;
        digits[O] = 32;
        digits[H] = 64;
        digits[D] = 64;
        digits[S] = 32;
        digits[X] = 32;
        digits[G] = 128;
        return digits;
    }

    private static byte[] code() {
        byte[] code = new byte[128];
        Arrays.fill(code, Byte.MAX_VALUE);
        for (char c : "abcdefghijklmnopqrstuvwxyz0123456789.-".toCharArray()) {
            code[c] = LETTER;
        }
        code['_'] = UNDERSCORE;
        return code;
    }
}
