// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.holdfast.access.Bracket;
import org.holdfast.access.Role;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.audit.Pseudonym;
import org.holdfast.crypto.SecretBytes;
import org.jspecify.annotations.Nullable;

/**
 * An object that is about to be stored: its secrets exist and its shred secret is stored, its grants are not yet.
 *
 * <p>Made outside a transaction by {@link Vault#begin}; the person who makes it is granted every compartment. Further
 * people are named with {@code grantTo}, rows are sealed with {@link #key}, and {@link #store} writes grants, recovery wraps
 * and their lines in the same transaction as the rows. If that never happens, a shred secret without an object is left,
 * which opens nothing.
 */
public final class NewObject implements AutoCloseable {

    private static final int FIRST_EPOCH = 1;

    private final Grants grants;
    private final AuditLog log;
    private final Chain chain;
    private final UserKeys maker;
    private final ObjectKind kind;
    private final UUID id;
    private final @Nullable Pseudonym caseName;
    private final Map<Compartment, Secrets> secrets = new EnumMap<>(Compartment.class);
    private final Map<Compartment, FieldKey> keys = new EnumMap<>(Compartment.class);
    private final List<GrantRow> given = new ArrayList<>();
    private final List<GrantRow> recovery = new ArrayList<>();
    private final Pseudonym name;

    NewObject(
            Grants grants,
            Names names,
            AuditLog log,
            Chain chain,
            UserKeys maker,
            ObjectKind kind,
            UUID id,
            Compartment... compartments) {
        this.grants = grants;
        this.log = log;
        this.chain = chain;
        this.maker = maker;
        this.kind = kind;
        this.id = id;
        this.caseName = names.ofCase(kind, id);
        this.name = caseName == null ? Pseudonym.ofRow(id) : caseName;
        for (Compartment compartment : compartments) {
            Secrets made = grants.derive(SecretBytes.random(32), chain.tenant(), id, compartment, FIRST_EPOCH);
            secrets.put(compartment, made);
            keys.put(compartment, made.fieldKey(Bytes.of(chain.tenant()), compartment, FIRST_EPOCH));
            recovery.add(grants.giveToRecovery(
                    maker, chain.tenant(), chain.recoveryKey(), kind, id, compartment, FIRST_EPOCH, made));
        }
    }

    /** Its id. */
    public UUID id() {
        return id;
    }

    /** Grants a person these compartments. Outside a transaction. */
    public NewObject grantTo(UUID staffId, Compartment... compartments) {
        return grantTo(
                chain.person(staffId).filter(Person::active).orElseThrow(org.holdfast.access.Problem::notHere),
                compartments);
    }

    /** Grants everybody who has this role now these compartments. Outside a transaction. */
    public NewObject grantToAll(Role role, Compartment... compartments) {
        chain.people().stream()
                .filter(p -> p.active() && p.roles().contains(role))
                .forEach(p -> grantTo(p, compartments));
        return this;
    }

    NewObject grantTo(Person person, Compartment... compartments) {
        for (Compartment compartment : compartments) {
            boolean has = given.stream()
                    .anyMatch(g -> g.compartment() == compartment && Arrays.equals(g.granteeKey(), person.keyId()));
            if (!has) {
                given.add(grants.give(
                        maker, chain.tenant(), person, kind, id, compartment, FIRST_EPOCH, secretsOf(compartment)));
            }
        }
        return this;
    }

    Secrets secretsOf(Compartment compartment) {
        Secrets found = secrets.get(compartment);
        if (found == null) {
            throw new IllegalArgumentException("this object has no such compartment");
        }
        return found;
    }

    /** The key that seals rows of this compartment; closed together with this object. */
    public FieldKey key(Compartment compartment) {
        FieldKey key = keys.get(compartment);
        if (key == null) {
            throw new IllegalArgumentException("this object has no such compartment");
        }
        return key;
    }

    /** Writes the grants and their lines. Inside a transaction, once. */
    public void store() {
        Bracket.assertInside();
        List<AuditEvent> created = new ArrayList<>();
        secrets.values()
                .forEach(s ->
                        created.add(AuditEvent.of(Act.KEY_CREATED).inCase(name).hash(s.commitment())));
        log.record(created);
        recovery.forEach(row -> grants.store(GrantRow.RECOVERY_TABLE, chain.tenant(), row, caseName));
        given.forEach(row -> grants.store(GrantRow.TABLE, chain.tenant(), row, caseName));
    }

    @Override
    public void close() {
        keys.values().forEach(FieldKey::close);
        secrets.values().forEach(Secrets::close);
    }
}
