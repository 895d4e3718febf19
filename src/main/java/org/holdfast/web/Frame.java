// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import io.quarkus.qute.RawString;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds every page; each template takes one, named {@code frame}. Built by {@link Frames}.
 *
 * @param door whose page it is
 * @param language of the page
 * @param title the desk's window title and heading; empty at the report door, whose templates carry a neutral one
 * @param path the address of the page, for links to itself in another language
 * @param languages the languages offered, none when there is only one
 * @param style the sheet that stands inside pages of the report door
 * @param styleMore what stands beside it on pages without the long form
 * @param styleLang what stands beside it where another language than English is shown
 * @param styleAddress the desk's sheet
 * @param nav where this person may go; empty for somebody who is not logged in
 * @param staffName the person's own name, null while locked
 * @param unlockedUntil end of the unlocked session as hours and minutes, null while locked
 * @param loggedIn whether somebody is logged in
 * @param tickets gives the ticket of a desk form by the address it posts to
 */
public record Frame(
        Door door,
        Language language,
        String title,
        String path,
        List<Language> languages,
        RawString style,
        RawString styleMore,
        RawString styleLang,
        String styleAddress,
        List<NavLink> nav,
        @Nullable String staffName,
        @Nullable String unlockedUntil,
        boolean loggedIn,
        UnaryOperator<String> tickets) {

    /**
     * A place in the desk's navigation.
     *
     * @param address where it leads
     * @param label its words
     * @param current whether the page shown lies there
     */
    public record NavLink(String address, String label, boolean current) {}

    /** BCP 47 tag of the page's language. */
    public String lang() {
        return language.tag();
    }

    /** {@code ltr} or {@code rtl}. */
    public String dir() {
        return language.dir();
    }

    /** {@code ?lang=…}, to stand on every link of the report door. */
    public String ask() {
        return "?lang=" + language.tag();
    }

    /** The ticket for a form of this page that posts to the given address. */
    public String ticketFor(String address) {
        return tickets.apply(address);
    }

    @Override
    public String toString() {
        return "Frame[" + door + " " + path + "]";
    }
}
