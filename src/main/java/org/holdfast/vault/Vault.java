// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.audit.LogReader;
import org.holdfast.audit.Pseudonym;
import org.holdfast.audit.RowHash;
import org.holdfast.crypto.Context;
import org.holdfast.crypto.ObjectType;
import org.holdfast.crypto.Tampered;
import org.holdfast.crypto.XWingKeyPair;
import org.jspecify.annotations.Nullable;

/**
 * Opens and seals for the person whose keys are unlocked in this request.
 *
 * <p>Every method that needs her keys throws {@link org.holdfast.access.Problem.Locked} while they are locked. Methods
 * marked "inside" run in the caller's transaction and use no cipher; methods marked "outside" refuse to run in one.
 */
@ApplicationScoped
public class Vault {

    private static final UUID NO_ROW = new UUID(0, 0);

    private final UnlockedUser user;
    private final Directory directory;
    private final Grants grants;
    private final GrantLog inLog;
    private final GrantStore store;
    private final ShredSecrets shred;
    private final Names names;
    private final RowHash hashes;
    private final LogReader reader;
    private final AuditLog log;

    Vault(
            UnlockedUser user,
            Directory directory,
            Grants grants,
            GrantLog inLog,
            GrantStore store,
            ShredSecrets shred,
            Names names,
            RowHash hashes,
            LogReader reader,
            AuditLog log) {
        this.user = user;
        this.directory = directory;
        this.grants = grants;
        this.inLog = inLog;
        this.store = store;
        this.shred = shred;
        this.names = names;
        this.hashes = hashes;
        this.reader = reader;
        this.log = log;
    }

    /**
     * Inside: the asking person's grant of the newest epoch, in the log and not revoked.
     *
     * @throws org.holdfast.access.Problem.NotHere if she has none, whether or not the object exists
     * @throws org.holdfast.access.Problem.Tampering if there is one that the log does not know
     */
    public Grant grant(ObjectKind kind, UUID object, Compartment compartment) {
        return grantIfAny(kind, object, compartment).orElseThrow(Problem::notHere);
    }

    /** Inside: as {@link #grant}, empty instead of not here. */
    public Optional<Grant> grantIfAny(ObjectKind kind, UUID object, Compartment compartment) {
        return mine(store.of(user.keys().keyId(), kind, object, compartment)).stream()
                .findFirst();
    }

    /** Inside: as {@link #grant}, of every compartment that she holds of an object, one query for all of them. */
    public Map<Compartment, Grant> grants(ObjectKind kind, UUID object) {
        Map<Compartment, Grant> held = new EnumMap<>(Compartment.class);
        mine(store.of(user.keys().keyId(), kind, object)).forEach(grant -> held.put(grant.compartment(), grant));
        return held;
    }

    /** Inside: her grants of the newest epoch for all objects of a kind, one query for all of them. */
    public List<Grant> grants(ObjectKind kind, Compartment compartment) {
        return mine(store.of(user.keys().keyId(), kind, compartment));
    }

    private List<Grant> mine(List<GrantRow> rows) {
        Bracket.assertInside();
        return inLog.standing(rows, directory.known().tenant()).stream()
                .map(Grant::new)
                .toList();
    }

    /** Inside: who holds what of an object, active people only. */
    public List<Holder> holders(UUID object) {
        Bracket.assertInside();
        Chain chain = directory.known();
        Map<UUID, Set<Compartment>> compartments = new LinkedHashMap<>();
        Map<UUID, LocalDate> since = new HashMap<>();
        for (GrantRow row : inLog.given(store.ofObject(object), chain.tenant())) {
            Optional<Person> holder = chain.byKey(row.granteeKey()).filter(Person::active);
            if (holder.isPresent()) {
                UUID staffId = holder.get().staffId();
                compartments
                        .computeIfAbsent(staffId, id -> EnumSet.noneOf(Compartment.class))
                        .add(row.compartment());
                since.merge(staffId, row.day(), (a, b) -> a.isBefore(b) ? a : b);
            }
        }
        return compartments.entrySet().stream()
                .map(e ->
                        new Holder(e.getKey(), Set.copyOf(e.getValue()), Objects.requireNonNull(since.get(e.getKey()))))
                .toList();
    }

