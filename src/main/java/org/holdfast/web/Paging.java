// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param page counted from 1, at most {@code pages}
 * @param pages how many there are, at least 1
 * @param size lines on a page
 */
public record Paging(int page, int pages, int size) {

    /** The page that was asked for; past the end it is the last. */
    public static Paging of(int asked, int total, int size) {
        int pages = Math.max(1, (total + size - 1) / size);
        return new Paging(Math.min(asked, pages), pages, size);
    }

    /** The number in an address; 1 for what is none. */
    public static int asked(@Nullable String page) {
        return page != null && page.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(page) : 1;
    }

    /** Lines on the pages before. */
    public int skipped() {
        return (page - 1) * size;
    }
}
