// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.holdfast.web.FormErrors;
import org.holdfast.web.Frames;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** What is done with a case from its page: give it away, take it back, answer the reporter. */
@Path("/desk/cases/{id}")
public class WorkPages {

    private final ShareDesk sharing;
    private final ReplyDesk replies;
    private final CaseDesk cases;
    private final Frames frames;

    WorkPages(ShareDesk sharing, ReplyDesk replies, CaseDesk cases, Frames frames) {
        this.sharing = sharing;
        this.replies = replies;
        this.cases = cases;
        this.frames = frames;
    }

    /** Gives the case to a colleague. */
    @POST
    @Path("/assign")
    @RolesAllowed({CasePages.CASEWORKER, CasePages.SUPERVISOR})
    public Response assign(@RestPath String id, @RestForm @Nullable String ticket, @RestForm @Nullable String to) {
        ShareDesk.Result result = sharing.assign(id, to == null ? "" : to);
        return result == ShareDesk.Result.DONE
                ? CasePages.seeCase(id)
                : again(id, "to", "Choose the colleague who is to get the case.", "");
    }

    /** Takes the case from a colleague. */
    @POST
    @Path("/unassign")
    @RolesAllowed({CasePages.CASEWORKER, CasePages.SUPERVISOR})
    public Response unassign(@RestPath String id, @RestForm @Nullable String ticket, @RestForm @Nullable String from) {
        return switch (sharing.unassign(id, from == null ? "" : from)) {
            case DONE ->
                from != null && sharing.isMe(from)
                        ? Response.seeOther(URI.create("/desk/cases")).build()
                        : CasePages.seeCase(id);
            case LAST -> again(id, "from", "Nobody else can open this case: give it to a colleague first.", "");
            case NOT_CHOSEN -> again(id, "from", "This colleague does not hold the case.", "");
        };
    }

    /** Answers the reporter. */
    @POST
    @Path("/reply")
    @RolesAllowed(CasePages.CASEWORKER)
    public Response reply(@RestPath String id, @RestForm @Nullable String ticket, @RestForm @Nullable String text) {
        String words = text == null ? "" : text;
        return switch (replies.reply(id, words)) {
            case DONE -> CasePages.seeCase(id);
            case EMPTY -> again(id, "text", "The answer is empty: write what the reporter is to read.", words);
            case TOO_LONG ->
                again(id, "text", "The answer is too long: at most " + ReplyDesk.MAX + " characters.", words);
            case NO_MAILBOX ->
                again(id, "text", "Nobody has a return number for this case: there is no way to answer here.", words);
        };
    }

    private Response again(String id, String field, String message, String reply) {
        FormErrors errors = FormErrors.ofTyped(reply).add(field, message);
        return CasePages.show(frames, cases.open(id), errors, Typing.reply(reply), 422);
    }
}
