// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.util.Arrays;
import org.holdfast.crypto.Tampered;

/**
 * How a reporter may be answered. Sealed cards all have the same size, empty or not.
 *
 * @param empty whether no return number was asked for; then the other fields but the proof are zeros
 * @param proof 32 bytes, the random number whose SHA-256 is inside the sealed report: a card without it counts for nothing
 * @param lookup 32 bytes, under which a reply waits
 * @param publicKey 1,216 bytes, the mailbox's X-Wing public key
 * @param followUpHash 32 bytes, SHA-256 of the secret that lets the reporter add to the report
 */
public record Card(boolean empty, byte[] proof, byte[] lookup, byte[] publicKey, byte[] followUpHash) {

    static final int PUBLIC_KEY_LENGTH = 1216;

    /** Checks the lengths. */
    public Card {
        if (proof.length != 32
                || lookup.length != 32
                || publicKey.length != PUBLIC_KEY_LENGTH
                || followUpHash.length != 32) {
            throw new IllegalArgumentException("a card's fields have fixed lengths");
        }
    }

    /** The card of a report without a return number. */
    public static Card withoutNumber(byte[] proof) {
        return new Card(true, proof, new byte[32], new byte[PUBLIC_KEY_LENGTH], new byte[32]);
    }

    /** A flag and the four fields one behind the other: 1,313 bytes. */
    byte[] encode() {
        return Bytes.join(new byte[] {(byte) (empty ? 1 : 0)}, proof, lookup, publicKey, followUpHash);
    }

    static Card decode(byte[] bytes) throws Tampered {
        if (bytes.length != 1 + 32 + 32 + PUBLIC_KEY_LENGTH + 32) {
            throw new Tampered("length of the card");
        }
        int key = 65 + PUBLIC_KEY_LENGTH;
        return new Card(
                bytes[0] == 1,
                Arrays.copyOfRange(bytes, 1, 33),
                Arrays.copyOfRange(bytes, 33, 65),
                Arrays.copyOfRange(bytes, 65, key),
                Arrays.copyOfRange(bytes, key, key + 32));
    }

    @Override
    public String toString() {
        return "Card";
    }
}
