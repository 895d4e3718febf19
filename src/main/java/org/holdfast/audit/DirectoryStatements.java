// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.util.function.Consumer;

/** The signed statements of the directory, for the verifier; the room that keeps the directory has the one bean. */
@FunctionalInterface
public interface DirectoryStatements {
    /**
     * Hands over each statement's bytes as they were signed, in the order of the chain.
     *
     * <p>Called inside a transaction that sees one moment of the database; reads on the caller's connection only.
     */
    void statements(Consumer<byte[]> sink);
}
