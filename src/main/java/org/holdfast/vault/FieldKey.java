// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

/**
 * The key of one compartment of one object, open. Seals values of that compartment and opens them; closing forgets it.
 *
 * <p>Values are records, encoded as CBOR with every component, nulls too; a field that the record does not know is refused
 * on reading. All methods refuse to run inside a transaction. Safe for several threads until it is closed.
 */
public final class FieldKey implements AutoCloseable {

    /** Seals a record for its place. */
    public byte[] seal(Place place, Object value) {
        throw new IllegalStateException("not built yet");
    }

    /**
     * Opens what was sealed for this place.
     *
     * @throws org.holdfast.access.Problem.Tampering if it is not exactly that
     */
    public <T> T open(Place place, byte[] sealed, Class<T> type) {
        throw new IllegalStateException("not built yet");
    }

    /** Seals bytes as they are. */
    public byte[] sealBytes(Place place, byte[] plain) {
        throw new IllegalStateException("not built yet");
    }

    /**
     * Opens bytes as they were.
     *
     * @throws org.holdfast.access.Problem.Tampering if it is not exactly that
     */
    public byte[] openBytes(Place place, byte[] sealed) {
        throw new IllegalStateException("not built yet");
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "FieldKey[redacted]";
    }
}
