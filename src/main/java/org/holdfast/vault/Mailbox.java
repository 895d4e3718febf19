// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.util.UUID;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.crypto.Hashes;
import org.holdfast.crypto.Kdf;
import org.holdfast.crypto.ObjectType;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Tampered;
import org.holdfast.crypto.XWingKeyPair;

/**
 * What a return number gives: from its 64 stretched bytes, by HKDF-SHA-512 under labels of their own, the look-up id, the
 * seed of the mailbox key and the follow-up secret. Closing forgets it.
 */
public final class Mailbox implements AutoCloseable {

    private static final int LENGTH = 32;

    private final UUID tenant;
    private final byte[] lookup;
    private final XWingKeyPair keys;
    private final SecretBytes followUp;

    /** @param stretched stays with the caller */
    Mailbox(UUID tenant, SecretBytes stretched) {
        this.tenant = tenant;
        try (SecretBytes id = derive(stretched, "lookup");
                SecretBytes seed = derive(stretched, "seed")) {
            this.lookup = id.copy();
            this.keys = XWingKeyPair.fromSeed(seed);
        }
        this.followUp = derive(stretched, "follow-up");
    }

    private static SecretBytes derive(SecretBytes stretched, String what) {
        return Kdf.hkdfSha512(stretched, new byte[0], Bytes.ascii("holdfast/v1/mailbox/" + what), LENGTH);
    }

    /** 32 bytes, under which a reply waits. */
    public byte[] lookup() {
        return lookup.clone();
    }

    /** A card for the report that the number was asked for. */
    public Card card(byte[] proof) {
        byte[] secret = followUp.copy();
        return new Card(false, proof, lookup(), keys.publicKey(), Hashes.sha256(secret));
    }

    /**
     * Opens a reply that waits here.
     *
     * @throws Problem.Tampering if it was not sealed to this mailbox as this reply
     */
    public <T> T openReply(UUID replyId, byte[] sealed, Class<T> type) {
        Bracket.assertOutside();
        try {
            byte[] padded = Hybrid.open(ObjectType.REPLY, keys, MailboxKeys.replyContext(tenant, replyId), sealed);
            return Codec.decode(MailboxKeys.unpad(padded), type);
        } catch (Tampered e) {
            throw Problem.tampering("reply");
        }
    }

    @Override
    public void close() {
        keys.close();
        followUp.close();
    }

    @Override
    public String toString() {
        return "Mailbox[redacted]";
    }
}
