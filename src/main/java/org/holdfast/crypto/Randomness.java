// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.security.SecureRandom;

/** The one source of random bytes: the operating system's generator, never seeded by us. */
final class Randomness {

    private static final SecureRandom SOURCE = new SecureRandom();

    private Randomness() {}

    static SecureRandom source() {
        return SOURCE;
    }

    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        SOURCE.nextBytes(bytes);
        return bytes;
    }

    /** Uniform from zero up to, but not including, the bound. */
    static int below(int bound) {
        return SOURCE.nextInt(bound);
    }
}
