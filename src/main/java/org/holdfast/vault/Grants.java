// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.audit.Pseudonym;
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
    private final ListIndexStore indexes;
    private final Directory directory;
    private final ShredSecrets shred;
    private final AuditLog log;
    private final GrantLog inLog;
    private final Bracket bracket;
    private final Clock clock;

    Grants(
            GrantStore store,
            ListIndexStore indexes,
            Directory directory,
            ShredSecrets shred,
            AuditLog log,
            GrantLog inLog,
            Bracket bracket,
            Clock clock) {
        this.store = store;
        this.indexes = indexes;
        this.directory = directory;
        this.shred = shred;
        this.log = log;
        this.inLog = inLog;
        this.bracket = bracket;
        this.clock = clock;
    }

    /** The two secrets behind a grant. The caller closes them. */
    Secrets derive(SecretBytes grantSecret, UUID tenant, GrantRow row) {
        return derive(grantSecret, tenant, row.object(), row.compartment(), row.epoch());
    }

    Secrets derive(SecretBytes grantSecret, UUID tenant, UUID object, Compartment compartment, int epoch) {
        return derive(grantSecret, shred.of(object), tenant, object, compartment, epoch);
    }

    private static Secrets derive(
            SecretBytes grantSecret,
            SecretBytes shredSecret,
            UUID tenant,
            UUID object,
            Compartment compartment,
            int epoch) {
        return new Secrets(
                grantSecret,
                Kdf.fieldKey(grantSecret, shredSecret, Bytes.of(tenant), object, compartment.code(), epoch));
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
        Opened opened = open(row, mine, chain, shred.of(row.object()));
        keepCopies(List.of(opened));
        return opened.secrets();
    }

    /**
     * A grant that opened.
     *
     * @param copy the copy to keep with {@link #keepCopies}, if it was the first time
     */
    record Opened(UUID grant, Secrets secrets, byte @Nullable [] copy) {}

    /** Outside, from any thread: the same without keeping the copy, which many do together. */
    Opened open(GrantRow row, UserKeys mine, Chain chain, SecretBytes shredSecret) {
        Bracket.assertOutside();
        UUID tenant = chain.tenant();
        byte[] hash = row.hash(tenant);
        boolean first = row.copy() == null;
        SecretBytes grantSecret = first ? unwrap(row, mine, chain, hash) : fromCopy(row, mine, tenant, hash);
        Secrets secrets = derive(grantSecret, shredSecret, tenant, row.object(), row.compartment(), row.epoch());
        if (!MessageDigest.isEqual(secrets.commitment(), row.commitment())) {
            secrets.close();
            throw tampered("grant.commitment", hash);
        }
        byte[] copy = first
                ? Sealer.seal(
                        ObjectType.WRAP_SYMMETRIC,
                        row.epoch(),
                        mine.copies(),
                        GrantRow.copyContext(tenant, row.id(), hash),
                        secrets.grantSecret().copy())
                : null;
        return new Opened(row.id(), secrets, copy);
    }

    /** Outside: keeps the copies of those that opened for the first time. */
    void keepCopies(List<Opened> opened) {
        Map<UUID, byte[]> copies = new LinkedHashMap<>();
        for (Opened each : opened) {
            if (each.copy() != null) {
                copies.put(each.grant(), each.copy());
            }
        }
        if (!copies.isEmpty()) {
            UUID[] grants = copies.keySet().toArray(UUID[]::new);
            byte[][] sealed = copies.values().toArray(byte[][]::new);
            bracket.write(() -> store.insertCopies(grants, sealed));
        }
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
        chain.ended(granter.staffId()).ifPresent(end -> inLog.checkGivenBefore(hash, end));
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

    static Problem tampered(String code, byte[] hash) {
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

    /** Inside: takes a grant away, with its line, and with it what the person's list is made from. */
    void revoke(UUID tenant, GrantRow row, @Nullable Pseudonym caseName) {
        byte[] hash = row.hash(tenant);
        log.record(AuditEvent.of(Act.GRANT_REVOKED)
                .inCase(caseName)
                .on(Pseudonym.ofHash(hash))
                .hash(hash));
        store.delete(row.id());
        indexes.delete(row.granteeKey());
    }
}
