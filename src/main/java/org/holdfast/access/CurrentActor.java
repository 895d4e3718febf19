// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.holdfast.audit.ActingNow;
import org.holdfast.crypto.Hashes;
import org.jspecify.annotations.Nullable;

/** Who asks in this request. Read once and the same until its end. */
@RequestScoped
public class CurrentActor {

    private static final byte[] LOGIN = "holdfast/v1/login".getBytes(StandardCharsets.US_ASCII);

    private final SecurityIdentity identity;
    private final DirectoryRoles directory;
    private final ActingNow acting;
    private @Nullable Actor actor;

    CurrentActor(SecurityIdentity identity, DirectoryRoles directory, ActingNow acting) {
        this.identity = identity;
        this.directory = directory;
        this.acting = acting;
    }

    /**
     * The person.
     *
     * @throws Problem.NeedsLogin if nobody is logged in
     */
    public Actor actor() {
        Actor known = actor;
        if (known == null) {
            known = find();
            actor = known;
            acting.actor(known.staffId(), known.staffId() != null);
        }
        return known;
    }

    /** Forgets the answer, after what this request itself changed in the directory. */
    public void askAgain() {
        actor = null;
    }

    private Actor find() {
        subject();
        Optional<UUID> tenant = directory.tenant();
        if (tenant.isEmpty()) {
            return new Actor(new byte[0], null, Set.of());
        }
        byte[] tag = loginTag(tenant.get());
        Optional<DirectoryRoles.Enrolled> enrolled = directory.byLogin(tag);
        if (enrolled.isEmpty()) {
            return new Actor(tag, null, Set.of());
        }
        Set<Role> both = EnumSet.noneOf(Role.class);
        both.addAll(tokenRoles());
        both.retainAll(enrolled.get().roles());
        return new Actor(tag, enrolled.get().staffId(), both);
    }

    /**
     * Goes on only for somebody with one of these effective roles.
     *
     * @throws Problem.Refused otherwise
     * @throws Problem.NeedsLogin if nobody is logged in
     */
    public void require(Role... any) {
        Set<Role> roles = actor().roles();
        for (Role role : any) {
            if (roles.contains(role)) {
                return;
            }
        }
        throw Problem.refused("role");
    }

    /** Whether the effective roles contain this one; false when nobody is logged in. */
    public boolean has(Role role) {
        return isLoggedIn() && actor().roles().contains(role);
    }

    /** Whether somebody is logged in. */
    public boolean isLoggedIn() {
        return !identity.isAnonymous() && identity.getPrincipal() instanceof JsonWebToken;
    }

    /** What the token alone says. Only first start and enrolment may go by it. */
    public Set<Role> tokenRoles() {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        identity.getRoles().forEach(code -> Role.of(code).ifPresent(roles::add));
        return roles;
    }

    /** The tag that this login has in the given organisation, 32 bytes. */
    public byte[] loginTag(UUID tenant) {
        return loginTag(tenant, subject());
    }

    static byte[] loginTag(UUID tenant, String subject) {
        byte[] id = ByteBuffer.allocate(16)
                .putLong(tenant.getMostSignificantBits())
                .putLong(tenant.getLeastSignificantBits())
                .array();
        return Hashes.sha256(LOGIN, id, subject.getBytes(StandardCharsets.UTF_8));
    }

    /** Keycloak's id of this login session, the {@code sid} of the token. */
    public Optional<String> loginSession() {
        return isLoggedIn() ? Optional.ofNullable(token().getClaim("sid")) : Optional.empty();
    }

    private String subject() {
        if (!isLoggedIn()) {
            throw Problem.needsLogin();
        }
        String subject = token().getSubject();
        if (subject == null) {
            throw Problem.needsLogin();
        }
        return subject;
    }

    private JsonWebToken token() {
        return (JsonWebToken) identity.getPrincipal();
    }
}
