// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.holdfast.access.Presence;

/** Tells the frame of a page what it may show about the person who looks at it. */
@ApplicationScoped
class Here implements Presence {

    private final UnlockedUser user;
    private final StaffNames names;
    private final Directory directory;

    Here(UnlockedUser user, StaffNames names, Directory directory) {
        this.user = user;
        this.names = names;
        this.directory = directory;
    }

    @Override
    public Optional<Instant> unlockedUntil() {
        return user.until();
    }

    @Override
    public Optional<String> displayName() {
        return user.isUnlocked() ? Optional.of(names.of(user.staffId())) : Optional.empty();
    }

    @Override
    public boolean founded() {
        return directory.founded();
    }
}
