// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.session;

import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import org.holdfast.access.CurrentActor;
import org.holdfast.access.Problem;
import org.holdfast.access.Refusals;
import org.holdfast.vault.Unlock;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Takes up the unlocked session at the beginning of a request, and takes the cookie away when there is none any more. */
class UnlockFilter {

    private static final String STALE = "holdfast.stale-key-cookie";

    private final CurrentActor current;
    private final Unlock unlock;
    private final Refusals refusals;

    UnlockFilter(CurrentActor current, Unlock unlock, Refusals refusals) {
        this.current = current;
        this.unlock = unlock;
        this.refusals = refusals;
    }

    @ServerRequestFilter(priority = Priorities.AUTHORIZATION)
    public void resume(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        if (!isOfTheDesk(path) || !current.isLoggedIn()) {
            return;
        }
        current.actor();
        Cookie cookie = request.getCookies().get(KeyCookie.NAME);
        if (cookie != null && !resume(cookie.getValue())) {
            request.setProperty(STALE, Boolean.TRUE);
        }
    }

    private boolean resume(String cookie) {
        try {
            return unlock.resume(cookie);
        } catch (Problem.Tampering tampering) {
            // The row was changed: a line says so, and the person is simply locked.
            refusals.record(tampering);
            return false;
        } catch (Problem.NotStarted | Problem.NotHere gone) {
            return false;
        }
    }

    private static boolean isOfTheDesk(String path) {
        String plain = path.startsWith("/") ? path.substring(1) : path;
        return plain.equals("desk")
                || plain.startsWith("desk/")
                || plain.equals("oversight")
                || plain.startsWith("oversight/");
    }

    @ServerResponseFilter
    public void clear(ContainerRequestContext request, ContainerResponseContext response) {
        boolean setsOne = response.getHeaders().containsKey(HttpHeaders.SET_COOKIE);
        if (request.getProperty(STALE) != null && !setsOne) {
            response.getHeaders().add(HttpHeaders.SET_COOKIE, KeyCookie.cleared());
        }
    }
}
