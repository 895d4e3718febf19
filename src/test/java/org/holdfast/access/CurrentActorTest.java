// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.holdfast.audit.ActingNow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CurrentActorTest {

    private static final UUID TENANT = new UUID(1, 2);
    private static final UUID STAFF = new UUID(3, 4);

    @Test
    void a_role_of_the_token_alone_gives_nothing() {
        CurrentActor actor = actor("subject", Set.of("supervisor", "caseworker"), Set.of(Role.CASEWORKER));
        assertTrue(actor.has(Role.CASEWORKER));
        assertFalse(actor.has(Role.SUPERVISOR));
        assertThrows(Problem.Refused.class, () -> actor.require(Role.SUPERVISOR));
        actor.require(Role.SUPERVISOR, Role.CASEWORKER);
    }

    @Test
    void a_role_of_the_directory_alone_gives_nothing() {
        CurrentActor actor = actor("subject", Set.of("auditor"), Set.of(Role.SUPERVISOR, Role.AUDITOR));
        assertEquals(Set.of(Role.AUDITOR), actor.actor().roles());
        assertThrows(Problem.Refused.class, () -> actor.require(Role.SUPERVISOR));
    }

    @Test
    void somebody_who_is_not_enrolled_has_no_role_whatever_her_token_says() {
        CurrentActor actor = actor("stranger", Set.of("supervisor"), Set.of(Role.SUPERVISOR));
        assertEquals(null, actor.actor().staffId());
        assertEquals(Set.of(), actor.actor().roles());
        assertEquals(Set.of(Role.SUPERVISOR), actor.tokenRoles());
    }

    @Test
    void nobody_logged_in_has_no_role_and_is_asked_to_log_in() {
        CurrentActor actor = actor(null, Set.of("supervisor"), Set.of(Role.SUPERVISOR));
        assertFalse(actor.has(Role.SUPERVISOR));
        assertThrows(Problem.NeedsLogin.class, actor::actor);
    }

    @Test
    void two_organisations_know_one_login_by_different_tags() {
        assertFalse(Arrays.equals(
                CurrentActor.loginTag(TENANT, "subject"), CurrentActor.loginTag(new UUID(9, 9), "subject")));
    }

    private static CurrentActor actor(@Nullable String subject, Set<String> tokenRoles, Set<Role> directoryRoles) {
        DirectoryRoles directory = new DirectoryRoles() {
            @Override
            public Optional<UUID> tenant() {
                return Optional.of(TENANT);
            }

            @Override
            public Optional<Enrolled> byLogin(byte[] loginTag) {
                return Arrays.equals(loginTag, CurrentActor.loginTag(TENANT, "subject"))
                        ? Optional.of(new Enrolled(STAFF, directoryRoles))
                        : Optional.empty();
            }
        };
        return new CurrentActor(identity(subject, tokenRoles), directory, new ActingNow());
    }

    private static SecurityIdentity identity(@Nullable String subject, Set<String> roles) {
        QuarkusSecurityIdentity.Builder builder =
                QuarkusSecurityIdentity.builder().addRoles(roles).setAnonymous(subject == null);
        if (subject != null) {
            builder.setPrincipal(new Token(subject));
        }
        return builder.build();
    }

    private record Token(String subject) implements JsonWebToken {
        @Override
        public String getName() {
            return subject;
        }

        @Override
        public Set<String> getClaimNames() {
            return Set.of("sub");
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T getClaim(String name) {
            return name.equals("sub") ? (T) subject : null;
        }
    }
}
