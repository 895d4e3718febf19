// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

/**
 * What was typed into one of the forms on the page of a case that was not taken, so that it stands there again.
 *
 * @param reply the answer to the reporter
 * @param because the reason chosen for asking for the case
 * @param words what was said with it
 * @param request the request that was to be declined
 * @param why what was said with that
 */
public record Typing(String reply, String because, String words, String request, String why) {

    static final Typing NOTHING = new Typing("", "", "", "", "");

    static Typing reply(String text) {
        return new Typing(text, "", "", "", "");
    }
}
