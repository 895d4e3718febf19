// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.holdfast.access.Actor;
import org.holdfast.access.Bracket;
import org.holdfast.access.CurrentActor;
import org.holdfast.access.Problem;
import org.holdfast.access.Refusals;
import org.holdfast.access.Role;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.audit.Pseudonym;
import org.holdfast.crypto.Context;
import org.holdfast.crypto.ObjectType;
import org.holdfast.crypto.RecoveryCode;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Signatures;
import org.holdfast.crypto.Words;

/**
 * How somebody who logged in comes to have keys: she makes them and asks; {@link Staffing} answers. Eight words of the
 * request's hash are compared by the two people, so that nobody in between can put in other keys.
 *
 * <p>Her eight words are made from keys in hand and never from what is stored: right after she asked, and later from the keys
 * that her six words open. A login alone shows none. Otherwise who writes to the database, or logs in as her, could show her
 * the words of his own keys, and the comparison would prove nothing. ADR 0004.
 */
@ApplicationScoped
public class Enrolment {

    static final int FINGERPRINT_WORDS = 8;

    private static final int WORDS = 6;

    private final Directory directory;
    private final Drafts drafts;
    private final Slots slots;
    private final Memory memory;
    private final RequestStore requests;
    private final CurrentActor current;
    private final Bracket bracket;
    private final AuditLog log;
    private final Refusals refusals;
    private final Clock clock;

    Enrolment(
            Directory directory,
            Drafts drafts,
            Slots slots,
            Memory memory,
            RequestStore requests,
            CurrentActor current,
            Bracket bracket,
            AuditLog log,
            Refusals refusals,
            Clock clock) {
        this.directory = directory;
        this.drafts = drafts;
        this.slots = slots;
        this.memory = memory;
        this.requests = requests;
        this.current = current;
        this.bracket = bracket;
        this.log = log;
        this.refusals = refusals;
        this.clock = clock;
    }

    /**
     * Outside: new keys for somebody who is not enrolled.
     *
     * @throws Problem.NotHere if she is, or waits already
     */
    public NewKeys keys() {
        Chain chain = checkMayAsk();
        String passphrase = Words.passphrase(WORDS);
        try (UserKeys keys = UserKeys.generate(UUID.randomUUID());
                SecretBytes kit = RecoveryCode.generate()) {
            Drafts.Draft draft = new Drafts.Draft(
                    chain.tenant(), keys.staffId(), keys.seeds().copy(), kit.copy(), new byte[0]);
            return new NewKeys(
                    passphrase, RecoveryCode.toText(kit), List.of(), drafts.seal(draft, purpose(), passphrase));
        }
    }

    /**
     * Outside: stores the request.
     *
     * @return the eight words; empty if the passphrase is not the one shown
     */
    public Optional<List<String>> request(String field, String passphrase, String name) {
        Chain chain = checkMayAsk();
        Optional<Drafts.Opened> opened = drafts.open(field, purpose(), passphrase);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (Drafts.Opened open = opened.get();
                UserKeys keys = open.keys();
                SecretBytes kit = SecretBytes.copyOf(open.draft().kit())) {
            if (!open.draft().tenant().equals(chain.tenant())) {
                return Optional.empty();
            }
            RequestStore.Row row = row(chain, keys, name);
            List<Slots.Row> rows = slots.make(chain.tenant(), keys, open.stretched(), kit);
            StaffStore.Row state = memory.begin(keys, chain);
            bracket.write(() -> {
                requests.insert(chain.tenant(), row);
                slots.insert(chain.tenant(), rows);
                memory.write(chain.tenant(), state);
            });
            return Optional.of(Words.fingerprint(row.fingerprint(chain.tenant()), FINGERPRINT_WORDS));
        }
    }

