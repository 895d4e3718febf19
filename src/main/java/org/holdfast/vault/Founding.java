// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.holdfast.access.Bracket;
import org.holdfast.access.CurrentActor;
import org.holdfast.access.Problem;
import org.holdfast.access.Role;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.audit.Pseudonym;
import org.holdfast.audit.RowHash;
import org.holdfast.crypto.RecoveryCode;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Share;
import org.holdfast.crypto.Shares;
import org.holdfast.crypto.Words;
import org.holdfast.crypto.XWingKeyPair;

/**
 * The first start: the first supervisor's keys, the organisation's recovery key in shares, the founding statement and the
 * first shared keys. Nothing is stored before she has typed the passphrase again that she was shown.
 */
@ApplicationScoped
public class Founding {

    private static final int WORDS = 6;
    private static final int THRESHOLD = 3;
    private static final int HOLDERS = 5;
    private static final List<Statement.Kind> SHARED_KEYS =
            List.of(Statement.Kind.OVERSIGHT_KEY, Statement.Kind.STAFF_KEY, Statement.Kind.INTAKE_EPOCH);

    private final Directory directory;
    private final DirectoryStore statements;
    private final Pin pin;
    private final Drafts drafts;
    private final Slots slots;
    private final Memory memory;
    private final StaffStore staff;
    private final RowHash hashes;
    private final Unlock unlock;
    private final Grants grants;
    private final Names names;
    private final ShredSecrets shred;
    private final AuditLog log;
    private final CurrentActor current;
    private final Clock clock;

    Founding(
            Directory directory,
            DirectoryStore statements,
            Pin pin,
            Drafts drafts,
            Slots slots,
            Memory memory,
            StaffStore staff,
            RowHash hashes,
            Unlock unlock,
            Grants grants,
            Names names,
            ShredSecrets shred,
            AuditLog log,
            CurrentActor current,
            Clock clock) {
        this.directory = directory;
        this.statements = statements;
        this.pin = pin;
        this.drafts = drafts;
        this.slots = slots;
        this.memory = memory;
        this.staff = staff;
        this.hashes = hashes;
        this.unlock = unlock;
        this.grants = grants;
        this.names = names;
        this.shred = shred;
        this.log = log;
        this.current = current;
        this.clock = clock;
    }

    /**
     * What founding came to.
     *
     * @param pin SHA-256 of the founding statement, 64 hexadecimal digits
     * @param pinned whether it is in force; if not, the server answers nothing more until it is configured
     * @param cookie of the unlocked session that founding began
     */
    public record Founded(String pin, boolean pinned, String cookie) {
        @Override
        public String toString() {
            return "Founded[" + pin + "]";
        }
    }

    /**
     * Outside: new keys for the first supervisor and the organisation.
     *
     * @throws Problem.NotHere if the organisation is founded
     */
    public NewKeys keys() {
        checkMayFound();
        UUID tenant = UUID.randomUUID();
        String passphrase = Words.passphrase(WORDS);
        try (UserKeys keys = UserKeys.generate(UUID.randomUUID());
                SecretBytes kit = RecoveryCode.generate();
                SecretBytes recoverySeed = SecretBytes.random(XWingKeyPair.SEED_LENGTH);
                XWingKeyPair recovery = XWingKeyPair.fromSeed(recoverySeed)) {
            List<String> shares = Shares.split(recoverySeed, THRESHOLD, HOLDERS).stream()
                    .map(Share::toText)
                    .toList();
            Drafts.Draft draft =
                    new Drafts.Draft(tenant, keys.staffId(), keys.seeds().copy(), kit.copy(), recovery.publicKey());
            return new NewKeys(passphrase, RecoveryCode.toText(kit), shares, drafts.seal(draft, purpose(), passphrase));
        }
    }

    /**
     * Outside: founds the organisation.
     *
     * @param draft the hidden field of {@link #keys}
     * @param passphrase as typed again
     * @param name her display name
     * @return empty if the passphrase is not the one shown
     * @throws Problem.NotHere if the organisation is founded
     */
    public Optional<Founded> found(String draft, String passphrase, String name) {
        checkMayFound();
        Optional<Drafts.Opened> opened = drafts.open(draft, purpose(), passphrase);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (Drafts.Opened open = opened.get()) {
            return Optional.of(found(open, name));
        }
    }

