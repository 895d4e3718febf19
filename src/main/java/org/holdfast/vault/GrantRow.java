// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.time.LocalDate;
import java.util.UUID;
import org.holdfast.crypto.Context;
import org.holdfast.crypto.Hashes;
import org.jspecify.annotations.Nullable;

/**
 * A grant as it is stored: in {@code access_grant} to a person, in {@code recovery_wrap} to the recovery key.
 *
 * <p>What its granter signs:
 *
 * <pre>
 * "holdfast/v1/grant" 00 | tenant 16 | grant 16 | u8 kind | object 16 | u8 compartment | u32 epoch | u32 day
 *   | grantee key id 8 | SHA-256(wrap) 32 | commitment 32 | granter key id 8 | entry id 16
 * </pre>
 *
 * <p>Its hash, by which the log knows it, is SHA-256 over that and the signature.
 *
 * @param wrap the secret to the grantee's public key; its context is this table, column {@code wrap}, this row. Empty when
 *     it was not fetched, because a copy takes its place
 * @param wrapHash SHA-256 of the wrap
 * @param commitment of the field key that the secret must give
 * @param copy the symmetric copy, if there is one
 */
record GrantRow(
        UUID id,
        UUID object,
        ObjectKind kind,
        Compartment compartment,
        int epoch,
        byte[] granteeKey,
        byte[] granterKey,
        byte[] wrap,
        byte[] wrapHash,
        byte[] commitment,
        byte[] signature,
        UUID entry,
        LocalDate day,
        byte @Nullable [] copy) {

    static final String TABLE = "access_grant";
    static final String RECOVERY_TABLE = "recovery_wrap";

    private static final byte[] LABEL = Bytes.ascii("holdfast/v1/grant\0");

    /** A row with its wrap. */
    GrantRow(
            UUID id,
            UUID object,
            ObjectKind kind,
            Compartment compartment,
            int epoch,
            byte[] granteeKey,
            byte[] granterKey,
            byte[] wrap,
            byte[] commitment,
            byte[] signature,
            UUID entry,
            LocalDate day,
            byte @Nullable [] copy) {
        this(
                id,
                object,
                kind,
                compartment,
                epoch,
                granteeKey,
                granterKey,
                wrap,
                Hashes.sha256(wrap),
                commitment,
                signature,
                entry,
                day,
                copy);
    }

    byte[] signedBytes(UUID tenant) {
        return Bytes.join(
                LABEL,
                Bytes.of(tenant),
                Bytes.of(id),
                new byte[] {(byte) kind.code()},
                Bytes.of(object),
                new byte[] {(byte) compartment.code()},
                Bytes.of(epoch),
                Bytes.of((int) day.toEpochDay()),
                granteeKey,
                wrapHash,
                commitment,
                granterKey,
                Bytes.of(entry));
    }

    byte[] hash(UUID tenant) {
        return Hashes.sha256(signedBytes(tenant), signature);
    }

    GrantRow signedBy(UserKeys granter, UUID tenant) {
        return new GrantRow(
                id,
                object,
                kind,
                compartment,
                epoch,
                granteeKey,
                granterKey,
                wrap,
                wrapHash,
                commitment,
                granter.sign(signedBytes(tenant)),
                entry,
                day,
                copy);
    }

    static Context wrapContext(UUID tenant, String table, UUID grant) {
        return new Context(Bytes.of(tenant), table, "wrap", grant, 1, 0);
    }

    /** The context of the symmetric copy holds the hash of the grant. */
    static Context copyContext(UUID tenant, UUID grant, byte[] hash) {
        return new Context(Bytes.of(tenant), "grant_copy", "sealed." + Bytes.hex(hash), grant, 1, 0);
    }

    @Override
    public String toString() {
        return "GrantRow[" + id + "]";
    }
}
