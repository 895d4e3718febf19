// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

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

    @Override
    public String toString() {
        return "Card";
    }
}
