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

/** Writes lines about a login itself, outside of the request that they happened in; never signed. */
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
        if (tenant.isPresent() && identity.getPrincipal() instanceof JsonWebToken token) {
            record(find(tenant.get(), token), AuditEvent.of(Act.SESSION_LOGIN));
        }
    }

    /**
     * A form that another site sent with this login was refused. Somebody who is not enrolled leaves no line. Waits for the
     * database.
     */
    @ActivateRequestContext
    void foreignForm(SecurityIdentity identity) {
        Optional<UUID> tenant = directory.tenant();
        if (tenant.isPresent() && identity.getPrincipal() instanceof JsonWebToken token) {
            Optional<DirectoryRoles.Enrolled> who = find(tenant.get(), token);
            if (who.isPresent()) {
                record(who, AuditEvent.of(Act.ACCESS_REFUSED).refused("cross-site"));
            }
        }
    }

    private Optional<DirectoryRoles.Enrolled> find(UUID tenant, JsonWebToken token) {
        return directory.byLogin(CurrentActor.loginTag(tenant, token.getSubject()));
    }

    private void record(Optional<DirectoryRoles.Enrolled> who, AuditEvent event) {
        acting.actor(who.map(DirectoryRoles.Enrolled::staffId).orElse(null), who.isPresent());
        bracket.write(() -> {
            log.record(event);
        });
    }
}
