// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.holdfast.tlog.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Which lines write something, and about what: some 50 bytes for each of them. Not safe between threads.
 */
final class KnownLines {
    /** No line. */
    static final long NONE = -1;

    private final LineChains rows = new LineChains();
    private final LineChains cases = new LineChains();
    /** Of each line: its number, and the first half of its leaf. */
    private long[] numbers = new long[1 << 10];

    private long[] leaves = new long[1 << 11];
    private int lines;

    /** Names are chosen by who writes lines; where they fall here is not. */
    private final byte[] secret = new byte[32];

    KnownLines() {
        new SecureRandom().nextBytes(secret);
    }

    /** Takes a line in; numbers rise. */
    void take(long number, byte[] leaf, Entry entry) {
        String hash = entry.rowHash();
        String kind = entry.kind();
        boolean statement = kind.startsWith("directory.");
        boolean vouched = statement || kind.startsWith("grant.");
        boolean grant = kind.equals(Act.GRANT_GIVEN.code()) || kind.equals(Act.GRANT_REVOKED.code());
        String name = vouched ? hash : entry.object();
        // As LogReader asks for them.
        boolean asked = !vouched || statement || grant;
        if (!asked || hash == null || name == null || !entry.outcome().equals(Outcome.DONE.code())) {
            return;
        }
        if (lines == numbers.length) {
            numbers = Arrays.copyOf(numbers, lines + (lines >> 1));
            leaves = Arrays.copyOf(leaves, 2 * numbers.length);
        }
        numbers[lines] = number;
        ByteBuffer half = ByteBuffer.wrap(leaf);
        leaves[2 * lines] = half.getLong();
        leaves[2 * lines + 1] = half.getLong();
        rows.add(name(HexFormat.of().parseHex(name)), lines);
        String caseName = entry.caseRef();
        if (caseName != null && !vouched) {
            cases.add(name(HexFormat.of().parseHex(caseName)), lines);
        }
        lines++;
    }

    /** Rows have 16 bytes, grants and statements 32, so that none passes for another. */
    private long name(byte[] bytes) {
        byte[] both = Arrays.copyOf(secret, secret.length + bytes.length);
        System.arraycopy(bytes, 0, both, secret.length, bytes.length);
        return ByteBuffer.wrap(AuditEntry.sha256(both)).getLong();
    }

    /**
     * A line about a row, or that gives, revokes or states what has a hash, which a reading should have found and did not.
     *
     * @param end a reading sees lines below this number
     * @param found leaf hashes of what it found, by number
     * @return its number, or {@link #NONE}
     */
    long missing(byte[] name, long end, Map<Long, byte[]> found) {
        return missing(rows, name, end, found);
    }

    /** As {@link #missing}, of the lines about the rows of a case. */
    long missingOfCase(byte[] name, long end, Map<Long, byte[]> found) {
        return missing(cases, name, end, found);
    }

    private long missing(LineChains chains, byte[] name, long end, Map<Long, byte[]> found) {
        int line = chains.newest(name(name));
        while (line != LineChains.NONE && (numbers[line] >= end || isFound(line, found.get(numbers[line])))) {
            line = chains.before(line);
        }
        return line == LineChains.NONE ? NONE : numbers[line];
    }

    private boolean isFound(int line, byte @Nullable [] leaf) {
        ByteBuffer half = leaf == null ? null : ByteBuffer.wrap(leaf);
        return half != null && half.getLong() == leaves[2 * line] && half.getLong() == leaves[2 * line + 1];
    }
}
