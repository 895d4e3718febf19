// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.io.IOException;

/** Hashes of complete subtrees, from memory or from stored tiles; what proofs are made of. */
public interface Nodes {
    /**
     * The hash over the {@code 2^level} leaves from {@code index * 2^level} on, 32 bytes.
     *
     * @throws IOException if what is stored cannot be read or does not hold this subtree
     */
    byte[] node(int level, long index) throws IOException;
}
