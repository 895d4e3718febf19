// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import org.holdfast.web.Frame;
import org.holdfast.web.Frames;
import org.holdfast.web.Page;
import org.jspecify.annotations.Nullable;

/** The quick exit: forgets what the browser keeps, and leads to a dull page. */
@Path("/")
@PermitAll
public class LeavePages {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

    private static final List<String> ZONES = List.of(
            "Europe/London",
            "Europe/Paris",
            "Europe/Istanbul",
            "Asia/Dubai",
            "Asia/Kolkata",
            "Asia/Bangkok",
            "Asia/Tokyo",
            "Australia/Sydney",
            "America/New_York",
            "America/Los_Angeles");

    private final Frames frames;
    private final IntakeConfig config;
    private final Clock clock;

    LeavePages(Frames frames, IntakeConfig config, Clock clock) {
        this.frames = frames;
        this.config = config;
        this.clock = clock;
    }

    /** A zone and its time. */
    record Row(String zone, String time) {}

    record dull(Frame frame, List<Row> rows) implements TemplateInstance {}

    /** A post cannot be answered by a redirect to another site, which the form policy blocks; a page that leads on can. */
    @POST
    @Path("leave")
    public Response leave(@FormParam("lang") @Nullable String lang) {
        Frame frame = frames.report(lang, "/w");
        String target = config.leave().getOrDefault(frame.lang(), "/w" + frame.ask());
        return Page.html(new dull(frame, rows(frame.language().locale())), frame)
                .forgetting()
                .leadingTo(target, 0)
                .answer();
    }

    @GET
    @Path("w")
    public Response dull(@QueryParam("lang") @Nullable String lang) {
        Frame frame = frames.report(lang, "/w");
        return Page.html(new dull(frame, rows(frame.language().locale())), frame)
                .answer();
    }

    private List<Row> rows(Locale locale) {
        return ZONES.stream()
                .map(ZoneId::of)
                .map(zone -> new Row(
                        zone.getDisplayName(TextStyle.FULL, locale),
                        CLOCK.format(clock.instant().atZone(zone))))
                .toList();
    }
}