    private record CaseRow(String table, Pseudonym name, RowHash.Standing stands) {}

    /**
     * Inside: compares the rows of an object with the newest hashes in the log: nothing may be older, missing, extra or
     * re-pointed. Each write of these rows raises their revision by one, is signed and leaves one line.
     *
     * @param object the object
     * @param tables the first one is the table whose row id is the object's; the others point to it
     * @param parentColumn the column by which they do
     * @throws org.holdfast.access.Problem.Tampering if a row and the log differ
     */
    public void checkCase(UUID object, List<String> tables, String parentColumn) {
        Bracket.assertInside();
        store.flush();
        Pseudonym caseName = names.of(object, tables.get(0), object);
        List<CaseRow> rows = new ArrayList<>();
        for (String table : tables) {
            String column = table.equals(tables.get(0)) ? "id" : parentColumn;
            hashes.ofAll(table, column, object)
                    .forEach((id, row) -> rows.add(new CaseRow(table, names.of(object, table, id), row)));
        }
        Map<Pseudonym, Long> revisions = new HashMap<>();
        rows.forEach(row -> revisions.put(row.name(), row.stands().revision()));
        Map<Pseudonym, byte[]> logged = reader.newestHashes(caseName, revisions);
        for (CaseRow row : rows) {
            byte[] expected = logged.remove(row.name());
            if (!Arrays.equals(row.stands().hash(), expected)) {
                throw Problem.tampering(
                        "row." + row.table(), caseName.value(), row.name().value());
            }
        }
        for (Map.Entry<Pseudonym, byte[]> left : logged.entrySet()) {
            if (!Arrays.equals(left.getValue(), RowHash.gone())) {
                throw Problem.tampering(
                        "row.missing", caseName.value(), left.getKey().value());
            }
        }
    }

    /**
     * Outside: opens the key. At the first opening the granter's signature and the commitment are checked and a symmetric
     * copy is kept (in a small transaction of its own), later ones go by the copy.
     *
     * @throws org.holdfast.access.Problem.Tampering if the grant is not what its granter signed
     */
    public FieldKey open(Grant grant) {
        Chain chain = directory.known();
        try (Secrets secrets = grants.open(grant.row(), user.keys(), chain)) {
            return secrets.fieldKey(Bytes.of(chain.tenant()), grant.compartment(), grant.epoch());
        }
    }

    /** Outside: makes the secrets of a new object and stores its shred secret. */
    public NewObject begin(ObjectKind kind, UUID id, Compartment... compartments) {
        Bracket.assertOutside();
        UserKeys mine = user.keys();
        Chain chain = directory.known();
        shred.create(id);
        NewObject made = new NewObject(grants, names, log, chain, mine, kind, id, compartments);
        return made.grantTo(mine.staffId(), compartments);
    }

    /** Outside: wraps what I hold to somebody else, whose keys the directory names. */
    public Sharing share(List<Grant> mine, UUID grantee) {
        Chain chain = directory.known();
        Person person = chain.person(grantee).filter(Person::active).orElseThrow(Problem::notHere);
        return share(mine, person, chain);
    }

    /**
     * Inside a write: are these grants still there? If they are, none of them is revoked before the transaction ends. To be
     * asked before anything else is written, by who writes with what she read in an earlier transaction.
     */
    public boolean keep(List<Grant> mine) {
        Bracket.assertInside();
        UUID[] ids = mine.stream().map(grant -> grant.row().id()).toArray(UUID[]::new);
        return store.keep(ids) == ids.length;
    }

    /** Inside a write: nobody loses a grant of this object before the transaction ends. To be called before {@link #holders}. */
    public void keepHolders(UUID object) {
        Bracket.assertInside();
        store.keepAll(object);
    }

