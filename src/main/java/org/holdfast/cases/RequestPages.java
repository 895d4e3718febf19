// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.holdfast.web.FormErrors;
import org.holdfast.web.Frames;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Asking for a case of which one holds the summary, and the answer to it. */
@Path("/desk/cases/{id}")
public class RequestPages {

    private static final String TOO_LONG = "This is too long: at most " + RequestDesk.MAX + " characters.";

    private final RequestDesk requests;
    private final CaseDesk cases;
    private final Frames frames;

    RequestPages(RequestDesk requests, CaseDesk cases, Frames frames) {
        this.requests = requests;
        this.cases = cases;
        this.frames = frames;
    }

    /** Asks for the case. */
    @POST
    @Path("/ask")
    @RolesAllowed({CasePages.CASEWORKER, CasePages.SUPERVISOR})
    public Response ask(
            @RestPath String id,
            @RestForm @Nullable String ticket,
            @RestForm @Nullable String because,
            @RestForm @Nullable String words) {
        Typing typed = new Typing("", text(because), text(words), "", "");
        return switch (requests.ask(id, typed.because(), typed.words())) {
            case NO_REASON -> again(id, "because", "Say why you need this case.", typed);
            case TOO_LONG -> again(id, "words", TOO_LONG, typed);
            case DONE, NOT_ANY_MORE -> CasePages.seeCase(id);
        };
    }

    /** Gives the case to who asked. */
    @POST
    @Path("/give")
    @RolesAllowed({CasePages.CASEWORKER, CasePages.SUPERVISOR})
    public Response give(@RestPath String id, @RestForm @Nullable String ticket, @RestForm @Nullable String request) {
        return requests.give(id, text(request)) == RequestDesk.Result.NOT_ANY_MORE
                ? again(id, "requests", "This colleague can no longer be given a case.", Typing.NOTHING)
                : CasePages.seeCase(id);
    }

    /** Declines what somebody asked. */
    @POST
    @Path("/decline")
    @RolesAllowed({CasePages.CASEWORKER, CasePages.SUPERVISOR})
    public Response decline(
            @RestPath String id,
            @RestForm @Nullable String ticket,
            @RestForm @Nullable String request,
            @RestForm @Nullable String why) {
        Typing typed = new Typing("", "", "", text(request), text(why));
        return requests.decline(id, typed.request(), typed.why()) == RequestDesk.Result.TOO_LONG
                ? again(id, "why-" + typed.request(), TOO_LONG, typed)
                : CasePages.seeCase(id);
    }

    private Response again(String id, String field, String message, Typing typed) {
        FormErrors errors = FormErrors.ofTyped(typed.words(), typed.why()).add(field, message);
        return CasePages.show(frames, cases.open(id), errors, typed, 422);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
