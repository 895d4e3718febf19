// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import org.holdfast.access.CurrentActor;
import org.holdfast.access.Presence;

/** Frames in languages that are not offered, for tests that look at them all the same. */
@ApplicationScoped
public class FramesIn {
    private final Styles styles;
    private final Tickets tickets;
    private final CurrentActor actor;
    private final Instance<Presence> presence;

    FramesIn(Styles styles, Tickets tickets, CurrentActor actor, Instance<Presence> presence) {
        this.styles = styles;
        this.tickets = tickets;
        this.actor = actor;
        this.presence = presence;
    }

    /** What makes the frames of a server that offers the drafts too. */
    public Frames withDrafts() {
        return new Frames(new Languages(true), styles, tickets, actor, presence);
    }

    public Frame report(Language language, String path) {
        return new Frame(
                Door.REPORT,
                language,
                "",
                path,
                Languages.all(),
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
}
