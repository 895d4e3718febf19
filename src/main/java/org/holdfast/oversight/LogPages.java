// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.oversight;

import io.quarkus.qute.TemplateInstance;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import org.holdfast.web.FormErrors;
import org.holdfast.web.Frame;
import org.holdfast.web.Frames;
import org.holdfast.web.Page;
import org.holdfast.web.Streamed;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** The home of oversight and the log. What is asked for travels in forms, never in addresses. */
@Path("/oversight")
public class LogPages {
    private static final String SUPERVISOR = "supervisor";
    private static final String AUDITOR = "auditor";
    private static final String LOG = "/oversight/log";
    private static final String NOT_HELD = "The lines below are not held to what is named here.";

    record home(Frame frame, HomeView view) implements TemplateInstance {}

    record log(Frame frame, LogView view, FormErrors errors) implements TemplateInstance {}

    private final LogDesk desk;
    private final Frames frames;

    LogPages(LogDesk desk, Frames frames) {
        this.desk = desk;
        this.frames = frames;
    }

    /** The home of oversight. */
    @GET
    @RolesAllowed({SUPERVISOR, AUDITOR})
    public Response home() {
        HomeView view = desk.home();
        Frame frame = frames.desk("Oversight", "/oversight");
        return Page.html(new home(frame, view), frame).answer();
    }

    /** The newest lines. */
    @GET
    @Path("/log")
    @RolesAllowed({SUPERVISOR, AUDITOR})
    public Response newest() {
        return show(desk.read(LogQuery.everything()), FormErrors.none(), 200);
    }

    /** Lines by a filter, or further lines. */
    @POST
    @Path("/log")
    @RolesAllowed({SUPERVISOR, AUDITOR})
    public Response filtered(
            @RestForm @Nullable String ticket,
            @RestForm @Nullable String person,
            @RestForm("case") @Nullable String caseName,
            @RestForm @Nullable String kind,
            @RestForm @Nullable String from,
            @RestForm @Nullable String to,
            @RestForm @Nullable String older,
            @RestForm @Nullable String newer) {
        LogQuery query = LogQuery.of(person, caseName, kind, from, to, older, newer);
        FormErrors errors = faults(query);
        if (!errors.isEmpty()) {
            LogQuery held = LogQuery.of(person, caseName, kind, from, to, null, null);
            LogQuery typed = held;
            for (FormErrors.Item fault : errors.items()) {
                held = held.without(fault.field());
                // A day is text and stays typed; what is in none of the lists cannot be shown as chosen.
                typed = isChosen(fault.field()) ? typed.without(fault.field()) : typed;
            }
            return show(desk.read(held).asked(typed), errors, 422);
        }
        return show(desk.read(query), errors, 200);
    }

    private FormErrors faults(LogQuery query) {
        boolean typed = !query.from().isEmpty() || !query.to().isEmpty();
        FormErrors errors = typed ? FormErrors.ofQuestion(NOT_HELD) : FormErrors.ofChoice(NOT_HELD);
        if (!query.person().isEmpty() && !desk.isActor(query.person())) {
            errors.add("person", "Who: choose one of the people offered.");
        }
        if (!query.kind().isEmpty() && query.act().isEmpty()) {
            errors.add("kind", "What: choose one of the kinds offered.");
        }
        return days(query, errors);
    }

    private static boolean isChosen(String field) {
        return field.equals("person") || field.equals("kind");
    }

    private static FormErrors days(LogQuery query, FormErrors errors) {
        if (notADay(query.from())) {
            errors.add("from", "The first day is not a day. Write it like 2026-11-25.");
        }
        if (notADay(query.to())) {
            errors.add("to", "The last day is not a day. Write it like 2026-11-25.");
        }
        if (!errors.has("from") && !errors.has("to") && query.isBackwards()) {
            errors.add("to", "The last day lies before the first day. Exchange them, or leave one empty.");
        }
        return errors;
    }

    private static boolean notADay(String text) {
        try {
            LogQuery.day(text);
            return false;
        } catch (DateTimeException e) {
            return true;
        }
    }

    private Response show(LogView view, FormErrors errors, int status) {
        Frame frame = frames.desk(errors.isEmpty() ? "Log" : "Error: Log", LOG);
        return Page.html(new log(frame, view, errors), frame).status(status).answer();
    }

    /** The newest checkpoint as a file. */
    @GET
    @Path("/log/checkpoint")
    @RolesAllowed({SUPERVISOR, AUDITOR})
    public Response checkpoint() {
        return file("text/plain; charset=utf-8", "holdfast-checkpoint.txt", desk.checkpoint());
    }

    /** The whole log as a file. */
    @GET
    @Path("/log/bundle")
    @RolesAllowed({SUPERVISOR, AUDITOR})
    public Response bundle(@Context HttpServerRequest request) {
        desk.beginBundle();
        return file("application/zip", "holdfast-log.zip", Streamed.wholeOrBroken(desk::writeBundle, request));
    }

    private static Response file(String type, String name, Object body) {
        return Response.ok(body)
                .header("Content-Type", type)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .build();
    }
}
