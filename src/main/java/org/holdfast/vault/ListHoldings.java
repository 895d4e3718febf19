// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.holdfast.audit.LogReader;
import org.holdfast.audit.Pseudonym;
import org.holdfast.audit.RowHash;
import org.holdfast.crypto.SecretBytes;
import org.jspecify.annotations.Nullable;

/** Which cases a person may list, checked in full: grants against the log, and the newest hash of each case's row. Inside. */
@ApplicationScoped
class ListHoldings {

    private static final Compartment LISTED = Compartment.SUMMARY;
    private static final Compartment WHOLE = Compartment.CONTENT;

    private final GrantStore store;
    private final GrantLog inLog;
    private final ShredSecrets shred;
    private final Names names;
    private final LogReader reader;

    ListHoldings(GrantStore store, GrantLog inLog, ShredSecrets shred, Names names, LogReader reader) {
        this.store = store;
        this.inLog = inLog;
        this.shred = shred;
        this.names = names;
        this.reader = reader;
    }

    /**
     * A case that she may list. Without a name and a shred secret when the latter is lost.
     *
     * @param hash of the grant of its summary
     * @param content hash of the grant of its content; empty if she has none
     * @param name what the log calls its row
     * @param newest the hash of that row in the log, null if the log does not know it
     */
    record Case(
            GrantRow grant,
            byte[] hash,
            byte[] content,
            @Nullable Pseudonym name,
            @Nullable SecretBytes shred,
            byte @Nullable [] newest) {

        ListForm.Item item(byte[] row) {
            byte[] called = name == null ? new byte[Pseudonym.LENGTH] : name.value();
            return new ListForm.Item(grant.object(), hash, content, called, row);
        }
    }

    /** All of them. */
    List<Case> all(byte[] keyId, UUID tenant) {
        return standing(store.ofBoth(keyId, ObjectKind.CASE, LISTED, WHOLE), tenant);
    }

    /** Those among these objects. */
    List<Case> of(byte[] keyId, Collection<UUID> objects, UUID tenant) {
        return objects.isEmpty()
                ? List.of()
                : standing(store.ofBoth(keyId, ObjectKind.CASE, LISTED, WHOLE, objects), tenant);
    }

    /** The cases of which something was given to her by these entries of the log. */
    List<UUID> given(byte[] keyId, Collection<UUID> entries) {
        return entries.isEmpty() ? List.of() : store.objectsGiven(keyId, ObjectKind.CASE, entries);
    }

    /** The cases of which a summary grant stands and whose row was not deleted, with what the log says of that row. */
    private List<Case> standing(List<GrantRow> rows, UUID tenant) {
        List<GrantRow> standing = inLog.standing(rows, tenant);
        Map<UUID, byte[]> contents = new HashMap<>();
        standing.stream()
                .filter(row -> row.compartment() == WHOLE)
                .forEach(row -> contents.put(row.object(), row.hash(tenant)));
        List<GrantRow> listed =
                standing.stream().filter(row -> row.compartment() == LISTED).toList();
        shred.fetch(listed.stream().map(GrantRow::object).toList());
        Map<UUID, Pseudonym> called = new HashMap<>();
        listed.forEach(row -> names.ifKnown(row.object(), Names.CASE_TABLE, row.object())
                .ifPresent(name -> called.put(row.object(), name)));
        Map<Pseudonym, byte[]> newest = reader.newestHashes(called.values());
        List<Case> fresh = new ArrayList<>();
        for (GrantRow row : listed) {
            UUID object = row.object();
            Pseudonym name = called.get(object);
            byte[] hash = name == null ? null : newest.get(name);
            if (hash == null || !Arrays.equals(hash, RowHash.gone())) {
                byte[] content = contents.getOrDefault(object, new byte[0]);
                SecretBytes secret = name == null ? null : shred.of(object);
                fresh.add(new Case(row, row.hash(tenant), content, name, secret, hash));
            }
        }
        return fresh;
    }
}
