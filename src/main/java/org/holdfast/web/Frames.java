// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.holdfast.access.CurrentActor;
import org.holdfast.access.Presence;
import org.holdfast.access.Role;
import org.jspecify.annotations.Nullable;

/** Builds the {@link Frame} of a page. Thread-safe. */
@ApplicationScoped
public class Frames {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private static final String HOME = "/desk";
    private static final String OVERSIGHT = "/oversight";

    private static final List<Place> PLACES = List.of(
            new Place(HOME, "Home", Set.of()),
            new Place("/desk/intake", "New reports", Set.of(Role.CASEWORKER)),
            new Place("/desk/cases", "Cases", Set.of(Role.CASEWORKER, Role.SUPERVISOR)),
            new Place(OVERSIGHT, "Oversight", Set.of(Role.SUPERVISOR, Role.AUDITOR)),
            new Place("/oversight/people", "People", Set.of(Role.SUPERVISOR)),
            new Place("/oversight/log", "Log", Set.of(Role.SUPERVISOR, Role.AUDITOR)));

    private final Languages languages;
    private final Styles styles;
    private final Tickets tickets;
    private final CurrentActor actor;
    private final Instance<Presence> presence;

    Frames(Languages languages, Styles styles, Tickets tickets, CurrentActor actor, Instance<Presence> presence) {
        this.languages = languages;
        this.styles = styles;
        this.tickets = tickets;
        this.actor = actor;
        this.presence = presence;
    }

    private record Place(String address, String label, Set<Role> roles) {}

    /**
     * A page of the report door.
     *
     * @param lang the tag asked for; anything unknown or not offered is English
     * @param path the page's own address, without language
     */
    public Frame report(@Nullable String lang, String path) {
        List<Language> offered = languages.offered();
        return new Frame(
                Door.REPORT,
                languages.of(lang),
                "",
                path,
                offered.size() > 1 ? offered : List.of(),
                styles.report(),
                styles.reportMore(),
                styles.reportLang(),
                "",
                List.of(),
                null,
                null,
                false,
                address -> "");
    }

    /**
     * A page of the desk or of oversight; asks who is logged in, so it needs a request.
     *
     * @param title window title and heading, in words
     * @param path the page's own address
     */
    public Frame desk(String title, String path) {
        if (!actor.isLoggedIn()) {
            return bareDesk(title, path);
        }
        Optional<Instant> until = presence.isResolvable() ? presence.get().unlockedUntil() : Optional.empty();
        Optional<String> name = presence.isResolvable() ? presence.get().displayName() : Optional.empty();
        return new Frame(
                Door.DESK,
                Languages.ENGLISH,
                title,
                path,
                List.of(),
                styles.report(),
                styles.reportMore(),
                styles.reportLang(),
                styles.deskAddress(),
                nav(path),
                name.orElse(null),
                until.map(CLOCK::format).orElse(null),
                true,
                tickets::deskTicket);
    }

    /** As {@link #desk(String, String)} for a page that needs no address of its own. */
    public Frame desk(String title) {
        return desk(title, "");
    }

    Language language(@Nullable String tag) {
        return languages.of(tag);
    }

    /** A page of the desk for somebody of whom nothing is known, as before the login. */
    public Frame bareDesk(String title, String path) {
        return new Frame(
                Door.DESK,
                Languages.ENGLISH,
                title,
                path,
                List.of(),
                styles.report(),
                styles.reportMore(),
                styles.reportLang(),
                styles.deskAddress(),
                List.of(),
                null,
                null,
                false,
                address -> "");
    }

    private List<Frame.NavLink> nav(String path) {
        List<Frame.NavLink> links = new ArrayList<>();
        for (Place place : PLACES) {
            if (place.roles().isEmpty() || place.roles().stream().anyMatch(actor::has)) {
                boolean above = place.address().equals(HOME) || place.address().equals(OVERSIGHT);
                boolean current = path.equals(place.address()) || (!above && path.startsWith(place.address() + "/"));
                links.add(new Frame.NavLink(place.address(), place.label(), current));
            }
        }
        return List.copyOf(links);
    }
}
