// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.access.Refusals;
import org.holdfast.access.Role;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.audit.Pseudonym;
import org.holdfast.crypto.ObjectType;
import org.holdfast.crypto.Signatures;
import org.holdfast.crypto.Tampered;
import org.holdfast.crypto.Words;
import org.holdfast.crypto.XWingKeyPair;
import org.jspecify.annotations.Nullable;

/** What an unlocked supervisor does with people: approve whose words she compared, end who leaves. Outside transactions. */
@ApplicationScoped
public class Staffing {

    private final Directory directory;
    private final Vault vault;
    private final UnlockedUser user;
    private final RequestStore requests;
    private final GrantStore grantStore;
    private final Grants grants;
    private final ShredSecrets shred;
    private final Names names;
    private final StaffStore staff;
    private final Slots slots;
    private final Unlock unlock;
    private final OwnRows own;
    private final AuditLog log;
    private final Bracket bracket;
    private final Refusals refusals;
    private final Clock clock;

    Staffing(
            Directory directory,
            Vault vault,
            UnlockedUser user,
            RequestStore requests,
            GrantStore grantStore,
            Grants grants,
            ShredSecrets shred,
            Names names,
            StaffStore staff,
            Slots slots,
            Unlock unlock,
            OwnRows own,
            AuditLog log,
            Bracket bracket,
            Refusals refusals,
            Clock clock) {
        this.directory = directory;
        this.vault = vault;
        this.user = user;
        this.requests = requests;
        this.grantStore = grantStore;
        this.grants = grants;
        this.shred = shred;
        this.names = names;
        this.staff = staff;
        this.slots = slots;
        this.unlock = unlock;
        this.own = own;
        this.log = log;
        this.bracket = bracket;
        this.refusals = refusals;
        this.clock = clock;
    }

    /**
     * Somebody who waits.
     *
     * @param id of the request
     * @param name as she gave it; null if it is not what she gave, and then she cannot be let in
     * @param roles that her login has
     * @param words to compare with the ones on her page
     * @param since day of the request
     */
    public record Waiting(UUID id, @Nullable String name, Set<Role> roles, List<String> words, LocalDate since) {}

    private record Read(List<RequestStore.Row> rows, Grant staffKey) {}

    /** Who waits, oldest first; writes the line that it was looked at, and one of each whose name is not what was given. */
    public List<Waiting> waiting() {
        user.require();
        Chain chain = directory.known();
        Read read = bracket.read(() -> {
            log.record(AuditEvent.of(Act.PEOPLE_LISTED));
            return new Read(requests.all(), staffKey(chain));
        });
        List<Waiting> waiting = new ArrayList<>();
        try (Secrets secrets = vault.secrets(read.staffKey());
                XWingKeyPair pair = secrets.keyPair()) {
            for (RequestStore.Row row : read.rows()) {
                waiting.add(new Waiting(
                        row.id(),
                        name(chain, pair, row),
                        Enrolment.roles(row.roles()),
                        Words.fingerprint(row.fingerprint(chain.tenant()), Enrolment.FINGERPRINT_WORDS),
                        row.day()));
            }
        }
        refusals.found(waiting.stream()
                .filter(w -> w.name() == null)
                .map(w -> AuditEvent.of(Act.ACCESS_TAMPERING)
                        .on(Pseudonym.ofRow(w.id()))
                        .refused("enrolment.name"))
                .toList());
        return waiting;
    }

    private static @Nullable String name(Chain chain, XWingKeyPair pair, RequestStore.Row row) {
        try {
            return new String(
                    Hybrid.open(ObjectType.FIELD, pair, Enrolment.nameContext(chain, row.id()), row.sealedName()),
                    StandardCharsets.UTF_8);
        } catch (Tampered altered) {
            return null;
        }
    }

    private Grant staffKey(Chain chain) {
        return vault.grant(
                ObjectKind.STAFF, chain.newest(Statement.Kind.STAFF_KEY).id(), Compartment.WHOLE);
    }

    private record Approval(RequestStore.Row row, Grant staffKey, List<Grant> shared) {}

