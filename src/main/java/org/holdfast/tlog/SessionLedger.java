// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks that each unlocked session numbers its entries 1, 2, 3 … with none missing and none twice.
 *
 * <p>Entries of one session may stand in the log in another order than they were numbered. The last entries of a session
 * can be cut off without a trace here; what they wrote is missed where rows are compared.
 */
final class SessionLedger {
    private static final int UP_TO = 0;
    /** Requests of one session overtake one another by a few numbers; only a forged log has so many that wait. */
    private static final int MOST_EARLY = 1 << 16;

    private record Id(long high, long low) {}

    private final PrefixTable table;
    private final Map<Id, TreeMap<Integer, Long>> early = new HashMap<>();
    private final Findings findings;
    private int waiting;

    SessionLedger(Findings findings, int maxEntries) {
        this.findings = findings;
        this.table = new PrefixTable(1, maxEntries);
    }

    void add(EntryCursor entry, long index) {
        if (!entry.has(EntryCursor.S)) {
            return;
        }
        byte[] bytes = entry.source();
        int from = entry.from(EntryCursor.S);
        long high = Hex.sixteen(bytes, from);
        if (!table.covers(high)) {
            return;
        }
        long low = Hex.sixteen(bytes, from + 16);
        int place = table.put(high, low);
        if (place < 0) {
            return;
        }
        int number = entry.counter();
        long upTo = table.at(place + UP_TO);
        if (number == upTo + 1) {
            table.set(place + UP_TO, early.isEmpty() ? number : absorb(new Id(high, low), number));
        } else if (number > upTo && waiting >= MOST_EARLY) {
            findings.add(
                    index,
                    "session.gap",
                    "Entry " + index + " is number " + number + " of its session, and those before it are missing.");
        } else if (number <= upTo || !keep(new Id(high, low), number, index)) {
            findings.add(
                    index,
                    "session.repeated",
                    "Entry " + index + " has the number " + number
                            + " of its session, which another entry has already: one of them was copied or forged.");
        }
    }

    /** False if another entry waits under this number. */
    private boolean keep(Id id, int number, long index) {
        boolean first = early.computeIfAbsent(id, any -> new TreeMap<>()).putIfAbsent(number, index) == null;
        waiting += first ? 1 : 0;
        return first;
    }

    private long absorb(Id id, int number) {
        TreeMap<Integer, Long> next = early.get(id);
        int upTo = number;
        while (next != null && next.remove(upTo + 1) != null) {
            upTo++;
            waiting--;
        }
        if (next != null && next.isEmpty()) {
            early.remove(id);
        }
        return upTo;
    }

    /** Reports the gaps of the sessions that this pass took; true if there must be another pass. */
    boolean finishPass() {
        Findings.Sorted sorted = findings.new Sorted();
        early.forEach((id, numbers) -> {
            if (table.covers(id.high())) {
                long upTo = table.at(table.find(id.high(), id.low()) + UP_TO);
                Map.Entry<Integer, Long> first = numbers.entrySet().iterator().next();
                int next = first.getKey();
                long index = first.getValue();
                sorted.add(
                        index,
                        "session.gap",
                        "Number " + (upTo + 1) + (next > upTo + 2 ? " to " + (next - 1) : "")
                                + " of a session is missing; entry " + index + " is its number " + next
                                + ": an entry was taken out.");
            }
        });
        sorted.flush();
        early.clear();
        waiting = 0;
        boolean more = table.more();
        if (more) {
            table.advance();
        }
        return more;
    }
}
