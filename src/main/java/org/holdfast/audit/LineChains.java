// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.util.Arrays;

/**
 * For each of many names the lines that have it, the newest first. Open addressing in arrays: about 16 bytes a name and 4 a line,
 * and no object. Names are 64 bits of a keyed hash: two that collide by chance would only have an opening refused, and nobody can choose
 * where one falls. Not safe between threads.
 */
final class LineChains {
    /** No line. */
    static final int NONE = -1;

    private long[] names = new long[1 << 10];
    /** The newest line of the name at the same place, and one more, so that 0 says that the place is free. */
    private int[] newest = new int[1 << 10];
    /** The line before a line, by the line. */
    private int[] before = new int[1 << 10];

    private int used;

    /** Adds a line, which is younger than all that were added before. */
    void add(long name, int line) {
        if (used * 2 >= names.length) {
            grow();
        }
        int place = place(name);
        if (newest[place] == 0) {
            names[place] = name;
            used++;
        }
        if (line >= before.length) {
            before = Arrays.copyOf(before, Math.max(line + 1, before.length + (before.length >> 1)));
        }
        before[line] = newest[place] - 1;
        newest[place] = line + 1;
    }

    /** The newest line of a name, or {@link #NONE}. */
    int newest(long name) {
        return newest[place(name)] - 1;
    }

    /** The line before this one with the same name, or {@link #NONE}. */
    int before(int line) {
        return before[line];
    }

    private int place(long name) {
        int mask = names.length - 1;
        int place = (int) (name >>> 32 ^ name) & mask;
        while (newest[place] != 0 && names[place] != name) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldNames = names;
        int[] oldNewest = newest;
        names = new long[oldNames.length * 2];
        newest = new int[oldNames.length * 2];
        for (int i = 0; i < oldNames.length; i++) {
            if (oldNewest[i] != 0) {
                int place = place(oldNames[i]);
                names[place] = oldNames[i];
                newest[place] = oldNewest[i];
            }
        }
    }
}
