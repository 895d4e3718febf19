// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * A form that another site sent to the desk is refused whatever it carries. If it carries a login, which browsers send along only
 * from pages of the same site, somebody tries something in the name of that person: then the line is written before the answer goes
 * out. Without a login there is nobody to name. Thread-safe, does not block.
 */
@ApplicationScoped
public class ForeignForms {
    private static final Logger LOG = Logger.getLogger(ForeignForms.class);
    private static final String LOGIN_COOKIE = "q_session";
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final HttpAuthenticator logins;
    private final LoginLines lines;

    ForeignForms(HttpAuthenticator logins, LoginLines lines) {
        this.logins = logins;
        this.lines = lines;
    }

    /** Writes the line if there is somebody to name, and answers on the thread that asked; answers in any case. */
    public void refuse(RoutingContext context, Runnable answer) {
        if (context.request().cookies().stream()
                .noneMatch(cookie -> cookie.getName().startsWith(LOGIN_COOKIE))) {
            answer.run();
            return;
        }
        Context here = Vertx.currentContext();
        logins.attemptAuthentication(context)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .onItem()
                .ifNotNull()
                .invoke(this::note)
                .ifNoItem()
                .after(LONGEST)
                .fail()
                .subscribe()
                .with(
                        done -> here.runOnContext(ignored -> answer.run()),
                        // A login that does not hold names nobody.
                        failed -> here.runOnContext(ignored -> answer.run()));
    }

    private void note(SecurityIdentity identity) {
        try {
            lines.foreignForm(identity);
        } catch (RuntimeException e) {
            LOG.error("a refusal could not be recorded: " + e.getClass().getName());
        }
    }
}
