// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.oversight;

import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.holdfast.access.Problem;
import org.holdfast.audit.LogCheck;
import org.holdfast.tlog.KeptCheckpoint;
import org.holdfast.tlog.Malformed;
import org.holdfast.web.Away;
import org.holdfast.web.FormErrors;
import org.holdfast.web.Frame;
import org.holdfast.web.Frames;
import org.holdfast.web.GrowingPage;
import org.holdfast.web.Page;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** Verifies the log on a page that grows while it is done, so that somebody who waits sees how far it is. */
@Path("/oversight/log/verify")
public class VerifyPages {
    private static final Logger LOG = Logger.getLogger(VerifyPages.class);
    private static final String VERIFY = "/oversight/log/verify";
    /** Each step is a line of the page. */
    private static final int STEPS = 100;

    record refused(Frame frame, FormErrors errors, String kept) implements TemplateInstance {}

    record verify(Frame frame) implements TemplateInstance {}

    /** A part of the page: so many entries are read. */
    record step(String done, String all, boolean last) implements TemplateInstance {}

    /** A part of the page: what it came to. */
    record verdict(VerdictView view) implements TemplateInstance {}

    /** A part of the page: another one is under way. */
    record running(boolean mine, String done, String all) implements TemplateInstance {}

    /** A part of the page: it came to no verdict. */
    record broken(String why) implements TemplateInstance {}

    private final VerifyDesk desk;
    private final Frames frames;

    VerifyPages(VerifyDesk desk, Frames frames) {
        this.desk = desk;
        this.frames = frames;
    }

    /** Verifies the log, held to a kept checkpoint if one is given. */
    @POST
    @RolesAllowed({"supervisor", "auditor"})
    public Response verify(@RestForm @Nullable String ticket, @RestForm @Nullable String kept) {
        String note = kept == null ? "" : kept.replace("\r\n", "\n");
        List<KeptCheckpoint> checkpoints;
        try {
            checkpoints = note.isBlank() ? List.of() : List.of(read(note));
        } catch (Malformed e) {
            Frame frame = frames.desk("Error: Verify the log", VERIFY);
            FormErrors errors = FormErrors.ofQuestion("Nothing was verified.")
                    .add(
                            "kept",
                            "This is not a checkpoint as it was given out: " + e.getMessage()
                                    + ". Paste the whole text, signatures included.");
            return Page.html(new refused(frame, errors, note), frame)
                    .status(422)
                    .answer();
        }
        desk.enter();
        Frame frame = frames.desk("Verify the log", VERIFY);
        return GrowingPage.answer(new verify(frame), frame, page -> page.add(outcome(checkpoints, page)));
    }

    private static KeptCheckpoint read(String note) throws Malformed {
        String whole = note.endsWith("\n") ? note : note + "\n";
        return KeptCheckpoint.parse("that you gave", whole.getBytes(StandardCharsets.UTF_8));
    }

    /** Whatever happens, the page says it: half of it is sent, and no error page can take its place. */
    private TemplateInstance outcome(List<KeptCheckpoint> kept, GrowingPage page) {
        try {
            Optional<VerdictView> view = desk.verify(kept, steps(page));
            if (view.isPresent()) {
                return new verdict(view.get());
            }
            VerifyTurn.Standing other = desk.standing();
            return new running(other.mine(), number(other.done()), number(other.all()));
        } catch (Problem.Tampering e) {
            return new broken("unreadable");
        } catch (Problem.Locked e) {
            return new broken("locked");
        } catch (UncheckedIOException readerLeft) {
            throw readerLeft;
        } catch (RuntimeException e) {
            boolean away = Away.isBehind(e);
            if (!away) {
                LOG.errorf(
                        "a verification of the log broke off: %s", e.getClass().getName());
            }
            return new broken(away ? "away" : "fault");
        }
    }

    /** Not each of the verifier's steps is a line: a hundred are enough to see that it goes on. */
    private static LogCheck.Progress steps(GrowingPage page) {
        long[] next = {0};
        return (done, all) -> {
            if (done >= next[0] || done == all) {
                next[0] = done + Math.max(1, all / STEPS);
                page.add(new step(number(done), number(all), done == all));
            }
        };
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
