// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/**
 * The words around every page of the report door and on its short pages. The English ones stand in {@code messages/door_en.properties};
 * each further language has a file of its own beside it.
 */
@MessageBundle("door")
public interface DoorTexts {
    /** Neutral window title. */
    @Message
    String title();

    /** The button that leaves. */
    @Message
    String leave();

    /** Name of the list of languages, for screen readers. */
    @Message
    String languages();

    /** Banner of a language that is not approved. */
    @Message
    String draft();

    /** Link to the first page. */
    @Message
    String start();

    /** Button that sends the same page again. */
    @Message
    String again();

    /** Heading of the page for a failure; see {@link Trouble}. */
    @Message
    String trouble_title(Trouble trouble);

    /** What happened, what was kept and what to do. */
    @Message
    String trouble_text(Trouble trouble);
}
