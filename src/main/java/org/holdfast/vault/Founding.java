// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.holdfast.access.Bracket;
import org.holdfast.access.CurrentActor;
import org.holdfast.access.Problem;
import org.holdfast.access.Role;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
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
    private final OwnRows own;
    private final Unlock unlock;
    private final Grants grants;
    private final Names names;
    private final ShredSecrets shred;
    private final AuditLog log;
    private final CurrentActor current;
    private final Clock clock;
    /** Of two clicks the second waits, and then finds that it is done. */
    private final ReentrantLock oneAtATime = new ReentrantLock();

    Founding(
            Directory directory,
            DirectoryStore statements,
            Pin pin,
            Drafts drafts,
            Slots slots,
            Memory memory,
            StaffStore staff,
            OwnRows own,
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
        this.own = own;
        this.unlock = unlock;
        this.grants = grants;
        this.names = names;
        this.shred = shred;
        this.log = log;
        this.current = current;
        this.clock = clock;
    }

    /**
     * Outside: new keys for the first supervisor and the organisation.
     *
     * @throws Problem.NotHere if the organisation is founded
     */
    public NewKeys keys() {
        Bracket.assertOutside();
        checkRole();
        if (statements.newest() >= 0) {
            throw Problem.notHere();
        }
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
     * Outside: founds the organisation, unless somebody did; of two who found at once one wins, and the other is told.
     *
     * @param draft the hidden field of {@link #keys}
     * @param passphrase as typed again
     * @param name her display name
     */
    public Foundation found(String draft, String passphrase, String name) {
        Bracket.assertOutside();
        checkRole();
        Optional<Drafts.Opened> opened = drafts.open(draft, purpose(), passphrase);
        if (opened.isEmpty()) {
            return before(new UUID(0, 0)).orElse(new Foundation.WrongWords());
        }
        oneAtATime.lock();
        try (Drafts.Opened open = opened.get()) {
            UUID tenant = open.draft().tenant();
            Optional<Foundation> before = before(tenant);
            return before.isPresent() ? before.get() : foundOrTell(open, name);
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Another node may found at this moment, and a commit may be done although its answer is lost: the database knows. */
    private Foundation foundOrTell(Drafts.Opened open, String name) {
        try {
            return found(open, name);
        } catch (RuntimeException e) {
            return before(open.draft().tenant()).orElseThrow(() -> e);
        }
    }

    private Optional<Foundation> before(UUID tenant) {
        return statements
                .founding()
                .map(founding -> new Foundation.Before(
                        Bytes.hex(tenant).equals(founding.text("tenant")), Bytes.hex(founding.hash())));
    }

    private Foundation found(Drafts.Opened open, String name) {
        Drafts.Draft draft = open.draft();
        UserKeys keys = open.keys();
        Set<Role> roles = current.tokenRoles();
        List<Statement> chainOf = new ArrayList<>();
        chainOf.add(Statement.signed(
                0,
                new byte[0],
                Statement.Kind.FOUNDING,
                today(),
                Facts.founding(draft.tenant(), keys, draft.recoveryKey()),
                keys));
        byte[] hash = chainOf.get(0).hash();
        Chain chain = Chain.foundedBy(chainOf.get(0), hash);
        chainOf.add(chain.next(
                Statement.Kind.PERSON,
                today(),
                Facts.person(keys, current.loginTag(draft.tenant()), roles, today()),
                keys));
        chain = chain.with(chainOf.get(1));
        Person me = chain.person(keys.staffId()).orElseThrow();
        List<NewObject> shared = new ArrayList<>();
        byte[] sealedName = new byte[0];
        UUID nameRow = UUID.randomUUID();
        for (Statement.Kind kind : SHARED_KEYS) {
            NewObject object = sharedKey(chain, keys, kind);
            shared.add(object.grantTo(me, Compartment.WHOLE));
            chainOf.add(chain.next(kind, today(), Facts.sharedKey(object), keys));
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
        try {
            return pinnedFirst(
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
                        own.written(Act.STAFF_WRITTEN, StaffStore.NAMES, nameRow);
                    }));
        } finally {
            shared.forEach(NewObject::close);
        }
    }

    /**
     * The pin is on the disk before anything is founded: a server that is founded and has no pin does not start again, and nobody would
     * have seen it.
     */
    private Foundation pinnedFirst(byte[] hash, Supplier<String> work) {
        boolean wrote = pin.write(hash);
        if (pin.pinned().filter(pinned -> !Arrays.equals(pinned, hash)).isPresent()) {
            return new Foundation.PinnedElsewhere();
        }
        boolean done = false;
        try {
            String cookie = work.get();
            done = true;
            current.askAgain();
            return new Foundation.Done(Bytes.hex(hash), pin.pinned().isPresent(), cookie);
        } finally {
            if (!done && wrote && statements.newest() < 0) {
                pin.withdraw();
            }
        }
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

    private void checkRole() {
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
