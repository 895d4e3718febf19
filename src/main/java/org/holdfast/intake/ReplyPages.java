// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.web.Frame;
import org.holdfast.web.Frames;
import org.holdfast.web.Ids;
import org.holdfast.web.Page;
import org.jspecify.annotations.Nullable;

/** The report door, for somebody who comes back with a number. A number never stands in an address and never outlives the request. */
@Path("/reply")
@PermitAll
public class ReplyPages {
    private final MailboxDesk desk;
    private final Frames frames;

    ReplyPages(MailboxDesk desk, Frames frames) {
        this.desk = desk;
        this.frames = frames;
    }

    /**
     * The question for the number.
     *
     * @param number what was typed, where it was mistyped
     * @param faultKey key of what is wrong with it, or empty
     * @param none whether a well-formed number led to nothing
     * @param remove the answer that was to be deleted, if the number was mistyped for that; else empty
     */
    record ask(Frame frame, String number, String faultKey, boolean none, String remove) implements TemplateInstance {}

    record messages(Frame frame, List<MailboxDesk.Message> found, boolean damaged) implements TemplateInstance {}

    /** After an answer was removed. */
    record removed(Frame frame) implements TemplateInstance {}

    @GET
    public Response ask(@QueryParam("lang") @Nullable String lang) {
        Frame frame = frames.report(lang, "/reply");
        return Page.html(new ask(frame, "", "", false, ""), frame).answer();
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response open(
            @FormParam("number") @Nullable String typed,
            @FormParam("remove") @Nullable String remove,
            @FormParam("lang") @Nullable String lang) {
        Frame frame = frames.report(lang, "/reply");
        String number = Optional.ofNullable(typed).orElse("");
        Optional<String> fault = desk.faultOf(number);
        if (fault.isPresent()) {
            return Page.html(new ask(frame, number, fault.get(), false, remove == null ? "" : remove), frame)
                    .status(422)
                    .answer();
        }
        TemplateInstance page = remove == null ? open(frame, number) : remove(frame, number, remove);
        return Page.html(page, frame).forgetting().answer();
    }

    private TemplateInstance open(Frame frame, String number) {
        MailboxDesk.Opened opened = desk.open(number);
        return opened.none() ? none(frame) : new messages(frame, opened.messages(), opened.damaged());
    }

    private TemplateInstance remove(Frame frame, String number, String answer) {
        Optional<UUID> id = Ids.read(answer);
        return id.isPresent() && desk.remove(number, id.get()) ? new removed(frame) : none(frame);
    }

    private static TemplateInstance none(Frame frame) {
        return new ask(frame, "", "", true, "");
    }
}
