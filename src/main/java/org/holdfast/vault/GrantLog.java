// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.holdfast.access.Problem;
import org.holdfast.audit.LogReader;
import org.holdfast.audit.Standing;

/** What the log says of grants. */
@ApplicationScoped
class GrantLog {

    private final LogReader reader;

    GrantLog(LogReader reader) {
        this.reader = reader;
    }

    /** Those that were given and not revoked. */
    List<GrantRow> given(List<GrantRow> rows, UUID tenant) {
        List<byte[]> hashes = hashes(rows, tenant);
        Map<String, Standing> standings = reader.standings(hashes);
        List<GrantRow> given = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (standings.get(Bytes.hex(hashes.get(i))) == Standing.GIVEN) {
                given.add(rows.get(i));
            }
        }
        return given;
    }

    /**
     * Of each object and compartment the first row that stands, in the order of the rows. One that was revoked is dead,
     * however it came back; one that the log does not know is no grant.
     *
     * @throws Problem.Tampering if none stands and there is one that the log does not know
     */
    List<GrantRow> standing(List<GrantRow> rows, UUID tenant) {
        record Part(UUID object, Compartment compartment) {}
        Map<Part, GrantRow> standing = new LinkedHashMap<>();
        Map<Part, byte[]> unknown = new HashMap<>();
        List<byte[]> hashes = hashes(rows, tenant);
        Map<String, Standing> standings = reader.standings(hashes);
        for (int i = 0; i < rows.size(); i++) {
            Part part = new Part(rows.get(i).object(), rows.get(i).compartment());
            switch (standings.getOrDefault(Bytes.hex(hashes.get(i)), Standing.UNKNOWN)) {
                case GIVEN -> standing.putIfAbsent(part, rows.get(i));
                case UNKNOWN -> unknown.putIfAbsent(part, hashes.get(i));
                case REVOKED -> {}
            }
        }
        unknown.keySet().removeAll(standing.keySet());
        for (byte[] hash : unknown.values()) {
            throw Grants.tampered("grant.unknown", hash);
        }
        return List.copyOf(standing.values());
    }

    private static List<byte[]> hashes(List<GrantRow> rows, UUID tenant) {
        return rows.stream().map(row -> row.hash(tenant)).toList();
    }

    /** What somebody gave before she left stands; what is signed with her key afterwards does not. */
    void checkGivenBefore(byte[] grant, byte[] end) {
        OptionalLong given = reader.position(grant);
        OptionalLong ended = reader.position(end);
        if (given.isEmpty() || ended.isEmpty() || given.getAsLong() > ended.getAsLong()) {
            throw Grants.tampered("grant.after-end", grant);
        }
    }
}
