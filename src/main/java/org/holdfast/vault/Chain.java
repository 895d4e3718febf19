// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.holdfast.access.Problem;
import org.holdfast.access.Role;
import org.holdfast.crypto.Signatures;

/**
 * The directory as its statements say, from the founding one on, each checked when it is added: its place, the hash of the
 * one before it, its signer and her signature. Immutable.
 *
 * <p>A statement is signed by an active supervisor; the founding one, and the one after it that names the first supervisor,
 * by the root key, which is her signing key.
 */
final class Chain {

    /**
     * A public key that is nobody's own.
     *
     * @param id the object that the secret is granted under
     * @param epoch from 1
     * @param publicKey X-Wing
     */
    record SharedKey(UUID id, int epoch, byte[] publicKey) {}

    private final List<Statement> statements;
    private final Map<UUID, Person> people;
    private final Map<UUID, byte[]> ended;
    private final Map<Statement.Kind, List<SharedKey>> keys;

    private Chain(
            List<Statement> statements,
            Map<UUID, Person> people,
            Map<UUID, byte[]> ended,
            Map<Statement.Kind, List<SharedKey>> keys) {
        this.statements = statements;
        this.people = people;
        this.ended = ended;
        this.keys = keys;
    }

    /**
     * The chain that begins with this statement.
     *
     * @param pin SHA-256 of the founding statement
     * @throws Problem.Tampering if it is not the pinned one, or not sound
     */
    static Chain foundedBy(Statement founding, byte[] pin) {
        check(Arrays.equals(founding.hash(), pin), "directory.pin");
        check(founding.number() == 0 && founding.kind() == Statement.Kind.FOUNDING, "directory.founding");
        check(founding.previous().length == 0 && founding.text("suites").equals("HF1"), "directory.founding");
        byte[] root = founding.bytes("root");
        check(Arrays.equals(founding.by(), UserKeys.keyId(root)), "directory.signer");
        checkSignature(founding, root);
        return new Chain(List.of(founding), Map.of(), Map.of(), Map.of());
    }

    /** @throws Problem.Tampering if it does not follow, or nobody who may has signed it */
    Chain with(Statement next) {
        check(next.number() == statements.size(), "directory.number");
        check(Arrays.equals(next.previous(), hash(number())), "directory.previous");
        checkSignature(next, signer(next));
        List<Statement> all = new ArrayList<>(statements);
        all.add(next);
        Map<UUID, Person> persons = new LinkedHashMap<>(people);
        Map<UUID, byte[]> ends = new LinkedHashMap<>(ended);
        Map<Statement.Kind, List<SharedKey>> shared = new EnumMap<>(Statement.Kind.class);
        shared.putAll(keys);
        switch (next.kind()) {
            case PERSON -> add(persons, next);
            case PERSON_ENDED -> end(persons, ends, next);
            case INTAKE_EPOCH, OVERSIGHT_KEY, STAFF_KEY -> {
                List<SharedKey> known = new ArrayList<>(shared.getOrDefault(next.kind(), List.of()));
                check(next.integer("epoch") == known.size() + 1, "directory.epoch");
                known.add(new SharedKey(Bytes.uuid(next.bytes("id")), next.integer("epoch"), next.bytes("key")));
                shared.put(next.kind(), known);
            }
            default -> throw Problem.tampering("directory.founding");
        }
        return new Chain(all, persons, ends, shared);
    }

    private static void add(Map<UUID, Person> persons, Statement next) {
        UUID staffId = Bytes.uuid(next.bytes("staff"));
        byte[] signKey = next.bytes("sign");
        byte[] keyId = UserKeys.keyId(signKey);
        byte[] login = next.bytes("login");
        for (Person other : persons.values()) {
            check(!Arrays.equals(other.keyId(), keyId), "directory.key-twice");
            check(!other.active() || !Arrays.equals(other.loginTag(), login), "directory.login-twice");
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String code : next.text("roles").split(",")) {
            roles.add(Role.of(code).orElseThrow(() -> Problem.tampering("directory.role")));
        }
        Person person =
                new Person(staffId, keyId, next.bytes("wrap"), signKey, Set.copyOf(roles), login, next.day(), true);
        check(persons.putIfAbsent(staffId, person) == null, "directory.person-twice");
    }

    private static void end(Map<UUID, Person> persons, Map<UUID, byte[]> ends, Statement next) {
        UUID staffId = Bytes.uuid(next.bytes("staff"));
        Person person = persons.get(staffId);
        if (person == null || !person.active()) {
            throw Problem.tampering("directory.nobody-to-end");
        }
        persons.put(staffId, person.ended());
        ends.put(staffId, next.hash());
    }

    private byte[] signer(Statement next) {
        Statement founding = statements.get(0);
        if (next.number() == 1 && next.kind() == Statement.Kind.PERSON && Arrays.equals(next.by(), founding.by())) {
            check(next.text("sign").equals(founding.text("root")), "directory.first-person");
            return founding.bytes("root");
        }
        return people.values().stream()
                .filter(p -> p.active() && p.roles().contains(Role.SUPERVISOR) && Arrays.equals(p.keyId(), next.by()))
                .findFirst()
                .orElseThrow(() -> Problem.tampering("directory.signer"))
                .signKey();
    }

    private static void checkSignature(Statement statement, byte[] publicKey) {
        check(
                Signatures.verifyEd25519(publicKey, statement.signedBytes(), statement.signature()),
                "directory.signature");
    }

    private static void check(boolean holds, String code) {
        if (!holds) {
            throw Problem.tampering(code);
        }
    }

    /** Number of the newest statement. */
    int number() {
        return statements.size() - 1;
    }

    byte[] hash(int number) {
        return statements.get(number).hash();
    }

    UUID tenant() {
        return Bytes.uuid(statements.get(0).bytes("tenant"));
    }

    byte[] recoveryKey() {
        return statements.get(0).bytes("recovery");
    }

    /** All of them, in their order. */
    List<Statement> statements() {
        return List.copyOf(statements);
    }

    Collection<Person> people() {
        return people.values();
    }

    Optional<Person> person(UUID staffId) {
        return Optional.ofNullable(people.get(staffId));
    }

    Optional<Person> byKey(byte[] keyId) {
        return people.values().stream()
                .filter(p -> Arrays.equals(p.keyId(), keyId))
                .findFirst();
    }

    Optional<Person> byLogin(byte[] loginTag) {
        return people.values().stream()
                .filter(p -> p.active() && Arrays.equals(p.loginTag(), loginTag))
                .findFirst();
    }

    /** Hash of the statement that ended this person. */
    Optional<byte[]> ended(UUID staffId) {
        return Optional.ofNullable(ended.get(staffId));
    }

    /** The newest key of a kind. */
    SharedKey newest(Statement.Kind kind) {
        List<SharedKey> known = keys.getOrDefault(kind, List.of());
        if (known.isEmpty()) {
            throw Problem.notStarted();
        }
        return known.get(known.size() - 1);
    }

    /** The key of this id, whichever epoch. */
    Optional<SharedKey> key(Statement.Kind kind, UUID id) {
        return keys.getOrDefault(kind, List.of()).stream()
                .filter(k -> k.id().equals(id))
                .findFirst();
    }

    Statement next(Statement.Kind kind, java.time.LocalDate day, Map<String, String> facts, UserKeys signer) {
        return Statement.signed(number() + 1, hash(number()), kind, day, facts, signer);
    }
}
