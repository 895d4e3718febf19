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
import java.util.UUID;
import org.holdfast.web.Frame;
import org.holdfast.web.Frames;
import org.holdfast.web.Page;
import org.holdfast.web.Posted;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The reports in a case. */
@Path("/desk/cases/{id}")
public class RecordPages {

    record form(Frame frame, RecordView view) implements TemplateInstance {}

    record show(Frame frame, RecordView view) implements TemplateInstance {}

    private final RecordDesk records;
    private final Frames frames;

    RecordPages(RecordDesk records, Frames frames) {
        this.records = records;
        this.frames = frames;
    }

    /** An empty form of a kind. */
    @GET
    @Path("/reports/new/{letter}")
    @RolesAllowed(CasePages.CASEWORKER)
    public Response blank(@RestPath String id, @RestPath String letter) {
        return form(records.blank(id, letter, Map.of()), 200);
    }

    /** Records a report. */
    @POST
    @Path("/reports/new/{letter}")
    @RolesAllowed(CasePages.CASEWORKER)
    public Response add(@RestPath String id, @RestPath String letter, @RestForm @Nullable String ticket) {
        Map<String, List<String>> typed = Posted.form();
        if (FormView.asksForMore(typed)) {
            return form(records.blank(id, letter, typed), 200);
        }
        Saved saved = records.add(id, letter, typed);
        return saved.done()
                ? CasePages.seeCase(id)
                : form(records.blank(id, letter, typed).with(saved), saved.status());
    }

    /** A report, to read or in its form. */
    @GET
    @Path("/reports/{row}")
    @RolesAllowed({CasePages.CASEWORKER, CasePages.SUPERVISOR})
    public Response show(@RestPath String id, @RestPath String row, @RestQuery @Nullable String edit) {
        return CasePages.held(
                frames, id, () -> edit != null ? form(records.edit(id, row), 200) : page(records.show(id, row)));
    }

    /** Saves a report. */
    @POST
    @Path("/reports/{row}")
    @RolesAllowed(CasePages.CASEWORKER)
    public Response save(@RestPath String id, @RestPath String row, @RestForm @Nullable String ticket) {
        Map<String, List<String>> typed = Posted.form();
        if (FormView.asksForMore(typed)) {
            return form(
                    records.again(id, row, Saved.faulty(new UUID(0, 0), List.of(), typed, Typed.revision(typed))), 200);
        }
        Saved saved = records.save(id, row, typed);
        return saved.done() ? CasePages.seeCase(id) : form(records.again(id, row, saved), saved.status());
    }

    /** The report as it came. */
    @GET
    @Path("/original")
    @RolesAllowed({CasePages.CASEWORKER, CasePages.SUPERVISOR})
    public Response original(@RestPath String id) {
        return CasePages.held(frames, id, () -> page(records.original(id)));
    }

    private Response form(RecordView view, int status) {
        Frame frame = frames.desk(CasePages.title(view.kind(), status), view.action());
        return Page.html(new form(frame, view), frame).status(status).answer();
    }

    private Response page(RecordView view) {
        Frame frame = frames.desk(
                view.row().isEmpty() ? view.kind() + ", as it came" : view.kind(), "/desk/cases/" + view.caseId());
        return Page.html(new show(frame, view), frame).answer();
    }
}
