// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.audit.Pseudonym;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes the lines of refusals, and of what was found altered, in transactions of their own. Thread-safe. */
@ApplicationScoped
public class Refusals {

    private static final Logger LOG = Logger.getLogger(Refusals.class);

    private final AuditLog log;
    private final Bracket bracket;

    Refusals(AuditLog log, Bracket bracket) {
        this.log = log;
        this.bracket = bracket;
    }

    /**
     * Records refusals and tampering, each problem once; other problems leave no line. If the line cannot be written, the
     * refusal stands all the same, since it gives nothing out.
     */
    public void record(Problem problem) {
        if (problem.takeForRecord()) {
            line(problem).ifPresent(this::write);
        }
    }

    /**
     * Records that a form which somebody known sent was stopped before anything was done with it: its ticket is forged, for
     * somebody or something else, or too old, or her keys are locked. Other problems leave no line here.
     */
    public void stopped(Problem problem) {
        if (problem instanceof Problem.ForgedTicket) {
            write(AuditEvent.of(Act.ACCESS_REFUSED).refused("ticket.forged"));
        } else if (problem instanceof Problem.ExpiredTicket) {
            write(AuditEvent.of(Act.ACCESS_REFUSED).refused("ticket.expired"));
        } else if (problem instanceof Problem.Locked) {
            write(AuditEvent.of(Act.ACCESS_REFUSED).refused("locked"));
        }
    }

    /**
     * Records what was found altered where the rest is shown all the same; nothing found writes nothing. Outside a transaction.
     *
     * @throws RuntimeException if the lines cannot be written: other than after a refusal something is given out next, and that
     *     must not happen without them
     */
    public void found(List<AuditEvent> lines) {
        if (!lines.isEmpty()) {
            bracket.write(() -> {
                log.record(lines);
            });
        }
    }

    private void write(AuditEvent event) {
        try {
            found(List.of(event));
        } catch (RuntimeException e) {
            LOG.error("a refusal could not be recorded: " + e.getClass().getName());
        }
    }

    private static Optional<AuditEvent> line(Problem problem) {
        if (problem instanceof Problem.Refused refused) {
            return Optional.of(AuditEvent.of(Act.ACCESS_REFUSED)
                    .inCase(name(refused.caseName()))
                    .refused(refused.code()));
        } else if (problem instanceof Problem.NotHere notHere) {
            return Optional.of(AuditEvent.of(Act.ACCESS_REFUSED)
                    .inCase(name(notHere.caseName()))
                    .refused("not-here"));
        } else if (problem instanceof Problem.Tampering tampering) {
            return Optional.of(AuditEvent.of(Act.ACCESS_TAMPERING)
                    .inCase(name(tampering.caseName()))
                    .on(name(tampering.objectName()))
                    .refused(tampering.code().replace('_', '-')));
        }
        return Optional.empty();
    }

    private static @Nullable Pseudonym name(byte @Nullable [] value) {
        return value == null ? null : new Pseudonym(value);
    }
}
