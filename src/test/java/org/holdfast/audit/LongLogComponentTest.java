// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Clock;
import java.util.Arrays;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.TestStack;
import org.holdfast.tlog.Finding;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A log of more than a hundred thousand entries is verified on the page to its last signature. */
@Order(Integer.MAX_VALUE)
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class LongLogComponentTest {
    private static final int BATCHES = 51;
    private static final int BATCH = 2_000;

    @Test
    void a_signature_behind_a_hundred_thousand_entries_is_verified_like_the_first() throws Exception {
        try (LogDatabase log =
                new LogDatabase(TestStack::superuser, LogSettings.ReportDoor.HOURLY, Clock.systemUTC())) {
            AuditEvent[] batch = new AuditEvent[BATCH];
            Arrays.fill(batch, AuditEvent.of(Act.SERVER_STARTED));
            for (int i = 0; i < BATCHES; i++) {
                log.record(batch);
                log.sequencer.run();
            }
            // Her key stands in no directory: this log has none.
            log.unlock();
            log.record(AuditEvent.of(Act.LOG_READ));
            log.sequencer.run();
            LogCheck.Result result = log.verify();
            assertEquals(BATCHES * BATCH + 1, result.verdict().counts().entries());
            assertEquals(1, result.verdict().counts().signatures());
            Finding first = result.verdict().first().orElseThrow();
            assertEquals("signature.key", first.kind());
            assertEquals(BATCHES * BATCH, first.index());
        }
    }
}
