// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

/**
 * The rows of a room that the log vouches for, so that the verifier can compare all of them with their newest entries.
 *
 * <p>Each room with sealed tables has one bean of this type.
 */
@FunctionalInterface
public interface SealedRows {
    /** Takes one row. */
    @FunctionalInterface
    interface Sink {
        /**
         * @param table the table's name
         * @param object the object's name in the log, as its entries have it
         * @param hash the {@link RowHash} of the row as it stands, or the hash of the grant or statement; 32 bytes
         * @param revision the row's own, where each write raises it by one from 1, is signed and leaves one entry; else 0
         */
        void row(String table, Pseudonym object, byte[] hash, long revision);
    }

    /**
     * Hands every row over, in any order, in constant memory.
     *
     * <p>Called inside a transaction that sees one moment of the database; reads on the caller's connection only.
     */
    void rows(Sink sink);
}