    private RequestStore.Row row(Chain chain, UserKeys keys, String name) {
        byte[] loginTag = current.loginTag(chain.tenant());
        String roles = Facts.codes(current.tokenRoles());
        byte[] sealedName = Hybrid.seal(
                ObjectType.FIELD,
                chain.newest(Statement.Kind.STAFF_KEY),
                nameContext(chain, keys.staffId()),
                name.getBytes(StandardCharsets.UTF_8));
        byte[] proof = keys.sign(RequestStore.Row.signedBytes(
                chain.tenant(), keys.staffId(), loginTag, roles, keys.signKey(), keys.wrapKey()));
        return new RequestStore.Row(
                keys.staffId(),
                loginTag,
                roles,
                keys.signKey(),
                keys.wrapKey(),
                proof,
                sealedName,
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    /** Whether a request waits under this login. It does not say who made it, and its words are not hers until she proved that. */
    public boolean waits() {
        Chain chain = directory.known();
        return requests.byLogin(current.loginTag(chain.tenant())).isPresent();
    }

    /**
     * Outside: the eight words of the request that waits under this login, for who has the six words of its keys. One try costs
     * what it costs to unlock, and waits in the same line. What opens nothing, and a request that is not hers, are lines.
     *
     * @param typed the six words or the code of the recovery kit, as typed
     * @throws Problem.Busy if too many ask
     */
    public OwnWords waitingWords(String typed) {
        Bracket.assertOutside();
        Chain chain = directory.known();
        Optional<RequestStore.Row> waiting = requests.byLogin(current.loginTag(chain.tenant()));
        if (waiting.isEmpty()) {
            return OwnWords.none(OwnWords.Outcome.NO_REQUEST);
        }
        RequestStore.Row row = waiting.get();
        try (Slots.Typed tried = slots.stretch(typed, chain.tenant(), row.id())) {
            List<Slots.Row> stored = slots.stored(row.id());
            Optional<UserKeys> opened = slots.open(chain.tenant(), row.id(), stored, tried);
            if (opened.isEmpty()) {
                bracket.write(() -> {
                    log.record(AuditEvent.of(Act.SESSION_UNLOCK_REFUSED).refused("passphrase"));
                });
                return OwnWords.none(OwnWords.Outcome.OPENED_NOTHING);
            }
            try (UserKeys keys = opened.get()) {
                return words(chain, row, keys);
            }
        }
    }

    private OwnWords words(Chain chain, RequestStore.Row row, UserKeys keys) {
        byte[] signed = RequestStore.Row.signedBytes(
                chain.tenant(),
                keys.staffId(),
                current.loginTag(chain.tenant()),
                row.roles(),
                keys.signKey(),
                keys.wrapKey());
        // The roles are the only part that her keys do not hold; she signed them when she asked.
        if (!Arrays.equals(signed, row.signedBytes(chain.tenant()))
                || !Signatures.verifyEd25519(keys.signKey(), signed, row.proof())) {
            refusals.found(List.of(AuditEvent.of(Act.ACCESS_TAMPERING)
                    .on(Pseudonym.ofRow(row.id()))
                    .refused("enrolment.keys")));
            return OwnWords.none(OwnWords.Outcome.OTHER_KEYS);
        }
        return new OwnWords(
                OwnWords.Outcome.HERS, Words.fingerprint(RequestStore.Row.fingerprint(signed), FINGERPRINT_WORDS));
    }

    private Chain checkMayAsk() {
        Bracket.assertOutside();
        Chain chain = directory.known();
        Actor actor = current.actor();
        if (actor.staffId() != null
                || requests.byLogin(current.loginTag(chain.tenant())).isPresent()) {
            throw Problem.notHere();
        }
        if (current.tokenRoles().isEmpty()) {
            throw Problem.refused("role");
        }
        return chain;
    }

    private String purpose() {
        return "enrolment." + Bytes.hex(current.loginTag(new UUID(0, 0)));
    }

    static Context nameContext(Chain chain, UUID request) {
        return new Context(Bytes.of(chain.tenant()), "enrolment_request", "sealed_name", request, 1, 0);
    }

    static Set<Role> roles(String codes) {
        return rolesIfKnown(codes).orElseThrow(() -> Problem.tampering("enrolment.roles"));
    }

    /** Empty if one of them is unknown. */
    static Optional<Set<Role>> rolesIfKnown(String codes) {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        for (String code : codes.split(",", -1)) {
            Optional<Role> role = Role.of(code);
            if (role.isEmpty()) {
                return Optional.empty();
            }
            roles.add(role.get());
        }
        return Optional.of(roles);
    }
}
