// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.access;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param loginTag SHA-256 of {@code holdfast/v1/login}, tenant and the token's subject, 32 bytes; no bytes before the
 *     organisation is founded
 * @param staffId the enrolled person, or null for somebody who is logged in and not enrolled
 * @param roles the effective roles: those that token and signed directory both name
 */
public record Actor(byte[] loginTag, @Nullable UUID staffId, Set<Role> roles) {

    /** Copies the set. */
    public Actor {
        roles = Set.copyOf(roles);
    }

    @Override
    public String toString() {
        return "Actor[" + staffId + "]";
    }
}
