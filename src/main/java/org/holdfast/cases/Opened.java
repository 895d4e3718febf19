// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** A row and what was sealed in it. */
record Opened<R, V>(R row, V value) {

    /**
     * Opens rows and puts them in the order of what they say, oldest first.
     *
     * @param at the instant of a value, see {@link Moments}
     */
    static <R, V> List<Opened<R, V>> inOrder(List<R> rows, Function<R, V> open, Function<V, String> at) {
        return rows.stream()
                .map(row -> new Opened<>(row, open.apply(row)))
                .sorted(Comparator.comparing(opened -> at.apply(opened.value()), Moments.ORDER))
                .toList();
    }
}
