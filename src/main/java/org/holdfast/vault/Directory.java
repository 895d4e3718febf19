// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The signed directory: whose key is whose. A chain of statements from the founding one, whose SHA-256 is pinned in the
 * configuration; each names the one before it and is signed by an active supervisor. A statement that does not fit stops
 * everything that needs the directory.
 */
@ApplicationScoped
public class Directory {

    /** The organisation's id. */
    public Optional<UUID> tenant() {
        throw new IllegalStateException("not built yet");
    }

    /** Whether there is a founding statement. */
    public boolean founded() {
        throw new IllegalStateException("not built yet");
    }

    /**
     * A person, active or not.
     *
     * @throws org.holdfast.access.Problem.NotHere if the directory does not know her
     */
    public Person person(UUID staffId) {
        throw new IllegalStateException("not built yet");
    }

    /** The active people, oldest first. */
    public List<Person> people() {
        throw new IllegalStateException("not built yet");
    }
}
