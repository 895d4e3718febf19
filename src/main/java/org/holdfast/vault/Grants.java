// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.UUID;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.audit.LogReader;
import org.holdfast.audit.Pseudonym;
import org.holdfast.audit.Standing;
import org.holdfast.crypto.Kdf;
import org.holdfast.crypto.ObjectType;
import org.holdfast.crypto.Sealer;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Signatures;
import org.holdfast.crypto.Tampered;
import org.holdfast.crypto.Wrapper;
import org.holdfast.crypto.XWingKeyPair;
import org.jspecify.annotations.Nullable;

/** Makes grants, checks them and opens them. */
@ApplicationScoped
class Grants {

    private static final byte[] UNSIGNED = new byte[64];

    private final GrantStore store;
    private final Directory directory;
    private final ShredSecrets shred;
    private final AuditLog log;
    private final LogReader reader;
    private final Bracket bracket;
    private final Clock clock;

    Grants(
            GrantStore store,
            Directory directory,
            ShredSecrets shred,
            AuditLog log,
            LogReader reader,
            Bracket bracket,
            Clock clock) {
        this.store = store;
        this.directory = directory;
        this.shred = shred;
        this.log = log;
        this.reader = reader;
        this.bracket = bracket;
        this.clock = clock;
    }

    /** How it stands in the log. */
    Standing standing(GrantRow row, UUID tenant) {
        return reader.standing(row.hash(tenant));
    }

    /** The two secrets behind a grant. The caller closes them. */
    Secrets derive(SecretBytes grantSecret, UUID tenant, GrantRow row) {
        return derive(grantSecret, tenant, row.object(), row.compartment(), row.epoch());
    }

    Secrets derive(SecretBytes grantSecret, UUID tenant, UUID object, Compartment compartment, int epoch) {
        return new Secrets(
                grantSecret,
                Kdf.fieldKey(grantSecret, shred.of(object), Bytes.of(tenant), object, compartment.code(), epoch));
    }

    /**
     * Outside: opens a grant of this person, the first time with the full check.
     *
     * @throws Problem.Tampering if it is not what its granter signed
     */
    Secrets open(GrantRow row, UserKeys mine) {
        return open(row, mine, directory.known());
    }

    Secrets open(GrantRow row, UserKeys mine, Chain chain) {
        Bracket.assertOutside();
        UUID tenant = chain.tenant();
        byte[] hash = row.hash(tenant);
        boolean first = row.copy() == null;
        Secrets secrets =
                derive(first ? unwrap(row, mine, chain, hash) : fromCopy(row, mine, tenant, hash), tenant, row);
        if (!MessageDigest.isEqual(secrets.commitment(), row.commitment())) {
            secrets.close();
            throw tampered("grant.commitment", hash);
        }
        if (first) {
            byte[] copy = Sealer.seal(
                    ObjectType.WRAP_SYMMETRIC,
                    row.epoch(),
                    mine.copies(),
                    GrantRow.copyContext(tenant, row.id(), hash),
                    secrets.grantSecret().copy());
            bracket.write(() -> store.insertCopy(row.id(), copy));
        }
        return secrets;
    }

    private SecretBytes fromCopy(GrantRow row, UserKeys mine, UUID tenant, byte[] hash) {
        byte @Nullable [] copy = row.copy();
        try {
            return SecretBytes.of(Sealer.open(
                    ObjectType.WRAP_SYMMETRIC,
                    mine.copies(),
                    GrantRow.copyContext(tenant, row.id(), hash),
                    copy == null ? new byte[0] : copy));
        } catch (Tampered e) {
            throw tampered("grant.copy", hash);
        }
    }

