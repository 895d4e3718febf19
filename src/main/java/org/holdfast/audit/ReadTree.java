// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.util.Arrays;
import java.util.Optional;
import org.holdfast.tlog.Checkpoint;
import org.holdfast.tlog.TreeHasher;
import org.jspecify.annotations.Nullable;

/**
 * The tree (RFC 6962) over the lines that this server has read, held to the head that it had read before it was stopped. Not safe
 * between threads.
 */
final class ReadTree {

    /**
     * The head over the lines that were read.
     *
     * @param root 32 bytes
     */
    record Head(long size, byte[] root) {}

    private final TreeHasher tree = new TreeHasher();
    private final @Nullable Checkpoint before;
    private boolean another;

    ReadTree(Optional<Checkpoint> before) {
        this.before = before.orElse(null);
    }

    void append(byte[] leaf) {
        tree.appendLeafHash(leaf);
        if (before != null && before.size() == tree.size()) {
            another = !Arrays.equals(before.root(), tree.root());
        }
    }

    /** What is wrong with the beginning of the log, once all of it was read; null if nothing is. */
    @Nullable String objection() {
        if (before == null || (tree.size() >= before.size() && !another)) {
            return null;
        }
        return another
                ? "its first " + before.size() + " lines are not those that this server had read before it was stopped"
                : "its end was cut off at line " + tree.size();
    }

    Head head() {
        return new Head(tree.size(), tree.root());
    }
}