    private Founded found(Drafts.Opened open, String name) {
        Drafts.Draft draft = open.draft();
        UserKeys keys = open.keys();
        Set<Role> roles = current.tokenRoles();
        List<Statement> chainOf = new ArrayList<>();
        chainOf.add(founding(draft, keys));
        byte[] hash = chainOf.get(0).hash();
        Chain chain = Chain.foundedBy(chainOf.get(0), hash);
        chainOf.add(chain.next(
                Statement.Kind.PERSON, today(), person(keys, current.loginTag(draft.tenant()), roles, today()), keys));
        chain = chain.with(chainOf.get(1));
        Person me = chain.person(keys.staffId()).orElseThrow();
        List<NewObject> shared = new ArrayList<>();
        byte[] sealedName = new byte[0];
        UUID nameRow = UUID.randomUUID();
        for (Statement.Kind kind : SHARED_KEYS) {
            NewObject object = sharedKey(chain, keys, kind);
            shared.add(object.grantTo(me, Compartment.WHOLE));
            chainOf.add(chain.next(kind, today(), sharedKeyFacts(object), keys));
            chain = chain.with(chainOf.get(chainOf.size() - 1));
            if (kind == Statement.Kind.STAFF_KEY) {
                sealedName = object.key(Compartment.WHOLE)
                        .sealBytes(StaffNames.place(nameRow, 1), name.getBytes(StandardCharsets.UTF_8));
            }
        }
        StaffStore.Row named = new StaffStore.Row(nameRow, keys.staffId(), 1, sealedName);
        StaffStore.Row state = memory.begin(keys, chain);
        List<Slots.Row> rows;
        try (SecretBytes kit = SecretBytes.copyOf(draft.kit())) {
            rows = slots.make(draft.tenant(), keys, open.stretched(), kit);
        }
        Chain complete = chain;
        String cookie = pinnedFirst(
                hash,
                () -> unlock.begin(keys, complete, () -> {
                    if (statements.newest() >= 0) {
                        throw Problem.notHere();
                    }
                    log.record(AuditEvent.of(Act.SESSION_UNLOCKED));
                    chainOf.forEach(directory::append);
                    shared.forEach(NewObject::store);
                    slots.insert(draft.tenant(), rows);
                    memory.write(draft.tenant(), state);
                    staff.insertName(draft.tenant(), named, 1);
                    log.record(AuditEvent.of(Act.STAFF_WRITTEN)
                            .on(Pseudonym.ofRow(nameRow))
                            .hash(hashes.of(StaffStore.NAMES, nameRow)));
                }));
        shared.forEach(NewObject::close);
        boolean pinned = pin.pinned().isPresent();
        current.askAgain();
        return new Founded(Bytes.hex(hash), pinned, cookie);
    }

    /**
     * The pin is on the disk before anything is founded: a server that is founded and has no pin does not start again, and nobody would
     * have seen it.
     */
    private String pinnedFirst(byte[] hash, Supplier<String> work) {
        boolean wrote = pin.write(hash);
        if (pin.pinned().filter(pinned -> !Arrays.equals(pinned, hash)).isPresent()) {
            throw Problem.notHere();
        }
        boolean done = false;
        try {
            String cookie = work.get();
            done = true;
            return cookie;
        } finally {
            if (!done && wrote && statements.newest() < 0) {
                pin.withdraw();
            }
        }
    }

    private Statement founding(Drafts.Draft draft, UserKeys keys) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("tenant", Bytes.hex(draft.tenant()));
        facts.put("root", Bytes.hex(keys.signKey()));
        facts.put("recovery", Bytes.hex(draft.recoveryKey()));
        facts.put("suites", "HF1");
        facts.put("need", "1");
        return Statement.signed(0, new byte[0], Statement.Kind.FOUNDING, today(), facts, keys);
    }

    static Map<String, String> person(UserKeys keys, byte[] loginTag, Set<Role> roles, LocalDate from) {
        return person(keys.staffId(), loginTag, roles, keys.signKey(), keys.wrapKey(), from);
    }

    static Map<String, String> person(
            UUID staffId, byte[] loginTag, Set<Role> roles, byte[] signKey, byte[] wrapKey, LocalDate from) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("staff", Bytes.hex(staffId));
        facts.put("login", Bytes.hex(loginTag));
        facts.put("roles", codes(roles));
        facts.put("sign", Bytes.hex(signKey));
        facts.put("wrap", Bytes.hex(wrapKey));
        facts.put("from", from.toString());
        return facts;
    }

    static String codes(Set<Role> roles) {
        return roles.stream().sorted().map(Role::code).collect(Collectors.joining(","));
    }

    private NewObject sharedKey(Chain chain, UserKeys keys, Statement.Kind kind) {
        UUID id = UUID.randomUUID();
        shred.create(id);
        ObjectKind objectKind = switch (kind) {
            case OVERSIGHT_KEY -> ObjectKind.OVERSIGHT;
            case STAFF_KEY -> ObjectKind.STAFF;
            default -> ObjectKind.INTAKE_EPOCH;
        };
        return new NewObject(grants, names, log, chain, keys, objectKind, id, Compartment.WHOLE);
    }

    private static Map<String, String> sharedKeyFacts(NewObject object) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("id", Bytes.hex(object.id()));
        facts.put("epoch", "1");
        try (XWingKeyPair pair = object.secretsOf(Compartment.WHOLE).keyPair()) {
            facts.put("key", Bytes.hex(pair.publicKey()));
        }
        return facts;
    }

    private void checkMayFound() {
        Bracket.assertOutside();
        if (statements.newest() >= 0) {
            throw Problem.notHere();
        }
        if (!current.tokenRoles().contains(Role.SUPERVISOR)) {
            throw Problem.refused("role");
        }
    }

    private String purpose() {
        return "founding." + Bytes.hex(current.loginTag(new UUID(0, 0)));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
