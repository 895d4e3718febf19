// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.holdfast.access.Problem;
import org.holdfast.access.SentForm;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;

/** Lets a post of the desk through only with a ticket that was made for this person and this address in the last day. */
class DeskGuard {
    private final Tickets tickets;
    private final SentForm form;

    DeskGuard(Tickets tickets, SentForm form) {
        this.tickets = tickets;
        this.form = form;
    }

    /** @throws Problem if the ticket is missing, not ours or too old */
    @ServerRequestFilter(readBody = true)
    public void check(ContainerRequestContext request, RoutingContext context) {
        String path = context.normalizedPath();
        if (Doors.of(context) != Door.DESK || !request.getMethod().equals("POST") || Doors.comesFromAServer(path)) {
            return;
        }
        // The context handed to a filter may be a wrapper, which does not give the form away.
        ResteasyReactiveRequestContext server = CurrentRequestManager.get();
        Object ticket = server == null ? null : server.getFormParameter("ticket", true, false);
        form.arrived(tickets.checkDesk(path, ticket instanceof String text ? text : null));
    }
}
