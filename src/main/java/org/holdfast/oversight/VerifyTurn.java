// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.oversight;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One verification at a time on a server: each reads the whole log in one snapshot and holds tables of ids that fill a part of the
 * memory. Safe between threads.
 */
@ApplicationScoped
class VerifyTurn {
    private final AtomicReference<@Nullable Running> running = new AtomicReference<>();

    /** A verification under way; closing it lets the next one begin. */
    final class Running implements AutoCloseable {
        private final UUID person;
        private volatile long done;
        private volatile long all;

        private Running(UUID person) {
            this.person = person;
        }

        void read(long entries, long ofAll) {
            done = entries;
            all = ofAll;
        }

        @Override
        public void close() {
            running.compareAndSet(this, null);
        }
    }

    /**
     * How far the one under way is.
     *
     * @param mine whether the same person began it
     */
    record Standing(boolean mine, long done, long all) {}

    /** Empty if one is under way. */
    Optional<Running> begin(UUID person) {
        Running mine = new Running(person);
        return running.compareAndSet(null, mine) ? Optional.of(mine) : Optional.empty();
    }

    Standing standing(UUID person) {
        Running now = running.get();
        return now == null ? new Standing(false, 0, 0) : new Standing(now.person.equals(person), now.done, now.all);
    }
}
