// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.util.Optional;
import java.util.UUID;

/**
 * Knows who signs with which key, from the signed directory. Who can write to the database can write a line, but cannot sign
 * it, so {@link LogReader} believes a line of a member of staff only if her signature holds.
 */
public interface StaffSigningKeys {

    /** The keys as the directory has them now, inside a transaction or outside. */
    Known now();

    /** The keys at one moment. Safe between threads. */
    @FunctionalInterface
    interface Known {
        /**
         * The Ed25519 public key of a member of staff, 32 bytes, whether she is still there or has left; empty if this is not hers.
         *
         * @param keyId 8 bytes
         */
        Optional<byte[]> of(UUID staffId, byte[] keyId);
    }
}
