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

    // For each failure of the report door (see Trouble): its heading, and what happened, what was kept and what to do.

    @Message
    String not_readable_title();

    @Message
    String not_readable_text();

    @Message
    String forged_title();

    @Message
    String forged_text();

    @Message
    String not_here_title();

    @Message
    String not_here_text();

    @Message
    String wrong_method_title();

    @Message
    String wrong_method_text();

    @Message
    String too_large_title();

    @Message
    String too_large_text();

    @Message
    String busy_title();

    @Message
    String busy_text();

    @Message
    String away_not_stored_title();

    @Message
    String away_not_stored_text();

    @Message
    String away_stored_title();

    @Message
    String away_stored_text();

    @Message
    String away_unknown_title();

    @Message
    String away_unknown_text();

    @Message
    String away_deleting_title();

    @Message
    String away_deleting_text();

    @Message
    String not_started_title();

    @Message
    String not_started_text();

    @Message
    String fault_title();

    @Message
    String fault_text();
}
