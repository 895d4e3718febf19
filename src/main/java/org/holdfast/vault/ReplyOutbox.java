// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.audit.Act;
import org.holdfast.crypto.Kdf;
import org.holdfast.crypto.ObjectType;
import org.holdfast.crypto.SealingKey;
import org.holdfast.crypto.SecretBytes;

/**
 * Where an answer waits, between the desk that wrote it and the mailbox it is for: a random while between
 * {@code holdfast.intake.reply-delay.min} and {@code .max} (ADR 0012).
 *
 * <p>A parcel is written in the transaction of the case, in a table that a crash does not empty. What would tie the case to a
 * mailbox, namely the look-up id, the time of delivery and the id that the answer will have, is sealed in it under a secret of
 * its own in the shred database, which is erased after the delivery. The log calls a parcel by its random id: it stands beside
 * the line of the case, and nothing that outlives the parcel bears it. Thread-safe.
 */
@ApplicationScoped
public class ReplyOutbox {
    static final String TABLE = "reply_outbox";

    private static final int BATCH = 200;
    /** Where a UUID has its version, and 8, "custom", there (RFC 9562); all other ids are of version 4. */
    private static final long VERSION = 0xF000;

    private static final long PARCEL = 0x8000;
    private static final byte[] INFO = Bytes.ascii("holdfast/v1/outbox\0");

    private final Sql sql;
    private final Directory directory;
    private final ShredSecrets shred;
    private final OwnRows own;
    private final Clock clock;
    private final Duration min;
    private final Duration max;

    ReplyOutbox(
            DataSource database,
            Directory directory,
            ShredSecrets shred,
            OwnRows own,
            Clock clock,
            @ConfigProperty(name = "holdfast.intake.reply-delay.min", defaultValue = "PT5M") Duration min,
            @ConfigProperty(name = "holdfast.intake.reply-delay.max", defaultValue = "PT60M") Duration max) {
        this.sql = new Sql(database);
        this.directory = directory;
        this.shred = shred;
        this.own = own;
        this.clock = clock;
        this.min = min;
        this.max = max;
    }

    /**
     * An answer on its way.
     *
     * @param id of its row
     * @param sealed as {@link #seal} made it
     */
    public record Parcel(UUID id, byte[] sealed) {
        @Override
        public String toString() {
            return "Parcel[" + id + "]";
        }
    }

    /**
     * A parcel as it lies in the table.
     *
     * @param asWritten whether the log has this row, and just so
     */
    public record Found(Parcel parcel, boolean asWritten) {}

    /**
     * What is in a parcel.
     *
     * @param reply id of the answer in its mailbox
     * @param lookup of the mailbox
     * @param sealed as {@link MailboxKeys#sealReply} made it
     * @param due when it may be laid there, milliseconds since 1970
     */
    public record Delivery(UUID reply, byte[] lookup, byte[] sealed, long due) {

        /** Whether its time has come. */
        public boolean isDue(Instant now) {
            return due <= now.toEpochMilli();
        }

        @Override
        public String toString() {
            return "Delivery";
        }
    }

    /**
     * A random id of a version of UUID that nothing else here has. The shred database keeps it, so that nobody who writes to the
     * main database alone can pass another object off as a parcel whose secret is to be erased.
     */
    static UUID newId() {
        UUID random = UUID.randomUUID();
        return new UUID((random.getMostSignificantBits() & ~VERSION) | PARCEL, random.getLeastSignificantBits());
    }

    /** Whether an id is one of {@link #newId}. */
    static boolean isParcel(UUID id) {
        return (id.getMostSignificantBits() & VERSION) == PARCEL;
    }

    /**
     * Outside: packs an answer, with a random time, under a fresh secret.
     *
     * @param card the card of the reporter it is for; not an empty one
     * @param replyId the id under which it was sealed
     * @param sealed as {@link MailboxKeys#sealReply} made it
     */
    public Parcel seal(Card card, UUID replyId, byte[] sealed) {
        Bracket.assertOutside();
        if (card.empty()) {
            throw new IllegalArgumentException("nobody asked for a number");
        }
        UUID id = newId();
        shred.create(id);
        try (FieldKey key = key(id)) {
            long due = clock.instant().plus(delay()).toEpochMilli();
            return new Parcel(id, key.seal(place(id), new Delivery(replyId, card.lookup(), sealed, due)));
        }
    }

    /** Inside: hands a parcel over, with its line. */
    public void put(Parcel parcel) {
        Bracket.assertInside();
        sql.update(
                "insert into reply_outbox (id, tenant, sealed) values (?, ?, ?)",
                parcel.id(),
                directory.known().tenant(),
                parcel.sealed());
        own.written(Act.REPLY_QUEUED, TABLE, parcel.id());
    }

    /** Inside: parcels that wait, each held to its line; at most two hundred, without those already known. */
    public List<Found> waiting(Collection<UUID> known) {
        Bracket.assertInside();
        if (!directory.founded()) {
            return List.of();
        }
        List<Parcel> parcels = sql.list(
                "select id, sealed from reply_outbox where id <> all(?) limit " + BATCH,
                row -> new Parcel(Sql.uuid(row, "id"), row.getBytes("sealed")),
                (Object) known.toArray(UUID[]::new));
        Set<UUID> asWritten =
                own.asWritten(TABLE, parcels.stream().map(Parcel::id).toList());
        return parcels.stream()
                .map(p -> new Found(p, asWritten.contains(p.id())))
                .toList();
    }

    /**
     * Outside: unpacks.
     *
     * @throws Problem.Tampering if it is not what was packed, or its secret is gone
     */
    public Delivery open(Parcel parcel) {
        Bracket.assertOutside();
        try (FieldKey key = key(parcel.id())) {
            return key.open(place(parcel.id()), parcel.sealed(), Delivery.class);
        }
    }

    /** Inside: takes away delivered parcels, each with its line. */
    public void clear(Collection<UUID> delivered) {
        Bracket.assertInside();
        List<UUID> gone =
                sql.list("delete from reply_outbox where id = any(?) returning id", row -> Sql.uuid(row, "id"), (Object)
                        delivered.toArray(UUID[]::new));
        own.gone(Act.REPLY_CLEARED, gone);
    }

    /** Outside: erases the secret of a parcel whose row is gone; then no copy of it opens. */
    public void erase(UUID parcel) {
        Bracket.assertOutside();
        shred.erase(parcel);
    }

    private FieldKey key(UUID parcel) {
        byte[] tenant = Bytes.of(directory.known().tenant());
        byte[] info = Bytes.join(INFO, tenant, Bytes.of(parcel));
        try (SecretBytes secret = Kdf.hkdfSha512(shred.of(parcel), new byte[0], info, SealingKey.LENGTH)) {
            return new FieldKey(tenant, ObjectType.REPLY, 1, secret);
        }
    }

    private static Place place(UUID parcel) {
        return new Place(TABLE, "sealed", parcel, 1, 1);
    }

    private Duration delay() {
        long span = Math.max(0, max.toMillis() - min.toMillis());
        try (SecretBytes random = SecretBytes.random(Long.BYTES)) {
            long chance = ByteBuffer.wrap(random.copy()).getLong() >>> 1;
            return min.plusMillis(chance % (span + 1));
        }
    }
}
