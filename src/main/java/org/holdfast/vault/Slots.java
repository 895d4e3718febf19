// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.holdfast.access.Problem;
import org.holdfast.audit.Act;
import org.holdfast.crypto.Busy;
import org.holdfast.crypto.Context;
import org.holdfast.crypto.Hashes;
import org.holdfast.crypto.Kdf;
import org.holdfast.crypto.Mistyped;
import org.holdfast.crypto.ObjectType;
import org.holdfast.crypto.RecoveryCode;
import org.holdfast.crypto.Sealer;
import org.holdfast.crypto.SealingKey;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Stretcher;
import org.holdfast.crypto.Tampered;
import org.holdfast.crypto.Words;
import org.jspecify.annotations.Nullable;

/**
 * A person's seeds under what unlocks them: four equal rows, whatever she uses.
 *
 * <p>Passphrase: slot key = HKDF-SHA-512(ikm = Argon2id(normalised words, salt = first 16 bytes of SHA-256 over {@code
 * holdfast/v1/slot-salt}, tenant and person), salt = the slot's, info = {@code holdfast/v1/slot/passphrase}). Recovery kit:
 * the same over the printed 20 bytes, info {@code holdfast/v1/slot/recovery-kit}. An unused slot is sealed under a key that
 * is thrown away.
 */
@ApplicationScoped
class Slots {

    static final String TABLE = "staff_slot";

    private static final int COUNT = 4;
    private static final int PASSPHRASE = 0;
    private static final int RECOVERY_KIT = 1;
    private static final int WORKERS = 1;
    private static final int WAITING = 24;
    private static final byte[] STAFF_SALT = Bytes.ascii("holdfast/v1/slot-salt");
    private static final byte[] PASSPHRASE_INFO = Bytes.ascii("holdfast/v1/slot/passphrase");
    private static final byte[] KIT_INFO = Bytes.ascii("holdfast/v1/slot/recovery-kit");

    private final SlotStore store;
    private final OwnRows own;
    private final Stretcher stretcher = new Stretcher(WORKERS, WAITING);

    Slots(SlotStore store, OwnRows own) {
        this.store = store;
        this.own = own;
    }

    /** A slot as it is stored. */
    record Row(UUID id, UUID staffId, int position, byte[] salt, byte[] sealed) {
        @Override
        public String toString() {
            return "Slot[" + id + "]";
        }
    }

    /** What was typed, ready to be tried: stretched, and read as a recovery kit if it is one. */
    record Typed(SecretBytes stretched, @Nullable SecretBytes kit) implements AutoCloseable {
        @Override
        public void close() {
            stretched.close();
            if (kit != null) {
                kit.close();
            }
        }

        @Override
        public String toString() {
            return "Typed[redacted]";
        }
    }

    /**
     * Stretches what was typed; the same work for everybody.
     *
     * @param staffId the person, or any id that stands for the login of somebody unknown
     * @throws Problem.Busy if too many ask
     */
    Typed stretch(String typed, UUID tenant, UUID staffId) {
        byte[] salt = Arrays.copyOf(Hashes.sha256(STAFF_SALT, Bytes.of(tenant), Bytes.of(staffId)), 16);
        char[] words = Words.normalise(typed).toCharArray();
        try {
            return new Typed(stretcher.stretch(words, salt, Stretcher.Cost.PASSPHRASE), kit(typed));
        } catch (Busy e) {
            throw Problem.busy();
        } finally {
            Arrays.fill(words, '\0');
        }
    }

    private static @Nullable SecretBytes kit(String typed) {
        try {
            return RecoveryCode.parse(typed);
        } catch (Mistyped e) {
            return null;
        }
    }

    /** Outside: the four rows of a new person. */
    List<Row> make(UUID tenant, UserKeys keys, SecretBytes stretched, SecretBytes kit) {
        List<Row> rows = new ArrayList<>();
        for (int position = 0; position < COUNT; position++) {
            byte[] salt = SecretBytes.random(16).copy();
            UUID id = UUID.randomUUID();
            try (SecretBytes key = switch (position) {
                case PASSPHRASE -> slotKey(stretched, salt, PASSPHRASE_INFO);
                case RECOVERY_KIT -> slotKey(kit, salt, KIT_INFO);
                default -> SecretBytes.random(SealingKey.LENGTH);
            }) {
                byte[] seeds = keys.seeds().copy();
                byte[] sealed =
                        Sealer.seal(ObjectType.SLOT, 1, key, context(tenant, keys.staffId(), id, position), seeds);
                Arrays.fill(seeds, (byte) 0);
                rows.add(new Row(id, keys.staffId(), position, salt, sealed));
            }
        }
        return rows;
    }

    /** Inside: stores them, each with its line. */
    void insert(UUID tenant, List<Row> rows) {
        for (Row row : rows) {
            store.insert(tenant, row);
            own.written(Act.SLOT_WRITTEN, TABLE, row.id());
        }
    }

    /** Inside: removes the slots of somebody who left or is not let in, each with its line. */
    void delete(UUID staffId) {
        for (Row row : store.of(staffId)) {
            store.delete(row.id());
            own.gone(Act.SLOT_WRITTEN, List.of(row.id()));
        }
    }

    /**
     * Inside: the person's slots, each as the log has it; none for somebody who has none.
     *
     * @throws Problem.Tampering if one is older, planted, moved or missing
     */
    List<Row> checked(UUID staffId) {
        List<Row> rows = store.of(staffId);
        Set<UUID> asWritten = own.asWritten(TABLE, rows.stream().map(Row::id).toList());
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (row.position() != i || !asWritten.contains(row.id())) {
                throw Problem.tampering("slot.row", null, Bytes.of(row.id()));
            }
        }
        if (!rows.isEmpty() && rows.size() != COUNT) {
            throw Problem.tampering("slot.missing");
        }
        return rows;
    }

    /**
     * The slots as they are stored, whatever the log says of them: enough where what opens is compared with something else, and
     * where altered ones shall be met with an answer instead of a refusal.
     */
    List<Row> stored(UUID staffId) {
        return store.of(staffId);
    }

    /** Outside: the keys, if what was typed opens one of these slots. The caller closes them. */
    Optional<UserKeys> open(UUID tenant, UUID staffId, List<Row> rows, Typed typed) {
        SecretBytes kit = typed.kit();
        for (Row row : rows) {
            Optional<UserKeys> opened = open(tenant, staffId, row, typed.stretched(), PASSPHRASE_INFO);
            if (opened.isEmpty() && kit != null) {
                opened = open(tenant, staffId, row, kit, KIT_INFO);
            }
            if (opened.isPresent()) {
                return opened;
            }
        }
        return Optional.empty();
    }

    private static Optional<UserKeys> open(UUID tenant, UUID staffId, Row row, SecretBytes secret, byte[] info) {
        try (SecretBytes key = slotKey(secret, row.salt(), info)) {
            byte[] seeds =
                    Sealer.open(ObjectType.SLOT, key, context(tenant, staffId, row.id(), row.position()), row.sealed());
            return Optional.of(new UserKeys(staffId, SecretBytes.of(seeds)));
        } catch (Tampered e) {
            // Not this slot: another secret, or one that nobody has.
            return Optional.empty();
        }
    }

    private static SecretBytes slotKey(SecretBytes secret, byte[] salt, byte[] info) {
        return Kdf.hkdfSha512(secret, salt, info, SealingKey.LENGTH);
    }

    private static Context context(UUID tenant, UUID staffId, UUID slot, int position) {
        return new Context(Bytes.of(tenant), TABLE, "sealed." + Bytes.hex(staffId), slot, 1, position);
    }
}
