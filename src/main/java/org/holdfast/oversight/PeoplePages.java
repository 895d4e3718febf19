// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.oversight;

import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.holdfast.web.FormErrors;
import org.holdfast.web.Frame;
import org.holdfast.web.Frames;
import org.holdfast.web.Page;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The people of the organisation. */
@Path("/oversight/people")
@RolesAllowed("supervisor")
public class PeoplePages {

    private static final String ADDRESS = "/oversight/people";

    record list(Frame frame, PeopleView view, FormErrors errors) implements TemplateInstance {}

    private final PeopleDesk desk;
    private final Frames frames;

    PeoplePages(PeopleDesk desk, Frames frames) {
        this.desk = desk;
        this.frames = frames;
    }

    /** Who waits and who works here. */
    @GET
    public Response list() {
        return list(FormErrors.none(), 200);
    }

    private Response list(FormErrors errors, int status) {
        Frame frame = frames.desk(errors.isEmpty() ? "People" : "Error: People", ADDRESS);
        return Page.html(new list(frame, desk.list(), errors), frame)
                .status(status)
                .answer();
    }

    /** Lets somebody in. */
    @POST
    @Path("/{request}/approve")
    public Response approve(
            @RestPath String request, @RestForm @Nullable String compared, @RestForm @Nullable String words) {
        if (!"yes".equals(compared) || words == null) {
            String field = "compared-" + request;
            return list(
                    FormErrors.ofChoice().add(field, "Compare the eight words with the person first, and say so"), 422);
        }
        return listAfter(desk.approve(request, words));
    }

    /** Takes a request away that is not that person's. */
    @POST
    @Path("/{request}/decline")
    public Response decline(@RestPath String request) {
        return listAfter(desk.decline(request));
    }

    private Response listAfter(boolean done) {
        return done
                ? Response.seeOther(URI.create(ADDRESS)).build()
                : list(
                        FormErrors.ofChoice()
                                .add("waiting", "This request is gone: it was approved or taken away meanwhile"),
                        409);
    }

    /** Ends somebody. */
    @POST
    @Path("/{staff}/end")
    public Response end(@RestPath String staff, @RestForm @Nullable String sure) {
        if (!"yes".equals(sure)) {
            return list(
                    FormErrors.ofChoice().add("sure-" + staff, "Say that you are sure: this cannot be undone"), 422);
        }
        desk.end(staff);
        return Response.seeOther(URI.create(ADDRESS)).build();
    }
}
