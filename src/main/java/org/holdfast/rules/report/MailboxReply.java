// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.rules.report;

/**
 * An answer to the reporter, as it is sealed to the mailbox behind a return number.
 *
 * @param text the caseworker's words
 * @param day ISO day on which it was written
 */
public record MailboxReply(String text, String day) {

    @Override
    public String toString() {
        return "MailboxReply";
    }
}
