// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Collects findings: the first hundred as they come, the number of all. */
final class Findings {
    static final int KEPT = 100;

    private final List<Finding> kept = new ArrayList<>();
    private long total;

    /** What a further pass finds once more is no further finding. */
    void add(long index, String kind, String sentence) {
        Finding finding = new Finding(index, kind, sentence);
        if (kept.contains(finding)) {
            return;
        }
        total++;
        if (kept.size() < KEPT) {
            kept.add(finding);
        }
    }

    /** How many are kept so far, as a mark for {@link #sortFrom}. */
    int mark() {
        return kept.size();
    }

    /** Puts what was kept since a mark into order: causes first, each in the order of the log; what is about no entry goes last. */
    void sortFrom(int mark) {
        kept.subList(mark, kept.size())
                .sort(Comparator.comparingInt(Finding::rank)
                        .thenComparingLong(f -> f.index() == Finding.NOWHERE ? Long.MAX_VALUE : f.index()));
    }

    List<Finding> kept() {
        return kept;
    }

    long total() {
        return total;
    }

    /** Sorts what a table yields in no order by index before it is added, in bounded memory. */
    final class Sorted {
        private final PriorityQueue<Finding> lowest =
                new PriorityQueue<>(Comparator.comparingLong(Finding::index).reversed());
        private long seen;

        void add(long index, String kind, String sentence) {
            seen++;
            lowest.add(new Finding(index, kind, sentence));
            if (lowest.size() > KEPT) {
                lowest.poll();
            }
        }

        void flush() {
            List<Finding> ascending = new ArrayList<>(lowest);
            ascending.sort(Comparator.comparingLong(Finding::index));
            ascending.forEach(f -> Findings.this.add(f.index(), f.kind(), f.sentence()));
            total += seen - ascending.size();
            lowest.clear();
            seen = 0;
        }
    }
}
