// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.session;

import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import org.holdfast.access.Resumption;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Takes up the unlocked session at the beginning of a request, and takes the cookie away when there is none any more. */
class UnlockFilter {

    private static final String STALE = "holdfast.stale-key-cookie";

    private final Resumption resumption;

    UnlockFilter(Resumption resumption) {
        this.resumption = resumption;
    }

    @ServerRequestFilter(priority = Priorities.AUTHORIZATION)
    public void resume(ContainerRequestContext request) {
        if (!isOfTheDesk(request.getUriInfo().getPath())) {
            return;
        }
        boolean fresh = resumption.resume(name -> {
            Cookie cookie = request.getCookies().get(name);
            return cookie == null ? null : cookie.getValue();
        });
        if (!fresh) {
            request.setProperty(STALE, true);
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
