// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.rules.report;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * An answer to the reporter, as it is sealed to the mailbox behind a return number.
 *
 * @param text the caseworker's words
 * @param day ISO day on which it was written
 * @param turn how many answers there were in the case with it, so that those of one day have an order; null in answers that were
 *     written before this was kept
 */
public record MailboxReply(
        String text, String day, @Nullable Integer turn) {

    /** Newest first. */
    public static final Comparator<MailboxReply> LATEST = Comparator.comparing(MailboxReply::day)
            .thenComparing(MailboxReply::turn, Comparator.nullsFirst(Comparator.naturalOrder()))
            .reversed();

    @Override
    public String toString() {
        return "MailboxReply";
    }
}
