// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.holdfast.access.Actor;
import org.holdfast.access.Bracket;
import org.holdfast.access.CurrentActor;
import org.holdfast.access.Problem;
import org.holdfast.access.Role;
import org.holdfast.crypto.Context;
import org.holdfast.crypto.ObjectType;
import org.holdfast.crypto.RecoveryCode;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Words;

/**
 * How somebody who logged in comes to have keys: she makes them and asks; {@link Staffing} answers. Eight words of the
 * request's hash are compared by the two people, so that no server in between can put in other keys.
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
    private final Clock clock;

    Enrolment(
            Directory directory,
            Drafts drafts,
            Slots slots,
            Memory memory,
            RequestStore requests,
            CurrentActor current,
            Bracket bracket,
            Clock clock) {
        this.directory = directory;
        this.drafts = drafts;
        this.slots = slots;
        this.memory = memory;
        this.requests = requests;
        this.current = current;
        this.bracket = bracket;
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

    /** The eight words of this login's request, if it waits. */
    public Optional<List<String>> waitingWords() {
        Chain chain = directory.known();
        return requests.byLogin(current.loginTag(chain.tenant()))
                .map(row -> Words.fingerprint(row.fingerprint(chain.tenant()), FINGERPRINT_WORDS));
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
