// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.access;

import java.time.Instant;
import java.util.Optional;

/** What every page of the desk may show about the person who looks at it. The vault answers. */
public interface Presence {

    /** When the unlocked session ends if nothing more is asked; empty while locked. */
    Optional<Instant> unlockedUntil();

    /** The person's own display name; empty while locked. */
    Optional<String> displayName();

    /** Whether the organisation is founded: before that only the first start is open. */
    boolean founded();
}
