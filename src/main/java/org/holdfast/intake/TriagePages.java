// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.holdfast.rules.Codes;
import org.holdfast.web.FormErrors;
import org.holdfast.web.Frame;
import org.holdfast.web.Frames;
import org.holdfast.web.Ids;
import org.holdfast.web.Page;
import org.holdfast.web.Paging;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The desk's queue of new reports. */
@Path("/desk/intake")
@RolesAllowed("caseworker")
public class TriagePages {
    private final TriageDesk desk;
    private final Frames frames;

    TriagePages(TriageDesk desk, Frames frames) {
        this.desk = desk;
        this.frames = frames;
    }

    record queue(Frame frame, QueueView view) implements TemplateInstance {}

    record show(Frame frame, OpenedView view, FormErrors errors) implements TemplateInstance {}

    @GET
    public Response queue(@RestQuery @Nullable String page) {
        QueueView view = desk.queue(Paging.asked(page));
        Frame frame = frames.desk("New reports", "/desk/intake");
        return Page.html(new queue(frame, view), frame).answer();
    }

    @GET
    @Path("{id}")
    public Response open(@PathParam("id") String id) {
        return page(desk.open(Ids.of(id)), FormErrors.none(), 200);
    }

    @POST
    @Path("{id}/identity")
    public Response identity(@PathParam("id") String id, @FormParam("reason") @Nullable String reason) {
        String code = Optional.ofNullable(reason).orElse("");
        if (!Codes.shipped().contains("access_reason", code)) {
            FormErrors errors = FormErrors.ofChoice().add("reason", "Choose the reason for which you open it.");
            return page(desk.open(Ids.of(id)), errors, 422);
        }
        return page(desk.openIdentity(Ids.of(id), code), FormErrors.none(), 200);
    }

    @POST
    @Path("{id}/case")
    public Response makeCase(@PathParam("id") String id, @FormParam("ticket") @Nullable String ticket) {
        return Response.seeOther(URI.create("/desk/cases/" + desk.makeCase(Ids.of(id))))
                .build();
    }

    private Response page(OpenedView view, FormErrors errors, int status) {
        String title = (errors.isEmpty() ? "" : "Error: ") + "Report of " + view.day();
        Frame frame = frames.desk(title, "/desk/intake/" + view.id());
        return Page.html(new show(frame, view, errors), frame).status(status).answer();
    }
}
