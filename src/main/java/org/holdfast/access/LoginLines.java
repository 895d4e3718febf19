// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.holdfast.audit.Act;
import org.holdfast.audit.ActingNow;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;

/** Writes the line of a login, outside of the request that it happened in. */
@ApplicationScoped
class LoginLines {

    private final DirectoryRoles directory;
    private final ActingNow acting;
    private final AuditLog log;
    private final Bracket bracket;

    LoginLines(DirectoryRoles directory, ActingNow acting, AuditLog log, Bracket bracket) {
        this.directory = directory;
        this.acting = acting;
        this.log = log;
        this.bracket = bracket;
    }

    @ActivateRequestContext
    void loggedIn(SecurityIdentity identity) {
        Optional<UUID> tenant = directory.tenant();
        if (tenant.isEmpty() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            return;
        }
        Optional<DirectoryRoles.Enrolled> who =
                directory.byLogin(CurrentActor.loginTag(tenant.get(), token.getSubject()));
        acting.actor(who.map(DirectoryRoles.Enrolled::staffId).orElse(null), who.isPresent());
        bracket.write(() -> {
            log.record(AuditEvent.of(Act.SESSION_LOGIN));
        });
    }
}
