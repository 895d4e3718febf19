// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import org.holdfast.access.Bracket;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.Test;

/** The end of an unlocked session that no work puts off. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class SessionEndComponentTest {
    private static final Duration LONGEST = Duration.ofHours(8);

    @Test
    void an_unlocked_session_ends_eight_hours_after_it_began_however_busy_it_is() throws Exception {
        Instant before = Instant.now().minusSeconds(1);
        Visitor amina = new Office().organisation().unlocked("amina");
        try (SecretBytes s = SecretBytes.of(Base64.getUrlDecoder().decode(amina.cookie("__Host-hfk")))) {
            SessionStore.Row row = row(s);
            assertFalse(row.endsAt().isBefore(before.plus(LONGEST)), "it ends early");
            assertFalse(row.endsAt().isAfter(Instant.now().plus(LONGEST)), "it ends late");
            // As the server would have written it nearly eight hours ago, to somebody who has worked ever since.
            Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(4);
            put(s, row, end);
            assertFalse(isLocked(amina), "before the end");
            long lines = Office.count("select count(*) from audit_entry where act = 'access.tampering'");
            Thread.sleep(Math.max(0, Duration.between(Instant.now(), end).toMillis()) + 100);
            assertTrue(isLocked(amina), "after the end");
            assertTrue(amina.cookie("__Host-hfk").isEmpty());
            assertEquals(lines, Office.count("select count(*) from audit_entry where act = 'access.tampering'"));
        }
    }

    private static SessionStore.Row row(SecretBytes s) {
        return Office.bean(Bracket.class)
                .read(() -> Office.bean(SessionStore.class).find(SessionForm.id(s)))
                .orElseThrow();
    }

    /** The same session, sealed with another end. */
    private static void put(SecretBytes s, SessionStore.Row row, Instant end) {
        UUID tenant = Office.bean(Directory.class).known().tenant();
        try (UserKeys keys = SessionForm.open(s, tenant, row)) {
            SessionStore.Row other = SessionForm.seal(s, tenant, keys, row.sid(), row.idleUntil(), end);
            Office.bean(Bracket.class).write(() -> {
                Office.bean(SessionStore.class).delete(row.id());
                Office.bean(SessionStore.class).insert(other);
            });
        }
    }

    private static boolean isLocked(Visitor visitor) throws Exception {
        return visitor.get("/desk").body().contains("Your keys are locked");
    }
}
