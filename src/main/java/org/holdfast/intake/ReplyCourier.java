// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.holdfast.access.Bracket;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.vault.ReplyOutbox;
import org.holdfast.web.Away;
import org.jboss.logging.Logger;

/** Lays answers into their mailboxes when their time has come, and forgets used forms that can no longer be sent. Holds no key. */
@ApplicationScoped
class ReplyCourier {
    private static final Logger LOG = Logger.getLogger(ReplyCourier.class);

    private final ReplyOutbox outbox;
    private final ReportStore store;
    private final Bracket bracket;
    private final AuditLog log;
    private final Clock clock;

    ReplyCourier(ReplyOutbox outbox, ReportStore store, Bracket bracket, AuditLog log, Clock clock) {
        this.outbox = outbox;
        this.store = store;
        this.bracket = bracket;
        this.log = log;
        this.clock = clock;
    }

    @Scheduled(every = "2s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void deliver() {
        try {
            bracket.write(() -> {
                if (outbox.deliver() > 0) {
                    log.record(AuditEvent.of(Act.REPLY_DELIVERED));
                }
            });
        } catch (RuntimeException e) {
            if (!Away.isBehind(e)) {
                throw e;
            }
            LOG.debug("the database is away; answers wait");
        }
    }

    @Scheduled(every = "6h", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forgetForms() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        bracket.write(() -> {
            store.forgetTickets(today.minusDays(2));
        });
    }
}
