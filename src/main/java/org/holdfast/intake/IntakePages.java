// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.access.Problem;
import org.holdfast.rules.report.ReportKind;
import org.holdfast.web.Frame;
import org.holdfast.web.Frames;
import org.holdfast.web.Ids;
import org.holdfast.web.Page;
import org.holdfast.web.Tickets;
import org.jspecify.annotations.Nullable;

/**
 * The report door: choose, write, check, send, and on request a number. Every step up to the form is a GET; from there on all steps
 * post to the form's own address and carry what was typed, because the server keeps nothing of it.
 */
@Path("/")
@PermitAll
public class IntakePages {
    /** How long after sending a number may be asked for. */
    private static final Duration NUMBER_WITHIN = Duration.ofHours(1);

    private final IntakeDesk desk;
    private final Frames frames;
    private final Tickets tickets;
    private final CodeTexts codes;

    IntakePages(IntakeDesk desk, Frames frames, Tickets tickets, CodeTexts codes) {
        this.desk = desk;
        this.frames = frames;
        this.tickets = tickets;
        this.codes = codes;
    }

    record start(Frame frame, boolean open) implements TemplateInstance {}

    /** @param further whether a report from this form was stored before */
    record form(Frame frame, FormView view, boolean further) implements TemplateInstance {}

    /** @param check what makes the page known again when it is sent */
    record review(Frame frame, FormView view, String check, boolean further, boolean expired)
            implements TemplateInstance {}

    /** What asking for a number takes. */
    record Offer(String letter, String report, String proof, String ticket) {
        @Override
        public String toString() {
            return "Offer";
        }
    }

    record stored(Frame frame, Offer offer) implements TemplateInstance {}

    /**
     * Where a report from this form was stored before.
     *
     * @param view what was typed, because it may have been changed since
     * @param offer a number for it, if it was this very report and was sent within the hour; else null
     */
    record again(Frame frame, FormView view, @Nullable Offer offer) implements TemplateInstance {}

    /**
     * The number in groups of four; none where it is too late, or where one was given before.
     *
     * @param before the number given before, to be named if another is to take its place; 0 without one
     */
    record number(
            Frame frame,
            List<String> groups,
            boolean instead,
            long before,
            String letter,
            String report,
            String proof,
            String ticket)
            implements TemplateInstance {}

    @GET
    public Response start(@QueryParam("lang") @Nullable String lang) {
        Frame frame = frames.report(lang, "/");
        return Page.html(new start(frame, desk.isOpen()), frame).answer();
    }

    @GET
    @Path("form/{letter}")
    public Response form(@PathParam("letter") String letter, @QueryParam("lang") @Nullable String lang) {
        ReportKind kind = ReportKind.ofLetter(letter).orElseThrow(Problem::notHere);
        if (!desk.isOpen()) {
            // Nobody shall write for half an hour to learn then that nothing can be sent.
            throw Problem.notStarted();
        }
        Frame frame = frame(lang, kind);
        return Page.html(new form(frame, FormView.blank(kind, frame.language(), codes, tickets.issue()), false), frame)
                .answer();
    }

    @POST
    @Path("form/{letter}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response step(@PathParam("letter") String letter, MultivaluedMap<String, String> sent) {
        ReportKind kind = ReportKind.ofLetter(letter).orElseThrow(Problem::notHere);
        String step = Optional.ofNullable(sent.getFirst("step")).orElse("");
        if (step.equals("number")) {
            return number(kind, sent);
        }
        Tickets.Ticket ticket = tickets.check(sent.getFirst("ticket"));
        ReportForm typed = ReportForm.of(kind, sent);
        if (step.equals("send")) {
            return send(frame(sent.getFirst("lang"), kind), typed, ticket, sent);
        }
        // The buttons that change the language are named by it.
        boolean language = step.startsWith("lang-");
        boolean review = step.equals("review");
        if (!review && !language && !step.equals("edit")) {
            throw Problem.forgedTicket();
        }
        boolean used = isUsed(ticket);
        String fresh = used ? tickets.issue() : sent.getFirst("ticket");
        boolean further = used || isFurther(sent);
        Frame frame = frame(language ? step.substring(5) : sent.getFirst("lang"), kind);
        return review
                ? review(frame, typed, fresh, further)
                : Page.html(new form(frame, view(frame, typed, fresh, List.of()), further), frame)
                        .answer();
    }

