// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.holdfast.crypto.Context;
import org.holdfast.crypto.Envelope;
import org.holdfast.crypto.ObjectType;
import org.holdfast.crypto.Sealer;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Tampered;
import org.holdfast.crypto.Wrapper;
import org.holdfast.crypto.XWingKeyPair;

/**
 * Bytes of any length to a public key: a fresh secret wrapped to it, and the bytes sealed under that secret, both as the same
 * type and under the same context.
 *
 * <pre>u16 length of the wrap | wrap | sealed</pre>
 */
final class Hybrid {

    private static final int SECRET = 32;

    private Hybrid() {}

    static byte[] seal(ObjectType type, Chain.SharedKey key, Context context, byte[] plain) {
        return seal(type, key.epoch(), key.publicKey(), context, plain);
    }

    static byte[] seal(ObjectType type, int epoch, byte[] publicKey, Context context, byte[] plain) {
        try (SecretBytes secret = SecretBytes.random(SECRET)) {
            byte[] wrap = Wrapper.wrap(type, epoch, publicKey, context, secret);
            byte[] sealed = Sealer.seal(type, epoch, secret, context, plain);
            return ByteBuffer.allocate(2 + wrap.length + sealed.length)
                    .putShort((short) wrap.length)
                    .put(wrap)
                    .put(sealed)
                    .array();
        }
    }

    static byte[] open(ObjectType type, XWingKeyPair keys, Context context, byte[] both) throws Tampered {
        int length = Wrapper.wrappedLength(SECRET);
        if (both.length < 2 + length + Envelope.LENGTH || ByteBuffer.wrap(both).getShort() != length) {
            throw new Tampered("length of the wrap");
        }
        try (SecretBytes secret = Wrapper.unwrap(type, keys, context, Arrays.copyOfRange(both, 2, 2 + length))) {
            return Sealer.open(type, secret, context, Arrays.copyOfRange(both, 2 + length, both.length));
        }
    }
}
