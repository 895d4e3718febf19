// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * Hands key bytes to the provider without keeping a copy of its own, which {@code SecretKeySpec} would, and which nobody
 * could overwrite. Lives as long as one call.
 */
final class BorrowedKey implements SecretKey {

    private static final long serialVersionUID = 1L;

    private final transient byte[] bytes;
    private final transient String algorithm;

    BorrowedKey(byte[] bytes, String algorithm) {
        this.bytes = bytes;
        this.algorithm = algorithm;
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    /** A copy, because the provider overwrites what it is given. */
    @Override
    public byte[] getEncoded() {
        return bytes.clone();
    }

    /** Overwrites the bytes that were lent. */
    void wipe() {
        Arrays.fill(bytes, (byte) 0);
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("keys are not written");
    }
}
