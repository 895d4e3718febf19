// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Lines that a writer to the database puts into the queue, well formed and past the server, which does not miss them when they go. */
public final class PlantedLines {
    private PlantedLines() {}

    /**
     * @param who in whose name; nobody signs
     * @return the ids, in the order given
     */
    public static List<UUID> insert(Connection writer, ActingNow who, AuditEvent... events) throws SQLException {
        Instant now = Instant.now();
        List<AuditEntry> entries = Arrays.stream(events)
                .map(event -> AuditEntry.of(event, who, now))
                .toList();
        AuditStore.insert(writer, entries, null);
        return entries.stream().map(AuditEntry::id).toList();
    }
}
