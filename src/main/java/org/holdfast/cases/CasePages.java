// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.holdfast.access.Problem;
import org.holdfast.web.FormErrors;
import org.holdfast.web.Frame;
import org.holdfast.web.Frames;
import org.holdfast.web.Page;
import org.holdfast.web.Posted;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The list of cases, the page of a case, its summary and its state. */
@Path("/desk/cases")
public class CasePages {

    static final String CASEWORKER = "caseworker";
    static final String SUPERVISOR = "supervisor";

    record list(Frame frame, CaseListView view, FormErrors errors) implements TemplateInstance {}

    record create(Frame frame, FormView form) implements TemplateInstance {}

    record show(Frame frame, CaseView view, FormErrors errors, Typing typing) implements TemplateInstance {}

    record edit(Frame frame, CaseView.EditView view) implements TemplateInstance {}

    /** @param content whether it is reports and answers that she does not hold, or who the case is about */
    record shut(Frame frame, String id, boolean content) implements TemplateInstance {}

    private final ListDesk list;
    private final CaseDesk cases;
    private final Frames frames;

    CasePages(ListDesk list, CaseDesk cases, Frames frames) {
        this.list = list;
        this.cases = cases;
        this.frames = frames;
    }

    /** The list; what was asked for and is not offered is named, and the list is not held to it. */
    @GET
    @RolesAllowed({CASEWORKER, SUPERVISOR})
    public Response list(
            @RestQuery @Nullable String status,
            @RestQuery @Nullable String owner,
            @RestQuery @Nullable String kind,
            @RestQuery @Nullable String urgency,
            @RestQuery @Nullable String language,
            @RestQuery @Nullable String sort,
            @RestQuery @Nullable String page) {
        CaseListView view = list.list(CaseFilter.of(status, owner, kind, urgency, language, sort, page));
        Map<String, @Nullable String> asked = new HashMap<>();
        asked.put("status", status);
        asked.put("owner", owner);
        asked.put("kind", kind);
        asked.put("urgency", urgency);
        asked.put("language", language);
        asked.put("sort", sort);
        FormErrors errors = view.filter().faults(asked);
        int answer = errors.isEmpty() ? 200 : 422;
        Frame frame = frames.desk(title("Cases", answer), "/desk/cases");
        return Page.html(new list(frame, view, errors), frame).status(answer).answer();
    }

    /** The form of a new case. */
    @GET
    @Path("/new")
    @RolesAllowed(CASEWORKER)
    public Response blank() {
        return creation(cases.blank(), 200);
    }

    /** Makes a case. */
    @POST
    @RolesAllowed(CASEWORKER)
    public Response create(@RestForm @Nullable String ticket) {
        Map<String, List<String>> typed = Posted.form();
        Saved saved = cases.create(typed);
        return saved.done() ? seeCase(saved.row().toString()) : creation(FormView.of(saved, CaseDesk.FORM), 422);
    }

    private Response creation(FormView form, int status) {
        Frame frame = frames.desk(title("New case", status), "/desk/cases");
        return Page.html(new create(frame, form), frame).status(status).answer();
    }

    /** A case. */
    @GET
    @Path("/{id}")
    @RolesAllowed({CASEWORKER, SUPERVISOR})
    public Response show(@RestPath String id) {
        return show(frames, cases.open(id), FormErrors.none(), Typing.NOTHING, 200);
    }

    static Response show(Frames frames, CaseView view, FormErrors errors, Typing typing, int status) {
        Frame frame = frames.desk(title(view.title(), status), "/desk/cases/" + view.id());
        return Page.html(new show(frame, view, errors, typing), frame)
                .status(status)
                .answer();
    }

    /** The form of the summary. */
    @GET
    @Path("/{id}/edit")
    @RolesAllowed(CASEWORKER)
    public Response edit(@RestPath String id) {
        return edit(cases.edit(id), 200);
    }

    /** Saves the summary. */
    @POST
    @Path("/{id}/edit")
    @RolesAllowed(CASEWORKER)
    public Response save(@RestPath String id, @RestForm @Nullable String ticket) {
        Saved saved = cases.save(id, Posted.form());
        return saved.done()
                ? seeCase(id)
                : edit(
                        new CaseView.EditView(
                                id, "", saved.revision(), FormView.of(saved, CaseDesk.FORM), saved.conflict()),
                        saved.status());
    }

    private Response edit(CaseView.EditView view, int status) {
        Frame frame = frames.desk(title("Change the case", status), "/desk/cases/" + view.id() + "/edit");
        return Page.html(new edit(frame, view), frame).status(status).answer();
    }

    /** Back to the page of a case, by a request of its own, so that going back sends nothing again. */
    static Response seeCase(String id) {
        return Response.seeOther(URI.create("/desk/cases/" + id)).build();
    }

    /**
     * Does this; for who holds the case's summary and not the part that this takes, answers with where to ask for it.
     *
     * @throws Problem.Refused as it came, if something else was refused
     */
    static Response held(Frames frames, String id, Supplier<Response> work) {
        try {
            return work.get();
        } catch (Problem.Refused refused) {
            boolean content = refused.code().equals(CaseAccess.NO_CONTENT);
            if (!content && !refused.code().equals(CaseAccess.NO_IDENTITY)) {
                throw refused;
            }
            Frame frame = frames.desk(
                    content ? "You do not hold the reports of this case" : "You do not hold who this case is about",
                    "/desk/cases/" + id);
            return Page.html(new shut(frame, id, content), frame).status(403).answer();
        }
    }

    /** A window title that says first what went wrong. */
    static String title(String title, int status) {
        return switch (status) {
            case 409 -> "Somebody else saved meanwhile: " + title;
            case 422 -> "Error: " + title;
            default -> title;
        };
    }
}
