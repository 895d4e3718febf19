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
import java.util.Optional;
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

/**
 * What an unlocked supervisor does with people: approve whose words she compared, take away the request of who is not that person,
 * end who leaves. Outside transactions.
 */
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
    private final Memory memory;
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
            Memory memory,
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
        this.memory = memory;
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
     * @param name as she gave it; null if name or roles are not what was sent, and then nobody can be let in
     * @param roles that her login had; none if they are not what was sent
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
                Optional<Set<Role>> roles = Enrolment.rolesIfKnown(row.roles());
                waiting.add(new Waiting(
                        row.id(),
                        roles.isPresent() ? name(chain, pair, row) : null,
                        roles.orElse(Set.of()),
                        Words.fingerprint(row.fingerprint(chain.tenant()), Enrolment.FINGERPRINT_WORDS),
                        row.day()));
            }
        }
        refusals.found(waiting.stream()
                .filter(w -> w.name() == null)
                .map(w -> AuditEvent.of(Act.ACCESS_TAMPERING)
                        .on(Pseudonym.ofRow(w.id()))
                        .refused(w.roles().isEmpty() ? "enrolment.roles" : "enrolment.name"))
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
     * @return false if there is no such request any more: nothing was done then
     * @throws Problem.NotHere if it is not that one
     */
    public boolean approve(UUID request, List<String> compared) {
        UserKeys mine = user.keys();
        Chain chain = directory.known();
        Optional<Approval> found = bracket.read(() -> requests.checked(request).map(row -> approval(chain, row)));
        if (found.isEmpty()) {
            return false;
        }
        Approval approval = found.get();
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
        return bracket.write(() -> {
            if (!requests.delete(row.id(), Act.ENROLMENT_ANSWERED)) {
                return false;
            }
            directory.append(statement);
            sharing.store();
            staff.insertName(chain.tenant(), named, 1);
            own.written(Act.STAFF_WRITTEN, StaffStore.NAMES, named.id());
            return true;
        });
    }

    /**
     * Takes a request away because it is not that person's, with the keys it was made with: each is a line. It need not be as it was
     * sent, so that what was planted or altered does not stay for ever. Whoever it names can ask anew.
     *
     * @return false if there is no such request any more: nothing was done then
     */
    public boolean decline(UUID request) {
        user.require();
        // A planted request can bear the id of a colleague: her slots are not its own.
        boolean colleague = directory.known().person(request).isPresent();
        return bracket.write(() -> {
            if (!requests.delete(request, Act.ENROLMENT_DECLINED)) {
                return false;
            }
            if (!colleague) {
                slots.delete(request);
                memory.forget(request);
            }
            return true;
        });
    }

    private Approval approval(Chain chain, RequestStore.Row row) {
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
