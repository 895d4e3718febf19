// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.util.Arrays;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.crypto.Context;
import org.holdfast.crypto.ObjectType;
import org.holdfast.crypto.Sealer;
import org.holdfast.crypto.SealingKey;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Tampered;

/**
 * The key of one compartment of one object, open. Seals values of that compartment and opens them; closing forgets it.
 *
 * <p>Values are records, encoded as CBOR with every component, nulls too; a field that the record does not know is refused
 * on reading. All methods refuse to run inside a transaction. Safe for several threads until it is closed.
 */
public final class FieldKey implements AutoCloseable {

    private final byte[] tenant;
    private final ObjectType type;
    private final int epoch;
    private final SealingKey key;

    /** @param secret stays with the caller */
    FieldKey(byte[] tenant, ObjectType type, int epoch, SecretBytes secret) {
        this.tenant = tenant;
        this.type = type;
        this.epoch = epoch;
        this.key = SealingKey.of(secret);
    }

    /** Seals a record for its place. */
    public byte[] seal(Place place, Object value) {
        byte[] plain = Codec.encode(value);
        try {
            return sealBytes(place, plain);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /**
     * Opens what was sealed for this place.
     *
     * @throws org.holdfast.access.Problem.Tampering if it is not exactly that
     */
    public <T> T open(Place place, byte[] sealed, Class<T> type) {
        byte[] plain = openBytes(place, sealed);
        try {
            return Codec.decode(plain, type);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** Seals bytes as they are. */
    public byte[] sealBytes(Place place, byte[] plain) {
        Bracket.assertOutside();
        return Sealer.seal(type, epoch, key, context(place), plain);
    }

    /**
     * Opens bytes as they were.
     *
     * @throws org.holdfast.access.Problem.Tampering if it is not exactly that
     */
    public byte[] openBytes(Place place, byte[] sealed) {
        Bracket.assertOutside();
        try {
            return Sealer.open(type, key, context(place), sealed);
        } catch (Tampered e) {
            throw Problem.tampering("field." + place.table() + "." + place.column());
        }
    }

    private Context context(Place place) {
        return new Context(tenant, place.table(), place.column(), place.row(), place.schemaVersion(), place.revision());
    }

    /** The key epoch, which goes into the row's plain column. */
    public int epoch() {
        return epoch;
    }

    @Override
    public void close() {
        key.close();
    }

    @Override
    public String toString() {
        return "FieldKey[redacted]";
    }
}
