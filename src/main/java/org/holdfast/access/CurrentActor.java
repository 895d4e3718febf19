// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.access;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Who asks in this request. Read once and the same until its end. */
@RequestScoped
public class CurrentActor {

    /**
     * The person.
     *
     * @throws Problem.NeedsLogin if nobody is logged in
     */
    public Actor actor() {
        throw new IllegalStateException("not built yet");
    }

    /**
     * Goes on only for somebody with one of these effective roles.
     *
     * @throws Problem.Refused otherwise
     * @throws Problem.NeedsLogin if nobody is logged in
     */
    public void require(Role... any) {
        throw new IllegalStateException("not built yet");
    }

    /** Whether the effective roles contain this one; false when nobody is logged in. */
    public boolean has(Role role) {
        throw new IllegalStateException("not built yet");
    }

    /** Whether somebody is logged in. */
    public boolean isLoggedIn() {
        throw new IllegalStateException("not built yet");
    }

    /** What the token alone says. Only first start and enrolment may go by it. */
    public Set<Role> tokenRoles() {
        throw new IllegalStateException("not built yet");
    }

    /** The tag that this login has in the given organisation, 32 bytes. */
    public byte[] loginTag(UUID tenant) {
        throw new IllegalStateException("not built yet");
    }

    /** Keycloak's id of this login session, the {@code sid} of the token. */
    public Optional<String> loginSession() {
        throw new IllegalStateException("not built yet");
    }
}
