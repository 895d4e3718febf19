// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where a log and what belongs to it is read from: a bundle file, or the server's database.
 *
 * <p>Everything must come from one moment (a repeatable read, a finished file). Methods may be called more than once and
 * in any order. Nothing here is trusted.
 */
public interface LogSource {

    /** The newest checkpoint, a signed note. */
    byte[] checkpoint() throws IOException, Malformed;

    /**
     * A tile of hashes ({@code 32 * width} bytes) or, at level {@link Tile#ENTRIES}, an entry bundle as {@link EntryBundle}
     * encodes it, in the width that the checkpoint's size asks for.
     *
     * @return null if it is not held
     */
    byte @Nullable [] tile(Tile tile) throws IOException, Malformed;

    /** Every row that the database holds now, in any order. */
    void rows(RowSink sink) throws IOException, Malformed;

    /** Every signed statement of the directory, in the order of the chain. */
    void directory(LineSink sink) throws IOException, Malformed;

    /**
     * Entries that are written and have no place in the tree yet, oldest first: those of the report door wait for the full
     * hour. They count as newest where rows are compared.
     */
    void waiting(LineSink sink) throws IOException, Malformed;

    /** Takes the rows. */
    @FunctionalInterface
    interface RowSink {
        /**
         * @param table the table's name
         * @param object pseudonym, 32 hexadecimal digits
         * @param hash row hash, 64 digits
         * @param revision how many entries wrote it, as the row itself says, from 1; 0 if it does not count them
         */
        void row(String table, String object, String hash, long revision) throws IOException, Malformed;
    }

    /** Takes statements or entries. */
    @FunctionalInterface
    interface LineSink {
        void line(byte[] bytes) throws IOException, Malformed;
    }
}