    private SecretBytes unwrap(GrantRow row, UserKeys mine, Chain chain, byte[] hash) {
        if (!Arrays.equals(row.granteeKey(), mine.keyId())) {
            throw tampered("grant.grantee", hash);
        }
        Person granter = chain.byKey(row.granterKey()).orElseThrow(() -> tampered("grant.granter", hash));
        if (!Signatures.verifyEd25519(granter.signKey(), row.signedBytes(chain.tenant()), row.signature())) {
            throw tampered("grant.signature", hash);
        }
        chain.ended(granter.staffId()).ifPresent(end -> checkGivenBefore(hash, end));
        try {
            return Wrapper.unwrap(
                    ObjectType.WRAP_PERSON,
                    mine.wrapping(),
                    GrantRow.wrapContext(chain.tenant(), GrantRow.TABLE, row.id()),
                    row.wrap());
        } catch (Tampered e) {
            throw tampered("grant.wrap", hash);
        }
    }

    /** What somebody gave before she left stands; what is signed with her key afterwards does not. */
    private void checkGivenBefore(byte[] grant, byte[] end) {
        OptionalLong given = reader.position(grant);
        OptionalLong ended = reader.position(end);
        if (given.isEmpty() || ended.isEmpty() || given.getAsLong() > ended.getAsLong()) {
            throw tampered("grant.after-end", grant);
        }
    }

    private static Problem tampered(String code, byte[] hash) {
        return Problem.tampering(code, null, Arrays.copyOf(hash, 16));
    }

    /** Outside: a grant of these secrets to a person. */
    GrantRow give(
            UserKeys granter,
            UUID tenant,
            Person grantee,
            ObjectKind kind,
            UUID object,
            Compartment compartment,
            int epoch,
            Secrets secrets) {
        return make(
                granter,
                tenant,
                GrantRow.TABLE,
                ObjectType.WRAP_PERSON,
                grantee.keyId(),
                grantee.wrapKey(),
                kind,
                object,
                compartment,
                epoch,
                secrets);
    }

    /** Outside: the same to the recovery key. */
    GrantRow giveToRecovery(
            UserKeys granter,
            UUID tenant,
            byte[] recoveryKey,
            ObjectKind kind,
            UUID object,
            Compartment compartment,
            int epoch,
            Secrets secrets) {
        return make(
                granter,
                tenant,
                GrantRow.RECOVERY_TABLE,
                ObjectType.RECOVERY_WRAP,
                XWingKeyPair.keyId(recoveryKey),
                recoveryKey,
                kind,
                object,
                compartment,
                epoch,
                secrets);
    }

    private GrantRow make(
            UserKeys granter,
            UUID tenant,
            String table,
            ObjectType type,
            byte[] granteeKey,
            byte[] publicKey,
            ObjectKind kind,
            UUID object,
            Compartment compartment,
            int epoch,
            Secrets secrets) {
        Bracket.assertOutside();
        UUID id = UUID.randomUUID();
        byte[] wrap =
                Wrapper.wrap(type, epoch, publicKey, GrantRow.wrapContext(tenant, table, id), secrets.grantSecret());
        return new GrantRow(
                        id,
                        object,
                        kind,
                        compartment,
                        epoch,
                        granteeKey,
                        granter.keyId(),
                        wrap,
                        secrets.commitment(),
                        UNSIGNED,
                        UUID.randomUUID(),
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                        null)
                .signedBy(granter, tenant);
    }

    /** Inside: stores a grant with its line. */
    void store(String table, UUID tenant, GrantRow row, @Nullable Pseudonym caseName) {
        byte[] hash = row.hash(tenant);
        log.record(AuditEvent.of(Act.GRANT_GIVEN)
                .inCase(caseName)
                .on(Pseudonym.ofHash(hash))
                .hash(hash)
                .because(table.equals(GrantRow.TABLE) ? null : "recovery")
                .as(row.entry()));
        store.insert(table, tenant, row);
    }

    /** Inside: takes a grant away, with its line. */
    void revoke(UUID tenant, GrantRow row, @Nullable Pseudonym caseName) {
        byte[] hash = row.hash(tenant);
        log.record(AuditEvent.of(Act.GRANT_REVOKED)
                .inCase(caseName)
                .on(Pseudonym.ofHash(hash))
                .hash(hash));
        store.delete(row.id());
    }
}
