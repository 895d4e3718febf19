// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.web.FormErrors;
import org.holdfast.web.Frame;
import org.holdfast.web.Frames;
import org.holdfast.web.Page;
import org.holdfast.web.Posted;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Who a case is about. Opened by a post with a reason, never by an address. */
@Path("/desk/cases/{id}")
public class PersonPages {

    record form(Frame frame, PersonView view) implements TemplateInstance {}

    record show(Frame frame, PersonView view) implements TemplateInstance {}

    private final PersonDesk persons;
    private final CaseDesk cases;
    private final Frames frames;

    PersonPages(PersonDesk persons, CaseDesk cases, Frames frames) {
        this.persons = persons;
        this.cases = cases;
        this.frames = frames;
    }

    /** Opens everybody. */
    @POST
    @Path("/identity")
    @RolesAllowed({CasePages.CASEWORKER, CasePages.SUPERVISOR})
    public Response open(@RestPath String id, @RestForm @Nullable String ticket, @RestForm @Nullable String reason) {
        return CasePages.held(frames, id, () -> opened(id, reason == null ? "" : reason));
    }

    private Response opened(String id, String reason) {
        Optional<PersonView> view = persons.openAll(id, reason);
        if (view.isEmpty()) {
            return withoutReason(id);
        }
        Frame frame = frames.desk("Persons", "/desk/cases/" + id);
        return Page.html(new show(frame, view.get()), frame).answer();
    }

    private Response withoutReason(String id) {
        FormErrors errors = FormErrors.ofChoice().add("reason", "Say why you open who this case is about.");
        return CasePages.show(frames, cases.open(id), errors, Typing.NOTHING, 422);
    }

    /** The form of a new person. */
    @GET
    @Path("/person")
    @RolesAllowed(CasePages.CASEWORKER)
    public Response blank(@RestPath String id) {
        return form(persons.blank(id, Map.of()), 200);
    }

    /** Opens one person in the form ({@code step=open}), or saves one. */
    @POST
    @Path("/person")
    @RolesAllowed(CasePages.CASEWORKER)
    public Response save(
            @RestPath String id,
            @RestForm @Nullable String ticket,
            @RestForm @Nullable String step,
            @RestForm @Nullable String row,
            @RestForm @Nullable String reason) {
        String person = row == null ? "" : row;
        if ("open".equals(step)) {
            return persons.openOne(id, person, reason == null ? "" : reason)
                    .map(view -> form(view, 200))
                    .orElseGet(() -> withoutReason(id));
        }
        Map<String, List<String>> typed = Posted.form();
        if (FormView.asksForMore(typed)) {
            return form(
                    persons.again(id, person, Saved.faulty(new UUID(0, 0), List.of(), typed, Typed.revision(typed))),
                    200);
        }
        Saved saved = persons.save(id, person, typed);
        return saved.done() ? CasePages.seeCase(id) : form(persons.again(id, person, saved), saved.status());
    }

    private Response form(PersonView view, int status) {
        Frame frame = frames.desk(
                CasePages.title(view.row().isEmpty() ? "New person" : "Person", status),
                "/desk/cases/" + view.caseId() + "/person");
        return Page.html(new form(frame, view), frame).status(status).answer();
    }
}