    /**
     * Inside: takes the grants of these compartments of an object from a person, with a line for each. The line is also the
     * mark that the object waits for its next key epoch, see {@link org.holdfast.audit.KeysDue}.
     */
    public void revoke(UUID object, UUID grantee, Set<Compartment> compartments) {
        Bracket.assertInside();
        user.require();
        Chain chain = directory.known();
        byte[] keyId = chain.person(grantee).orElseThrow(Problem::notHere).keyId();
        for (GrantRow row : store.ofObject(object)) {
            if (Arrays.equals(row.granteeKey(), keyId) && compartments.contains(row.compartment())) {
                grants.revoke(chain.tenant(), row, names.ofCase(row.kind(), object));
            }
        }
    }

    /**
     * Inside or outside: what the log calls a row of an object.
     *
     * @param object the case or report whose shred secret makes the name, so that erasure makes it meaningless
     */
    public Pseudonym nameInLog(UUID object, String table, UUID row) {
        return names.of(object, table, row);
    }

    /** As {@link #nameInLog}, also for a row that a database writer made belong to nothing: then it has a name of no entry. */
    public Pseudonym nameForVerifier(UUID object, String table, UUID row) {
        return names.forVerifier(object, table, row);
    }

    /** What the log calls a case. */
    public Pseudonym caseName(UUID caseId) {
        return names.ofCase(caseId);
    }

    /**
     * Inside: writes the line of a row just written, with its hash. Flushes first.
     *
     * @param object whose shred secret makes the names
     * @param caseId the case it belongs to, if it does
     */
    public void written(UUID object, @Nullable UUID caseId, String table, UUID row, Act act) {
        store.flush();
        record(object, caseId, table, row, act, hashes.of(table, row));
    }

    /** Inside: writes the line of a row just deleted. */
    public void deleted(UUID object, @Nullable UUID caseId, String table, UUID row, Act act) {
        store.flush();
        record(object, caseId, table, row, act, RowHash.gone());
    }

    /** Outside: seals free text of a line to the oversight key, which supervisors hold and auditors do not. */
    public byte[] sealDetail(String text) {
        Bracket.assertOutside();
        Chain chain = directory.known();
        return Hybrid.seal(
                ObjectType.AUDIT_DETAIL,
                chain.newest(Statement.Kind.OVERSIGHT_KEY),
                detailContext(chain),
                Codec.encode(text));
    }

    /** Inside: my grant of the key that details are sealed to. */
    public Grant oversightGrant() {
        return grant(
                ObjectKind.OVERSIGHT,
                directory.known().newest(Statement.Kind.OVERSIGHT_KEY).id(),
                Compartment.WHOLE);
    }

    /** Outside: opens a detail. */
    public String openDetail(Grant oversight, byte[] sealed) {
        Bracket.assertOutside();
        try (Secrets secrets = grants.open(oversight.row(), user.keys());
                XWingKeyPair pair = secrets.keyPair()) {
            return Codec.decode(
                    Hybrid.open(ObjectType.AUDIT_DETAIL, pair, detailContext(directory.known()), sealed), String.class);
        } catch (Tampered e) {
            throw Problem.tampering("detail");
        }
    }

    Secrets secrets(Grant grant) {
        return grants.open(grant.row(), user.keys());
    }

    Sharing share(List<Grant> mine, Person grantee, Chain chain) {
        Bracket.assertOutside();
        UserKeys granter = user.keys();
        List<Sharing.Item> items = new ArrayList<>();
        for (Grant grant : mine) {
            try (Secrets secrets = grants.open(grant.row(), granter)) {
                GrantRow row = grants.give(
                        granter,
                        chain.tenant(),
                        grantee,
                        grant.kind(),
                        grant.object(),
                        grant.compartment(),
                        grant.epoch(),
                        secrets);
                items.add(new Sharing.Item(row, names.ofCase(grant.kind(), grant.object())));
            }
        }
        return new Sharing(grants, chain.tenant(), items);
    }

    private void record(UUID object, @Nullable UUID caseId, String table, UUID row, Act act, byte[] hash) {
        log.record(AuditEvent.of(act)
                .inCase(caseId == null ? null : names.ofCase(caseId))
                .on(names.of(object, table, row))
                .hash(hash));
    }

    private static Context detailContext(Chain chain) {
        return new Context(Bytes.of(chain.tenant()), "audit_detail", "sealed", NO_ROW, 1, 0);
    }
}
