// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.session;

import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.holdfast.web.FormErrors;
import org.holdfast.web.Frame;
import org.holdfast.web.Frames;
import org.holdfast.web.Page;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** Home, unlock, lock and log out. */
@Path("/desk")
@Authenticated
public class SessionPages {

    record home(Frame frame, HomeView view) implements TemplateInstance {}

    record unlock(Frame frame, FormErrors errors) implements TemplateInstance {}

    record loggedOut(Frame frame, boolean confirmed) implements TemplateInstance {}

    private final SessionDesk desk;
    private final Frames frames;

    SessionPages(SessionDesk desk, Frames frames) {
        this.desk = desk;
        this.frames = frames;
    }

    /** Where everybody lands after the login. */
    @GET
    public Response home() {
        Frame frame = frames.desk("Home", "/desk");
        return Page.html(new home(frame, desk.home()), frame).answer();
    }

    /** Asks for the passphrase; the same page for everybody who is logged in, whether the organisation knows her or not. */
    @GET
    @Path("/unlock")
    public Response askForPassphrase() {
        HomeView.State state = desk.home().state();
        return switch (state) {
            case LOCKED, ENROL, WAITING -> unlock(FormErrors.none(), 200);
            default -> see("/desk");
        };
    }

    /** Unlocks. */
    @POST
    @Path("/unlock")
    public Response unlock(@RestForm @Nullable String passphrase) {
        if (passphrase == null || passphrase.isBlank()) {
            return unlock(
                    FormErrors.ofSecret().add("passphrase", "Type your six words, or the code of your recovery kit."),
                    422);
        }
        Optional<String> cookie = desk.unlock(passphrase);
        return cookie.isPresent()
                ? KeyCookie.set(see("/desk"), cookie.get())
                : unlock(
                        FormErrors.ofSecret()
                                .add(
                                        "passphrase",
                                        "This opened nothing. Check each word and try again. If you still wait to be let in, they open nothing before a supervisor answers."),
                        422);
    }

    private Response unlock(FormErrors errors, int status) {
        Frame frame = frames.desk("Unlock your keys", "/desk/unlock");
        return Page.html(new unlock(frame, errors), frame).status(status).answer();
    }

    /** Locks. */
    @POST
    @Path("/lock")
    public Response lock() {
        desk.lock();
        return KeyCookie.clear(see("/desk/unlock"));
    }

    /** Logs out, by a page of our own: a form post that is redirected to another host is blocked by browsers. */
    @POST
    @Path("/logout")
    public Response logout() {
        boolean confirmed = desk.logout();
        Frame frame = frames.bareDesk("Logged out", "/desk");
        return KeyCookie.clear(Page.html(new loggedOut(frame, confirmed), frame).answer());
    }

    static Response see(String address) {
        return Response.seeOther(URI.create(address)).build();
    }

    static @Nullable String problemWith(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return "Write the name that colleagues shall see.";
        }
        return name.length() > 80 ? "Use at most 80 characters." : null;
    }
}
