// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.access.Refusals;
import org.holdfast.audit.Act;
import org.holdfast.audit.ActingNow;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.Pseudonym;
import org.holdfast.vault.Replies;
import org.holdfast.vault.ReplyOutbox;
import org.holdfast.web.Away;
import org.jboss.logging.Logger;

/**
 * Lays answers into their mailboxes when their time has come, and forgets used forms that can no longer be sent. Holds no key of a
 * person.
 *
 * <p>What it knows of the parcels lies in memory only: after a start it reads and opens them anew. A parcel stays in its table after
 * the delivery, until the next clearing takes all delivered ones in one transaction: the write-ahead log then does not show side by
 * side which parcel became which answer. Any number of nodes may deliver; an answer is laid once.
 */
@ApplicationScoped
class ReplyCourier {
    private static final Logger LOG = Logger.getLogger(ReplyCourier.class);

    private final ReplyOutbox outbox;
    private final Replies replies;
    private final ReportStore store;
    private final IntakeConfig config;
    private final Bracket bracket;
    private final Refusals refusals;
    private final ActingNow acting;
    private final Clock clock;

    private final Map<UUID, ReplyOutbox.Delivery> waiting = new HashMap<>();
    private final Set<UUID> delivered = new HashSet<>();
    /** Not what was written: named once, and not tried again by this node. */
    private final Set<UUID> refused = new HashSet<>();

    private Instant cleared;

    ReplyCourier(
            ReplyOutbox outbox,
            Replies replies,
            ReportStore store,
            IntakeConfig config,
            Bracket bracket,
            Refusals refusals,
            ActingNow acting,
            Clock clock) {
        this.outbox = outbox;
        this.replies = replies;
        this.store = store;
        this.config = config;
        this.bracket = bracket;
        this.refusals = refusals;
        this.acting = acting;
        this.clock = clock;
        this.cleared = clock.instant();
    }

    @Scheduled(every = "2s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @ActivateRequestContext
    void deliver() {
        goOn("answers", this::round);
    }

    private synchronized void round() {
        Instant now = clock.instant();
        if (!now.isBefore(cleared.plus(config.replyDelay().max()))) {
            clear();
            cleared = now;
        }
        look();
        List<UUID> due = new ArrayList<>();
        waiting.forEach((parcel, delivery) -> {
            if (delivery.isDue(now)) {
                due.add(parcel);
            }
        });
        Collections.shuffle(due, new java.security.SecureRandom());
        acting.reportDoor();
        LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        for (UUID parcel : due) {
            ReplyOutbox.Delivery delivery = waiting.get(parcel);
            if (delivery != null) {
                bracket.write(() -> replies.lay(delivery, day));
                waiting.remove(parcel);
                delivered.add(parcel);
            }
        }
    }

    private void clear() {
        List<UUID> gone = List.copyOf(delivered);
        if (gone.isEmpty()) {
            return;
        }
        bracket.write(() -> outbox.clear(gone));
        gone.forEach(delivered::remove);
        // A secret that cannot be erased now is found by the sweep, which goes by the log.
        gone.forEach(parcel -> goOn("a secret", () -> outbox.erase(parcel)));
    }

    private void look() {
        Set<UUID> known = new HashSet<>(waiting.keySet());
        known.addAll(delivered);
        known.addAll(refused);
        for (ReplyOutbox.Found found : bracket.read(() -> outbox.waiting(known))) {
            ReplyOutbox.Parcel parcel = found.parcel();
            try {
                if (!found.asWritten()) {
                    throw Problem.tampering("reply.outbox");
                }
                waiting.put(parcel.id(), outbox.open(parcel));
            } catch (Problem.Tampering e) {
                refusals.found(List.of(AuditEvent.of(Act.ACCESS_TAMPERING)
                        .on(Pseudonym.ofRow(parcel.id()))
                        .refused(e.code())));
                refused.add(parcel.id());
            }
        }
    }

    @Scheduled(every = "6h", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forgetForms() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        goOn(
                "forms",
                () -> bracket.write(() -> {
                    store.forgetTickets(today.minusDays(2));
                }));
    }

    /** A job that fails is tried again at its next time; what went wrong is named by its kind, never by its message. */
    private static void goOn(String what, Runnable job) {
        try {
            job.run();
        } catch (RuntimeException e) {
            if (Away.isBehind(e)) {
                LOG.debugf("a database is away; %s wait", what);
            } else {
                LOG.errorf("%s wait: %s", what, e.getClass().getName());
            }
        }
    }
}
