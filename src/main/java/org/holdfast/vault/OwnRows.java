// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.audit.LogReader;
import org.holdfast.audit.Pseudonym;
import org.holdfast.audit.RowHash;

/**
 * Rows of no case and no report, which the log calls by their own random ids: their lines, and whether they are as those
 * say. All methods run inside the caller's transaction. Safe between threads.
 */
@ApplicationScoped
class OwnRows {

    private final RowHash hashes;
    private final LogReader reader;
    private final AuditLog log;

    OwnRows(RowHash hashes, LogReader reader, AuditLog log) {
        this.hashes = hashes;
        this.reader = reader;
        this.log = log;
    }

    /** Writes the line of a row just written, with its hash. */
    void written(Act act, String table, UUID id) {
        log.record(AuditEvent.of(act).on(Pseudonym.ofRow(id)).hash(hashes.of(table, id)));
    }

    /** Writes the lines of rows just deleted. */
    void gone(Act act, Collection<UUID> ids) {
        log.record(ids.stream()
                .map(id -> AuditEvent.of(act).on(Pseudonym.ofRow(id)).hash(RowHash.gone()))
                .toList());
    }

    /** Whether the log has a line of a row, be it of its deletion. */
    boolean isKnown(UUID id) {
        return reader.isNamed(Pseudonym.ofRow(id));
    }

    /** Those of these rows that are there and as their newest lines say; two queries for all. */
    Set<UUID> asWritten(String table, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        Map<Pseudonym, byte[]> newest = reader.newestHashesThatAreLeft(
                ids.stream().map(Pseudonym::ofRow).toList());
        Set<UUID> sound = new HashSet<>();
        hashes.of(table, ids).forEach((id, hash) -> {
            if (Arrays.equals(hash, newest.get(Pseudonym.ofRow(id)))) {
                sound.add(id);
            }
        });
        return sound;
    }
}
