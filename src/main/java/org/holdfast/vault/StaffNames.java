// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.RequestScoped;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.access.Refusals;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.Pseudonym;
import org.jspecify.annotations.Nullable;

/**
 * Display names, opened with the staff secret that everybody enrolled holds. Opened once a request, outside a transaction;
 * while locked there are none.
 */
@RequestScoped
public class StaffNames {

    private final UnlockedUser user;
    private final Directory directory;
    private final Vault vault;
    private final StaffStore store;
    private final OwnRows own;
    private final Bracket bracket;
    private final Refusals refusals;
    private @Nullable Map<UUID, String> opened;

    StaffNames(
            UnlockedUser user,
            Directory directory,
            Vault vault,
            StaffStore store,
            OwnRows own,
            Bracket bracket,
            Refusals refusals) {
        this.user = user;
        this.directory = directory;
        this.vault = vault;
        this.store = store;
        this.own = own;
        this.bracket = bracket;
        this.refusals = refusals;
    }

    /** The name of a person; her id's first digits if there is none. */
    public String of(UUID staffId) {
        return all().getOrDefault(staffId, Bytes.hex(staffId).substring(0, 8));
    }

    /** All names, of people who left too; none while locked. */
    public Map<UUID, String> all() {
        Map<UUID, String> names = opened;
        if (names == null) {
            names = user.isUnlocked() ? open() : Map.of();
            opened = names;
        }
        return names;
    }

    private record Stored(Optional<Grant> grant, List<StaffStore.Row> rows, Set<UUID> altered) {}

    private Map<UUID, String> open() {
        Bracket.assertOutside();
        Stored stored = bracket.read(this::stored);
        Map<UUID, String> names = new HashMap<>();
        Set<UUID> altered = new TreeSet<>(stored.altered());
        if (stored.grant().isPresent()) {
            try (FieldKey key = vault.open(stored.grant().get())) {
                for (StaffStore.Row row : stored.rows()) {
                    if (!altered.contains(row.id())) {
                        name(row, key)
                                .ifPresentOrElse(name -> names.put(row.staffId(), name), () -> altered.add(row.id()));
                    }
                }
            }
        }
        report(altered);
        return Map.copyOf(names);
    }

    private static Optional<String> name(StaffStore.Row row, FieldKey key) {
        try {
            byte[] name = key.openBytes(place(row.id(), row.revision()), row.sealed());
            return Optional.of(new String(name, StandardCharsets.UTF_8));
        } catch (Problem.Tampering altered) {
            return Optional.empty();
        }
    }

    /** One altered name must not keep everybody from every page; she is called by her id, and the log has a line. */
    private void report(Set<UUID> altered) {
        refusals.found(altered.stream()
                .map(id -> AuditEvent.of(Act.ACCESS_TAMPERING)
                        .on(Pseudonym.ofRow(id))
                        .refused("name.row"))
                .toList());
    }

    private Stored stored() {
        UUID staffKey = directory.known().newest(Statement.Kind.STAFF_KEY).id();
        List<StaffStore.Row> rows = store.names();
        Set<UUID> altered = rows.stream().map(StaffStore.Row::id).collect(Collectors.toSet());
        altered.removeAll(own.asWritten(StaffStore.NAMES, altered));
        return new Stored(vault.grantIfAny(ObjectKind.STAFF, staffKey, Compartment.WHOLE), rows, altered);
    }

    static Place place(UUID row, long revision) {
        return new Place(StaffStore.NAMES, "sealed", row, 1, revision);
    }
}
