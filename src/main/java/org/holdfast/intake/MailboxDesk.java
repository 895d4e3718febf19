// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.access.Refusals;
import org.holdfast.access.UseCase;
import org.holdfast.audit.Act;
import org.holdfast.audit.ActingNow;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.audit.Pseudonym;
import org.holdfast.rules.report.MailboxReply;
import org.holdfast.vault.Mailbox;
import org.holdfast.vault.MailboxKeys;
import org.holdfast.vault.Replies;
import org.holdfast.web.Away;

/** Opens what waits behind a return number. Whether the number is unknown, unused or has no answer yet is one and the same result. */
@UseCase
public class MailboxDesk {
    private static final int LENGTH = 32;

    private final MailboxKeys mailboxes;
    private final Replies replies;
    private final Bracket bracket;
    private final Refusals refusals;
    private final AuditLog log;
    private final ActingNow acting;
    private final Clock clock;

    MailboxDesk(
            MailboxKeys mailboxes,
            Replies replies,
            Bracket bracket,
            Refusals refusals,
            AuditLog log,
            ActingNow acting,
            Clock clock) {
        this.mailboxes = mailboxes;
        this.replies = replies;
        this.bracket = bracket;
        this.refusals = refusals;
        this.log = log;
        this.acting = acting;
        this.clock = clock;
    }

    /**
     * An answer as the reporter reads it.
     *
     * @param id of the answer, to remove it by
     */
    public record Message(String id, String text, String day) {
        @Override
        public String toString() {
            return "Message";
        }
    }

    /**
     * What a number led to.
     *
     * @param messages newest first
     * @param damaged whether there was an answer that is not as it was written, and is not shown
     */
    public record Opened(List<Message> messages, boolean damaged) {
        /** Whether there is nothing to tell from a number that nobody has. */
        public boolean none() {
            return messages.isEmpty() && !damaged;
        }

        @Override
        public String toString() {
            return "Opened";
        }
    }

    private record Read(UUID id, MailboxReply reply) {}

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
    public Opened open(String number) {
        acting.reportDoor();
        List<Read> found = new ArrayList<>();
        boolean[] damaged = {false};
        mailboxes.find(number).ifPresent(mailbox -> {
            try (mailbox) {
                List<Replies.Waiting> waiting = bracket.read(() -> {
                    List<Replies.Waiting> rows = replies.waiting(mailbox);
                    if (!rows.isEmpty()) {
                        log.record(AuditEvent.of(Act.MAILBOX_OPENED));
                    }
                    return rows;
                });
                for (Replies.Waiting row : waiting) {
                    try {
                        if (!row.asWritten()) {
                            throw Problem.tampering("reply.row");
                        }
                        MailboxReply reply = mailbox.openReply(row.id(), row.sealed(), MailboxReply.class);
                        found.add(new Read(row.id(), reply));
                    } catch (Problem.Tampering e) {
                        damaged[0] = true;
                        // One that was altered does not keep the others from her; it is a line.
                        refusals.found(List.of(AuditEvent.of(Act.ACCESS_TAMPERING)
                                .on(Pseudonym.ofRow(row.id()))
                                .refused(e.code())));
                    }
                }
            }
        });
        Pause.untilNextSecond(clock);
        return new Opened(
                found.stream()
                        .sorted(Comparator.comparing(Read::reply, MailboxReply.LATEST))
                        .map(read -> new Message(
                                read.id().toString(),
                                read.reply().text(),
                                read.reply().day()))
                        .toList(),
                damaged[0]);
    }

    /**
     * Removes an answer from the mailbox behind a well-formed number; takes until the second changes, whatever it found.
     *
     * @return whether it lay there
     * @throws org.holdfast.access.Problem.Busy if too many ask at once
     * @throws org.holdfast.access.Problem.Unavailable if the database goes away: then nobody can tell whether it is removed
     */
    public boolean remove(String number, UUID answer) {
        acting.reportDoor();
        boolean removed = mailboxes
                .find(number)
                .map(mailbox -> {
                    try (mailbox) {
                        return remove(mailbox, answer);
                    }
                })
                .orElse(false);
        Pause.untilNextSecond(clock);
        return removed;
    }

    private boolean remove(Mailbox mailbox, UUID answer) {
        boolean[] atCommit = {false};
        try {
            return bracket.write(() -> {
                boolean removed = replies.remove(mailbox, answer);
                atCommit[0] = true;
                return removed;
            });
        } catch (RuntimeException e) {
            if (atCommit[0] || Away.isBehind(e)) {
                throw Problem.unavailable(Problem.Kept.PERHAPS_DELETED);
            }
            throw e;
        }
    }

    private static long digits(String typed) {
        return typed.codePoints().filter(Character::isDigit).count();
    }
}
