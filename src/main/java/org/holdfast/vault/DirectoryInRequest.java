// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import io.quarkus.arc.Arc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** The directory as the request that is being served has seen it, outside of its transactions; nothing where there is no request. */
@ApplicationScoped
class DirectoryInRequest {

    private final Seen seen;

    DirectoryInRequest(Seen seen) {
        this.seen = seen;
    }

    @Nullable Chain known() {
        return serving() ? seen.get() : null;
    }

    /** @param chain null to look again at the next question */
    void know(@Nullable Chain chain) {
        if (serving()) {
            seen.set(chain);
        }
    }

    private static boolean serving() {
        return Arc.container().requestContext().isActive();
    }

    /** One request, one thread at a time. */
    @RequestScoped
    static class Seen {
        private @Nullable Chain chain;

        @Nullable Chain get() {
            return chain;
        }

        void set(@Nullable Chain known) {
            chain = known;
        }
    }
}
