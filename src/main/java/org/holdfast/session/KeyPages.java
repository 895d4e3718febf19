// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.session;

import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.holdfast.vault.Foundation;
import org.holdfast.vault.NewKeys;
import org.holdfast.vault.OwnWords;
import org.holdfast.web.FormErrors;
import org.holdfast.web.Frame;
import org.holdfast.web.Frames;
import org.holdfast.web.Page;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** First start and enrolment: keys are made and shown once, and stored only when their passphrase was typed again. */
@Path("/desk")
@Authenticated
public class KeyPages {

    private static final String KEYS = "keys";
    private static final String WORDS = "words";
    private static final String START = "/desk/start";
    private static final String ENROL = "/desk/enrol";

    private static final String FOUND = "Found the organisation";
    private static final String ASK = "Ask a supervisor";

    record start(Frame frame, HomeView view, String pin) implements TemplateInstance {}

    record startKeys(Frame frame, NewKeys keys, String button) implements TemplateInstance {}

    record retype(Frame frame, String action, String step, String draft, String name, String button, FormErrors errors)
            implements TemplateInstance {}

    record founded(Frame frame, String pin, boolean pinned) implements TemplateInstance {}

    record foundedBefore(Frame frame, boolean same, String pin) implements TemplateInstance {}

    record pinnedElsewhere(Frame frame) implements TemplateInstance {}

    record enrol(Frame frame, boolean takenAway) implements TemplateInstance {}

    record enrolKeys(Frame frame, NewKeys keys, String button) implements TemplateInstance {}

    record waiting(Frame frame, FormErrors errors, boolean openedNothing) implements TemplateInstance {}

    record otherKeys(Frame frame) implements TemplateInstance {}

    record words(Frame frame, List<String> words, boolean asked) implements TemplateInstance {}

    private final SessionDesk desk;
    private final Frames frames;

    KeyPages(SessionDesk desk, Frames frames) {
        this.desk = desk;
        this.frames = frames;
    }

    /** Explains the first start. */
    @GET
    @Path("/start")
    public Response start() {
        Frame frame = frames.desk("First start", START);
        return Page.html(new start(frame, desk.home(), desk.pin().orElse("")), frame)
                .answer();
    }

    /** Makes keys, or founds with them. */
    @POST
    @Path("/start")
    public Response start(
            @RestForm @Nullable String step,
            @RestForm @Nullable String draft,
            @RestForm @Nullable String passphrase,
            @RestForm @Nullable String name) {
        if (KEYS.equals(step)) {
            if (desk.pin().isPresent()) {
                return SessionPages.see(START);
            }
            Frame frame = frames.desk("Keys of your organisation", START);
            return Page.html(new startKeys(frame, desk.foundingKeys(), FOUND), frame)
                    .answer();
        }
        FormErrors errors = check(passphrase, name);
        if (errors.isEmpty()) {
            Foundation attempt =
                    desk.found(text(draft), text(passphrase), text(name).strip());
            // One pattern after the other: Java 17 has no switch over them.
            if (attempt instanceof Foundation.Done founded) {
                Frame frame = frames.desk("Your organisation is founded", START);
                Response page = Page.html(new founded(frame, founded.pin(), founded.pinned()), frame)
                        .answer();
                return KeyCookie.set(page, founded.cookie());
            }
            if (attempt instanceof Foundation.Before before) {
                Frame frame = frames.desk("Your organisation is founded already", START);
                return Page.html(new foundedBefore(frame, before.same(), before.pin()), frame)
                        .status(before.same() ? 200 : 409)
                        .answer();
            }
            if (attempt instanceof Foundation.PinnedElsewhere) {
                Frame frame = frames.desk("Not founded: this server holds another pin", START);
                return Page.html(new pinnedElsewhere(frame), frame).status(409).answer();
            }
            errors.add("passphrase", "These are not the six words that were shown");
        }
        return retype("Keys of your organisation", START, "found", text(draft), text(name), FOUND, errors);
    }

    /** Explains enrolment; while a request waits, asks for the six words that show its eight. */
    @GET
    @Path("/enrol")
    public Response enrol() {
        return switch (desk.home().state()) {
            case WAITING -> waiting(FormErrors.none(), false);
            case ENROL -> enrol(false);
            default -> SessionPages.see("/desk");
        };
    }

    /** Makes keys, asks with them for enrolment, or shows the eight words to who has the six. */
    @POST
    @Path("/enrol")
    public Response enrol(
            @RestForm @Nullable String step,
            @RestForm @Nullable String draft,
            @RestForm @Nullable String passphrase,
            @RestForm @Nullable String name) {
        if (WORDS.equals(step)) {
            return words(text(passphrase));
        }
        if (desk.home().state() == HomeView.State.WAITING) {
            // Sent twice by her, or asked meanwhile by somebody else in her name: the page says what both can do.
            return SessionPages.see(ENROL);
        }
        if (KEYS.equals(step)) {
            Frame frame = frames.desk("Your keys", ENROL);
            return Page.html(new enrolKeys(frame, desk.enrolmentKeys(), ASK), frame)
                    .answer();
        }
        FormErrors errors = check(passphrase, name);
        if (errors.isEmpty()) {
            Optional<List<String>> words =
                    desk.request(text(draft), text(passphrase), text(name).strip());
            if (words.isPresent()) {
                return words(words.get(), true);
            }
            errors.add("passphrase", "These are not the six words that were shown");
        }
        return retype("Your keys", ENROL, "request", text(draft), text(name), ASK, errors);
    }

    private Response words(String typed) {
        if (typed.isBlank()) {
            return waiting(
                    FormErrors.ofSecret().add("passphrase", "Type your six words, or the code of your recovery kit"),
                    false);
        }
        OwnWords own = desk.waitingWords(typed);
        return switch (own.outcome()) {
            case HERS -> words(own.words(), false);
            case OPENED_NOTHING -> waiting(FormErrors.ofSecret().add("passphrase", "These words opened nothing"), true);
            case OTHER_KEYS -> {
                Frame frame = frames.desk("The request in your name was changed", ENROL);
                yield Page.html(new otherKeys(frame), frame).status(409).answer();
            }
            case NO_REQUEST -> desk.home().state() == HomeView.State.ENROL ? enrol(true) : SessionPages.see("/desk");
        };
    }

    private Response enrol(boolean takenAway) {
        Frame frame = frames.desk("Make your keys", ENROL);
        return Page.html(new enrol(frame, takenAway), frame).answer();
    }

    private Response waiting(FormErrors errors, boolean openedNothing) {
        String title = "Waiting for a supervisor";
        Frame frame = frames.desk(errors.isEmpty() ? title : "Error: " + title, ENROL);
        return Page.html(new waiting(frame, errors, openedNothing), frame)
                .status(errors.isEmpty() ? 200 : 422)
                .answer();
    }

    private Response words(List<String> words, boolean asked) {
        Frame frame = frames.desk("Your eight words", ENROL);
        return Page.html(new words(frame, words, asked), frame).answer();
    }

    private Response retype(
            String title, String action, String step, String draft, String name, String button, FormErrors errors) {
        Frame frame = frames.desk("Error: " + title, action);
        return Page.html(new retype(frame, action, step, draft, name, button, errors), frame)
                .status(422)
                .answer();
    }

    private static FormErrors check(@Nullable String passphrase, @Nullable String name) {
        FormErrors errors = FormErrors.ofSecret();
        if (passphrase == null || passphrase.isBlank()) {
            errors.add("passphrase", "Type the six words that were shown");
        }
        String problem = SessionPages.problemWith(name);
        if (problem != null) {
            errors.add("name", problem);
        }
        return errors;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
