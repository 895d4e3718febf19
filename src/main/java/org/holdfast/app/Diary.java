// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.app;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;

/** Writes into the log that the server started and stopped, so that a time without it is seen. */
@ApplicationScoped
class Diary {

    private final AuditLog log;

    Diary(AuditLog log) {
        this.log = log;
    }

    void started(@Observes @Priority(Integer.MAX_VALUE) StartupEvent event) {
        write(Act.SERVER_STARTED);
    }

    void stopped(@Observes @Priority(1) ShutdownEvent event) {
        write(Act.SERVER_STOPPED);
    }

    private void write(Act act) {
        QuarkusTransaction.requiringNew().run(() -> log.record(AuditEvent.of(act)));
    }
}
