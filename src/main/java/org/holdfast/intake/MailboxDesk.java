// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.access.UseCase;
import org.holdfast.audit.Act;
import org.holdfast.audit.ActingNow;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.rules.report.MailboxReply;
import org.holdfast.vault.MailboxKeys;
import org.holdfast.vault.ReplyOutbox;

/** Opens what waits behind a return number. Whether the number is unknown, unused or has no answer yet is one and the same result. */
@UseCase
public class MailboxDesk {
    private static final int LENGTH = 32;

    private final MailboxKeys mailboxes;
    private final ReplyOutbox outbox;
    private final Bracket bracket;
    private final AuditLog log;
    private final ActingNow acting;
    private final Clock clock;

    MailboxDesk(
            MailboxKeys mailboxes, ReplyOutbox outbox, Bracket bracket, AuditLog log, ActingNow acting, Clock clock) {
        this.mailboxes = mailboxes;
        this.outbox = outbox;
        this.bracket = bracket;
        this.log = log;
        this.acting = acting;
        this.clock = clock;
    }

    /** An answer as the reporter reads it. */
    public record Message(String text, String day) {
        @Override
        public String toString() {
            return "Message";
        }
    }

    /** Key of the words that say what is wrong with a number as typed; empty if it is one of the form we give. */
    public Optional<String> faultOf(String typed) {
        return mailboxes.isWellFormed(typed)
                ? Optional.empty()
                : Optional.of(digits(typed) == LENGTH ? "reply_check" : "reply_form");
    }

    /**
     * What waits behind a well-formed number, newest first; takes until the second changes, whatever it found.
     *
     * @throws org.holdfast.access.Problem.Busy if too many ask at once
     */
    public List<Message> open(String number) {
        acting.reportDoor();
        List<Message> found = new ArrayList<>();
        mailboxes.find(number).ifPresent(mailbox -> {
            try (mailbox) {
                List<ReplyOutbox.Waiting> waiting = bracket.read(() -> {
                    List<ReplyOutbox.Waiting> rows = outbox.waiting(mailbox);
                    if (!rows.isEmpty()) {
                        log.record(AuditEvent.of(Act.MAILBOX_OPENED));
                    }
                    return rows;
                });
                for (ReplyOutbox.Waiting row : waiting) {
                    try {
                        MailboxReply reply = mailbox.openReply(row.id(), row.sealed(), MailboxReply.class);
                        found.add(new Message(reply.text(), reply.day()));
                    } catch (Problem.Tampering e) {
                        // One that was altered does not keep the others from her; it is a line.
                        bracket.write(() -> {
                            log.record(AuditEvent.of(Act.ACCESS_TAMPERING).refused("reply"));
                        });
                    }
                }
            }
        });
        Pause.untilNextSecond(clock);
        return found;
    }

    private static long digits(String typed) {
        return typed.codePoints().filter(Character::isDigit).count();
    }
}
