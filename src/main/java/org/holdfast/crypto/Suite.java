// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

/**
 * A closed set of algorithms, named by one byte of the envelope header. Nothing is negotiated: writers use the newest
 * suite, readers refuse what they do not know.
 */
public enum Suite {
    /**
     * HPKE base mode with X-Wing, HKDF-SHA256 and AES-256-GCM; Cobblestone-256 (C2SP chunked-encryption with SHA-512 and
     * AES-256-GCM); HKDF-SHA-512; Argon2id; Ed25519 and ML-DSA-44.
     */
    HF1(0x01);

    private final byte code;

    Suite(int code) {
        this.code = (byte) code;
    }

    /** The byte in the header. */
    public byte code() {
        return code;
    }

    static Suite of(byte code) throws Tampered {
        if (code == HF1.code) {
            return HF1;
        }
        throw new Tampered("unknown suite");
    }
}
