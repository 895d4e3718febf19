// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.access.Problem;
import org.holdfast.audit.Act;
import org.holdfast.crypto.Context;
import org.holdfast.crypto.ObjectType;
import org.holdfast.crypto.Sealer;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Tampered;

/**
 * What a person's own keys remember of the directory between her sessions: number and hash of the newest statement she has
 * seen. A server that shows her a shorter or another directory is found out when she unlocks.
 */
@ApplicationScoped
class Memory {

    private final StaffStore store;
    private final OwnRows own;

    Memory(StaffStore store, OwnRows own) {
        this.store = store;
        this.own = own;
    }

    /** What is remembered. */
    record Seen(int number, byte[] hash) {}

    /**
     * Inside: the row, as the log has it.
     *
     * @throws Problem.Tampering if it is older than the log says, or gone
     */
    StaffStore.Row checked(UUID staffId) {
        Optional<StaffStore.Row> row = store.state(staffId);
        if (row.isEmpty()) {
            throw Problem.tampering("state.missing");
        }
        UUID id = row.get().id();
        if (!own.asWritten(StaffStore.STATES, List.of(id)).contains(id)) {
            throw Problem.tampering("state.row", null, Bytes.of(id));
        }
        return row.get();
    }

    /**
     * Outside: compares what is remembered with the directory.
     *
     * @return what to write now, if the directory has grown
     * @throws Problem.Tampering if the directory is not a continuation of what was seen
     */
    Optional<StaffStore.Row> compare(UserKeys keys, StaffStore.Row row, Chain chain) {
        Seen seen;
        try (SecretBytes key = keys.stateKey()) {
            seen = Codec.decode(
                    Sealer.open(ObjectType.FIELD, key, context(chain, row.id(), row.revision()), row.sealed()),
                    Seen.class);
        } catch (Tampered e) {
            throw Problem.tampering("state.sealed", null, Bytes.of(row.id()));
        }
        if (seen.number() > chain.number() || !Arrays.equals(seen.hash(), chain.hash(seen.number()))) {
            throw Problem.tampering("directory.shortened");
        }
        return seen.number() == chain.number()
                ? Optional.empty()
                : Optional.of(seal(keys, row.id(), row.revision() + 1, chain));
    }

    /** Outside: the first row of a person. */
    StaffStore.Row begin(UserKeys keys, Chain chain) {
        return seal(keys, UUID.randomUUID(), 1, chain);
    }

    private static StaffStore.Row seal(UserKeys keys, UUID id, long revision, Chain chain) {
        byte[] plain = Codec.encode(new Seen(chain.number(), chain.hash(chain.number())));
        try (SecretBytes key = keys.stateKey()) {
            byte[] sealed = Sealer.seal(ObjectType.FIELD, 1, key, context(chain, id, revision), plain);
            return new StaffStore.Row(id, keys.staffId(), revision, sealed);
        }
    }

    /** Inside: writes it with its line. */
    void write(UUID tenant, StaffStore.Row row) {
        store.writeState(tenant, row);
        own.written(Act.STAFF_WRITTEN, StaffStore.STATES, row.id());
    }

    /** Inside: forgets what somebody remembered who is not let in, with its line. */
    void forget(UUID staffId) {
        store.state(staffId).ifPresent(row -> {
            store.deleteState(row.id());
            own.gone(Act.STAFF_WRITTEN, List.of(row.id()));
        });
    }

    private static Context context(Chain chain, UUID id, long revision) {
        return new Context(Bytes.of(chain.tenant()), StaffStore.STATES, "sealed", id, 1, revision);
    }
}
