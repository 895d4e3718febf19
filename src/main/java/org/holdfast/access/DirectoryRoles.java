// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.access;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What the signed directory says about somebody who logged in. The vault answers. */
public interface DirectoryRoles {

    /** The organisation's id, once it is founded: the tenant in every context and tag. */
    Optional<UUID> tenant();

    /**
     * The active person enrolled under this login tag.
     *
     * @param loginTag 32 bytes, see {@link Actor#loginTag()}
     */
    Optional<Enrolled> byLogin(byte[] loginTag);

    /**
     * An active person of the directory.
     *
     * @param staffId random, never Keycloak's
     * @param roles as signed
     */
    record Enrolled(UUID staffId, Set<Role> roles) {}
}