    /** Whoever comes back to a form that was sent is told so before she sends it again; if nobody knows, it is told then. */
    private boolean isUsed(Tickets.Ticket ticket) {
        try {
            return desk.isStored(ticket.id());
        } catch (Problem.Unavailable unknown) {
            return false;
        }
    }

    private static boolean isFurther(MultivaluedMap<String, String> sent) {
        return "yes".equals(sent.getFirst("further"));
    }

    private Frame frame(@Nullable String lang, ReportKind kind) {
        return frames.report(lang, "/form/" + kind.letter());
    }

    private Response review(Frame frame, ReportForm typed, String ticket, boolean further) {
        ReportForm.Result result = typed.check();
        if (!result.faults().isEmpty()) {
            return faulty(frame, typed, ticket, further, result);
        }
        return review(frame, typed, ticket, further, false);
    }

    private Response review(Frame frame, ReportForm typed, String ticket, boolean further, boolean expired) {
        String check = tickets.issueCheck(tickets.check(ticket).id());
        return Page.html(new review(frame, view(frame, typed, ticket, List.of()), check, further, expired), frame)
                .answer();
    }

    private Response faulty(Frame frame, ReportForm typed, String ticket, boolean further, ReportForm.Result result) {
        return Page.html(new form(frame, view(frame, typed, ticket, result.faults()), further), frame)
                .status(422)
                .answer();
    }

    private Response send(Frame frame, ReportForm typed, Tickets.Ticket ticket, MultivaluedMap<String, String> sent) {
        ReportForm.Result result = typed.check();
        if (!result.faults().isEmpty()) {
            return faulty(frame, typed, sent.getFirst("ticket"), isFurther(sent), result);
        }
        if (ticket.expired()) {
            if (desk.isStored(ticket.id())) {
                return again(frame, typed, null);
            }
            return review(frame, typed, tickets.issue(), isFurther(sent), true);
        }
        String checked = sent.getFirst("check");
        Tickets.@Nullable Ticket check =
                checked == null ? null : tickets.readCheck(ticket.id(), checked, NUMBER_WITHIN);
        IntakeDesk.Accepted accepted = desk.accept(
                typed.kind(),
                frame.lang(),
                result.content(),
                result.identity(),
                ticket.id(),
                check == null ? new byte[0] : check.id());
        if (!accepted.again()) {
            return stored(frame, offer(typed.kind(), accepted, tickets.issueFor(accepted.report())));
        }
        // Nobody noted when it was sent, but not before it was checked: from there the hour is counted, never longer
        // than it is.
        if (!accepted.proven() || check == null || check.expired()) {
            return again(frame, typed, null);
        }
        return again(frame, typed, offer(typed.kind(), accepted, tickets.issueFor(accepted.report(), check)));
    }

    private static Offer offer(ReportKind kind, IntakeDesk.Accepted accepted, String ticket) {
        return new Offer(kind.letter(), accepted.report().toString(), Proof.text(accepted.proof()), ticket);
    }

    private Response again(Frame frame, ReportForm typed, @Nullable Offer offer) {
        return Page.html(new again(frame, view(frame, typed, tickets.issue(), List.of()), offer), frame)
                .forgetting()
                .answer();
    }

    private static Response stored(Frame frame, Offer offer) {
        return Page.html(new stored(frame, offer), frame).forgetting().answer();
    }

    private Response number(ReportKind kind, MultivaluedMap<String, String> sent) {
        UUID report = Ids.read(sent.getFirst("report")).orElseThrow(Problem::forgedTicket);
        Tickets.Ticket ticket = tickets.checkFor(report, sent.getFirst("ticket"), NUMBER_WITHIN);
        byte[] proof = Proof.read(sent.getFirst("proof")).orElseThrow(Problem::forgedTicket);
        Frame frame = frame(sent.getFirst("lang"), kind);
        long instead = revision(sent.getFirst("instead"));
        IntakeDesk.Given given = ticket.expired() ? IntakeDesk.Given.TOO_LATE : desk.giveNumber(report, proof, instead);
        List<String> groups = given.number().isEmpty()
                ? List.of()
                : List.of(given.number().trim().split(" "));
        number page = new number(
                frame,
                groups,
                instead > 0,
                given.before(),
                kind.letter(),
                report.toString(),
                Proof.text(proof),
                Optional.ofNullable(sent.getFirst("ticket")).orElse(""));
        return Page.html(page, frame).forgetting().answer();
    }

    private static long revision(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
    }

    private FormView view(Frame frame, ReportForm typed, String ticket, List<ReportForm.Fault> faults) {
        return FormView.of(typed, frame.language(), codes, ticket, faults);
    }
}
