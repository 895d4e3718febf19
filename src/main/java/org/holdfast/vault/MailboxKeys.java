// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * Return numbers and the mailboxes behind them. Stretching a number takes a tenth of a second and 19 MiB, in bounded pools,
 * one for issuing and one for looking up. All methods run outside a transaction.
 */
@ApplicationScoped
public class MailboxKeys {

    /**
     * A fresh number and its mailbox.
     *
     * @param number 32 digits in groups of four, shown once
     * @param mailbox the caller's to close
     */
    public record Issued(String number, Mailbox mailbox) {
        @Override
        public String toString() {
            return "Issued[redacted]";
        }
    }

    /** @throws org.holdfast.access.Problem.Busy if too many ask */
    public Issued issue() {
        throw new IllegalStateException("not built yet");
    }

    /** Whether this is a number as it was given: 32 digits of any script, with a fitting check digit. */
    public boolean isWellFormed(String typed) {
        throw new IllegalStateException("not built yet");
    }

    /**
     * The mailbox of a number as typed; empty if it is mistyped. Every well-formed number has one, used or not.
     *
     * @throws org.holdfast.access.Problem.Busy if too many ask
     */
    public Optional<Mailbox> find(String typed) {
        throw new IllegalStateException("not built yet");
    }

    /** Seals a reply to the mailbox of a card. */
    public byte[] sealReply(Card card, UUID replyId, Object reply) {
        throw new IllegalStateException("not built yet");
    }
}
