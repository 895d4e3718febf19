// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.util.UUID;

/** Somebody whose keys are unlocked, so that every entry of the request carries a signature and a number. */
public interface Signatory {
    /** The random id of the member of staff. */
    UUID staffId();

    /** The 8 bytes that name the signing key. */
    byte[] keyId();

    /** The 16 bytes that name the unlocked session in the log. */
    byte[] session();

    /**
     * The next number of the session, from 1 without gaps.
     *
     * <p>Called inside the transaction of the entry, and part of it: a number goes back when the entry vanishes.
     */
    int nextCounter();

    /** Ed25519 over these bytes with the person's signing key: 64 bytes. */
    byte[] sign(byte[] entry);
}
