// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

/**
 * A hash table from ids of 16 bytes to a few numbers, that never holds more than it may: when it is full, it gives up
 * the upper half of the ids it stands for, and a later pass over the log takes those.
 *
 * <p>Ids are random, so their highest bits divide them evenly. Open addressing in one array: no object per entry. Not
 * safe between threads.
 */
final class PrefixTable {
    private static final int PARTS = 1 << 16;
    private static final int SMALLEST = 1 << 10;
    /** What a record has beside its numbers: that it is taken, and the id. */
    private static final int OWN = 3;

    private final int values;
    private final int maxEntries;
    private long[] slots;
    private int mask;
    private int count;
    private int from;
    private int to = PARTS;

    /**
     * @param values numbers per id
     * @param maxEntries ids held before the upper half is given up
     */
    PrefixTable(int values, int maxEntries) {
        this.values = values;
        this.maxEntries = maxEntries;
        clear(SMALLEST);
    }

    /** How many ids fit into so many bytes with so many numbers each, up to twelve million. */
    static int idsFor(long bytes, int values) {
        long slots =
                Math.max(SMALLEST, Math.min(1 << 24, Long.highestOneBit(bytes / ((OWN + values) * (long) Long.BYTES))));
        return (int) (slots / 4 * 3) - 1;
    }

    private void clear(int size) {
        slots = new long[size * width()];
        mask = size - 1;
        count = 0;
    }

    private int width() {
        return OWN + values;
    }

    /** Whether this pass takes the id. */
    boolean covers(long high) {
        int part = (int) (high >>> 48);
        return part >= from && part < to;
    }

    /** Whether ids remain for another pass. */
    boolean more() {
        return to < PARTS;
    }

    /** Forgets everything and turns to the ids above those it stood for. */
    void advance() {
        from = to;
        to = PARTS;
        clear(SMALLEST);
    }

    /** The place of the id's numbers in {@link #at}, or -1. */
    int find(long high, long low) {
        int slot = slot(slots, mask, high, low);
        return slots[slot] == 0 ? -1 : slot + OWN;
    }

    /** The place of the id's numbers, all zero if the id is new; -1 if the table has just given the id up. */
    int put(long high, long low) {
        int slot = slot(slots, mask, high, low);
        if (slots[slot] == 0) {
            if (count >= maxEntries && to - from > 1) {
                to = from + (to - from) / 2;
                rebuild();
            } else if (full(count + 1, mask + 1)) {
                rebuild();
            }
            if (!covers(high)) {
                return -1;
            }
            slot = slot(slots, mask, high, low);
            slots[slot] = 1;
            slots[slot + 1] = high;
            slots[slot + 2] = low;
            count++;
        }
        return slot + OWN;
    }

    long at(int place) {
        return slots[place];
    }

    void set(int place, long value) {
        slots[place] = value;
    }

    /** The place after the given one, in no order; start with -1, which is also the end. */
    int next(int place) {
        for (int slot = place < 0 ? 0 : place - OWN + width(); slot < slots.length; slot += width()) {
            if (slots[slot] != 0) {
                return slot + OWN;
            }
        }
        return -1;
    }

    long high(int place) {
        return slots[place - 2];
    }

    long low(int place) {
        return slots[place - 1];
    }

    private static boolean full(int count, int size) {
        return count > size / 4 * 3;
    }

    /** Moves what is still covered into a table with room for it and one more. */
    private void rebuild() {
        long[] old = slots;
        int staying = 1;
        for (int slot = 0; slot < old.length; slot += width()) {
            staying += old[slot] != 0 && covers(old[slot + 1]) ? 1 : 0;
        }
        int size = SMALLEST;
        while (full(staying, size)) {
            size *= 2;
        }
        clear(size);
        for (int slot = 0; slot < old.length; slot += width()) {
            if (old[slot] != 0 && covers(old[slot + 1])) {
                System.arraycopy(old, slot, slots, slot(slots, mask, old[slot + 1], old[slot + 2]), width());
                count++;
            }
        }
    }

    private int slot(long[] in, int mask, long high, long low) {
        int i = (int) (low ^ low >>> 32) & mask;
        while (in[i * width()] != 0 && (in[i * width() + 1] != high || in[i * width() + 2] != low)) {
            i = i + 1 & mask;
        }
        return i * width();
    }
}