    /**
     * Takes somebody into the directory and grants her the keys of her roles: the staff secret to everybody, the oversight
     * secret to supervisors, the intake secret to supervisors and caseworkers.
     *
     * @param compared the eight words that the supervisor saw and compared; the request must still be that one
     * @throws Problem.NotHere if there is no such request any more, or it is not that one
     */
    public void approve(UUID request, List<String> compared) {
        UserKeys mine = user.keys();
        Chain chain = directory.known();
        Approval approval = bracket.read(() -> approval(chain, request));
        RequestStore.Row row = approval.row();
        if (!Words.fingerprint(row.fingerprint(chain.tenant()), Enrolment.FINGERPRINT_WORDS)
                .equals(compared)) {
            throw Problem.notHere();
        }
        if (!Signatures.verifyEd25519(row.signKey(), row.signedBytes(chain.tenant()), row.proof())) {
            throw Problem.tampering("enrolment.proof", null, Bytes.of(row.id()));
        }
        Statement statement = chain.next(
                Statement.Kind.PERSON,
                today(),
                Facts.person(
                        row.id(), row.loginTag(), Enrolment.roles(row.roles()), row.signKey(), row.wrapKey(), today()),
                mine);
        Chain then = chain.with(statement);
        Person person = then.person(row.id()).orElseThrow();
        shred.fetch(approval.shared().stream().map(Grant::object).toList());
        Sharing sharing = vault.share(approval.shared(), person, then);
        StaffStore.Row named = named(chain, approval);
        bracket.write(() -> {
            if (!requests.delete(row.id())) {
                throw Problem.notHere();
            }
            directory.append(statement);
            sharing.store();
            staff.insertName(chain.tenant(), named, 1);
            own.written(Act.STAFF_WRITTEN, StaffStore.NAMES, named.id());
        });
    }

    private Approval approval(Chain chain, UUID request) {
        RequestStore.Row row = requests.checked(request).orElseThrow(Problem::notHere);
        Set<Role> roles = Enrolment.roles(row.roles());
        Grant staffKey = staffKey(chain);
        List<Grant> shared = new ArrayList<>(List.of(staffKey));
        if (roles.contains(Role.SUPERVISOR)) {
            shared.add(vault.oversightGrant());
            // Cases made from now on give her their summary by themselves; those that are there already do not.
            shared.addAll(vault.grants(ObjectKind.CASE, Compartment.SUMMARY));
        }
        if (roles.contains(Role.SUPERVISOR) || roles.contains(Role.CASEWORKER)) {
            shared.add(vault.grant(
                    ObjectKind.INTAKE_EPOCH,
                    chain.newest(Statement.Kind.INTAKE_EPOCH).id(),
                    Compartment.WHOLE));
        }
        return new Approval(row, staffKey, shared);
    }

    private StaffStore.Row named(Chain chain, Approval approval) {
        UUID id = UUID.randomUUID();
        try (Secrets secrets = vault.secrets(approval.staffKey());
                XWingKeyPair pair = secrets.keyPair();
                FieldKey key = vault.open(approval.staffKey())) {
            String given = name(chain, pair, approval.row());
            if (given == null) {
                throw Problem.tampering(
                        "enrolment.name", null, Bytes.of(approval.row().id()));
            }
            byte[] name = given.getBytes(StandardCharsets.UTF_8);
            return new StaffStore.Row(id, approval.row().id(), 1, key.sealBytes(StaffNames.place(id, 1), name));
        }
    }

    /**
     * Ends somebody: the statement, every grant she holds, her slots and her sessions. What she gave to others stands.
     *
     * @throws Problem.Refused if she is the last supervisor
     */
    public void end(UUID staffId) {
        UserKeys mine = user.keys();
        Chain chain = directory.known();
        Person person = chain.person(staffId).filter(Person::active).orElseThrow(Problem::notHere);
        boolean another = chain.people().stream()
                .anyMatch(p -> p.active()
                        && p.roles().contains(Role.SUPERVISOR)
                        && !p.staffId().equals(staffId));
        if (!another) {
            throw Problem.refused("last-supervisor");
        }
        Map<String, String> facts = new LinkedHashMap<>(Map.of("staff", Bytes.hex(staffId)));
        Statement statement = chain.next(Statement.Kind.PERSON_ENDED, today(), facts, mine);
        chain.with(statement);
        List<GrantRow> held = grantStore.to(person.keyId());
        shred.fetch(held.stream().map(GrantRow::object).toList());
        bracket.write(() -> {
            directory.append(statement);
            for (GrantRow row : grantStore.to(person.keyId())) {
                grants.revoke(chain.tenant(), row, names.ofCase(row.kind(), row.object()));
            }
            slots.delete(staffId);
            unlock.personEnded(staffId);
        });
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
