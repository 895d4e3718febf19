// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** Settings of the room {@code intake}: {@code holdfast.intake.…}. */
@ConfigMapping(prefix = "holdfast.intake")
public interface IntakeConfig {
    /**
     * Where "Leave this page" leads, by language tag: a dull page that shows nothing personal and is reachable where the reader is.
     * Without one it leads to a dull page of our own.
     */
    Map<String, String> leave();

    /** How long an answer waits before it is laid into its mailbox. */
    ReplyDelay replyDelay();

    /** How long an answer waits. */
    interface ReplyDelay {
        /** At least. */
        @WithDefault("PT5M")
        Duration min();

        /** At most. */
        @WithDefault("PT60M")
        Duration max();
    }
}
