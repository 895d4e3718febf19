// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.tlog.Entry;
import org.holdfast.tlog.Malformed;
import org.holdfast.tlog.MerkleTree;
import org.jspecify.annotations.Nullable;

/**
 * A row of the log: the entry's bytes and the copies beside them. The id is the entry's nonce, so that a row cannot pass
 * under another id.
 */
record AuditEntry(UUID id, byte[] body, Copies copies, byte @Nullable [] detail) {

    /** What stands beside the body, as it is stored. */
    record Copies(
            String act,
            String actor,
            byte @Nullable [] caseName,
            byte @Nullable [] objectName,
            String outcome,
            LocalDate day,
            byte @Nullable [] hash,
            byte @Nullable [] detailHash) {

        /** The copies that an entry must have. */
        static Copies of(Entry entry) {
            return new Copies(
                    entry.kind(),
                    entry.actor(),
                    bytes(entry.caseRef()),
                    bytes(entry.object()),
                    entry.outcome(),
                    LocalDate.parse(entry.time().substring(0, 10)),
                    bytes(entry.rowHash()),
                    bytes(entry.detailHash()));
        }

        /** The name of the first column that differs from the other copies. */
        Optional<String> differsFrom(Copies o) {
            return Optional.ofNullable(
                    !act.equals(o.act)
                            ? "act"
                            : !actor.equals(o.actor)
                                    ? "actor"
                                    : !Arrays.equals(caseName, o.caseName)
                                            ? "case_name"
                                            : !Arrays.equals(objectName, o.objectName)
                                                    ? "object_name"
                                                    : !outcome.equals(o.outcome)
                                                            ? "outcome"
                                                            : !day.equals(o.day)
                                                                    ? "day"
                                                                    : !Arrays.equals(hash, o.hash)
                                                                            ? "hash"
                                                                            : !Arrays.equals(detailHash, o.detailHash)
                                                                                    ? "detail_hash"
                                                                                    : null);
        }
    }

    private static final HexFormat HEX = HexFormat.of();
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

    /** Composes the entry; asks the signatory for a number and a signature. */
    static AuditEntry of(AuditEvent event, @Nullable ActingNow acting, Instant now) {
        UUID id = event.entryId() == null ? UUID.randomUUID() : event.entryId();
        String actor = acting == null ? ActingNow.SYSTEM : acting.name();
        Signatory signatory = acting == null ? null : acting.signs();
        boolean door = actor.equals(ActingNow.REPORT_DOOR);
        Entry.Builder draft = Entry.builder(
                        (door ? DAY : MINUTE).format(now), actor, event.act().code(), hex(id))
                .caseRef(event.caseName() == null ? null : event.caseName().hex())
                .object(event.objectName() == null ? null : event.objectName().hex())
                .reason(event.reason())
                .rowHash(event.hash() == null ? null : HEX.formatHex(event.hash()))
                .detailHash(event.sealedDetail() == null ? null : HEX.formatHex(sha256(event.sealedDetail())));
        if (event.outcome() == Outcome.REFUSED) {
            draft.refused();
        }
        if (signatory != null) {
            draft.actorKey(HEX.formatHex(signatory.keyId()))
                    .session(HEX.formatHex(signatory.session()), signatory.nextCounter());
        }
        Entry entry = draft.build();
        if (signatory != null) {
            entry = entry.withSignature(signatory.sign(entry.signedBytes()));
        }
        return new AuditEntry(id, entry.encode(), Copies.of(entry), event.sealedDetail());
    }

    /**
     * Reads the body of a stored row and holds the row to it.
     *
     * @param leaf the leaf hash of the entry's number, null while it has none
     * @throws AlteredLog if body, id, copies or leaf do not agree
     */
    static Entry checked(UUID id, byte[] body, Copies copies, byte @Nullable [] leaf) {
        Optional<String> trouble = trouble(id, body, copies, leaf);
        if (trouble.isPresent()) {
            throw new AlteredLog(trouble.get());
        }
        try {
            return Entry.parse(body);
        } catch (Malformed e) {
            throw new AlteredLog("an entry is not in its form");
        }
    }

    /** What is wrong with a stored row, in words; empty if nothing is. */
    static Optional<String> trouble(UUID id, byte[] body, Copies copies, byte @Nullable [] leaf) {
        if (leaf != null && !Arrays.equals(MerkleTree.leafHash(body), leaf)) {
            return Optional.of("the bytes of an entry are not those that were numbered");
        }
        Entry entry;
        try {
            entry = Entry.parse(body);
        } catch (Malformed e) {
            return Optional.of("an entry is not in its form");
        }
        if (!entry.nonce().equals(hex(id))) {
            return Optional.of("an entry stands under another id");
        }
        return Copies.of(entry).differsFrom(copies).map(column -> "the copy in column " + column + " was altered");
    }

    private static byte @Nullable [] bytes(@Nullable String hex) {
        return hex == null ? null : HEX.parseHex(hex);
    }

    static String hex(UUID id) {
        return HEX.toHexDigits(id.getMostSignificantBits()) + HEX.toHexDigits(id.getLeastSignificantBits());
    }

    /** The member of staff in whose name a line stands; empty for the report door, the system and somebody unknown. */
    static Optional<UUID> staff(String actor) {
        return actor.length() == 32 ? Optional.of(uuid(HEX.parseHex(actor))) : Optional.empty();
    }

    static UUID uuid(byte[] sixteen) {
        ByteBuffer bytes = ByteBuffer.wrap(sixteen);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
