// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.crypto.Busy;
import org.holdfast.crypto.Context;
import org.holdfast.crypto.Hashes;
import org.holdfast.crypto.ObjectType;
import org.holdfast.crypto.ReturnNumber;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Stretcher;
import org.holdfast.crypto.Tampered;

/**
 * Return numbers and the mailboxes behind them. Stretching a number takes a tenth of a second and 19 MiB, in bounded pools,
 * one for issuing and one for looking up, so that guessers do not stop those who ask for a number. All methods run outside
 * a transaction.
 */
@ApplicationScoped
public class MailboxKeys {

    /** Replies shorter than this are filled up to it, so that they all fall into the 4 KiB bucket. */
    private static final int SHORTEST = 2048;

    private static final int WORKERS = 1;
    private static final int WAITING = 32;
    private static final byte[] SALT = Bytes.ascii("holdfast/v1/mailbox-salt");

    private final Directory directory;
    private final Stretcher issuing = new Stretcher(WORKERS, WAITING);
    private final Stretcher lookingUp = new Stretcher(WORKERS, WAITING);

    MailboxKeys(Directory directory) {
        this.directory = directory;
    }

    /**
     * A fresh number and its mailbox.
     *
     * @param number 32 digits in groups of four, shown once
     * @param mailbox the caller's to close
     */
    public record Issued(String number, Mailbox mailbox) {
        @Override
        public String toString() {
            return "Issued[redacted]";
        }
    }

    /** @throws Problem.Busy if too many ask */
    public Issued issue() {
        String digits = ReturnNumber.generate();
        return new Issued(ReturnNumber.format(digits), mailbox(issuing, digits));
    }

    /** Whether this is a number as it was given: 32 digits of any script, with a fitting check digit. */
    public boolean isWellFormed(String typed) {
        return ReturnNumber.parse(typed).isSound();
    }

    /**
     * The mailbox of a number as typed; empty if it is mistyped. Every well-formed number has one, used or not.
     *
     * @throws Problem.Busy if too many ask
     */
    public Optional<Mailbox> find(String typed) {
        ReturnNumber.Reading reading = ReturnNumber.parse(typed);
        return reading.isSound() ? Optional.of(mailbox(lookingUp, reading.digits())) : Optional.empty();
    }

    private Mailbox mailbox(Stretcher pool, String digits) {
        Bracket.assertOutside();
        UUID tenant = directory.known().tenant();
        byte[] salt = Arrays.copyOf(Hashes.sha256(SALT, Bytes.of(tenant)), 16);
        byte[] secret = digits.getBytes(StandardCharsets.US_ASCII);
        try (SecretBytes stretched = pool.stretch(secret, salt, Stretcher.Cost.NUMBER)) {
            return new Mailbox(tenant, stretched);
        } catch (Busy e) {
            throw Problem.busy();
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** Seals a reply to the mailbox of a card. */
    public byte[] sealReply(Card card, UUID replyId, Object reply) {
        Bracket.assertOutside();
        if (card.empty()) {
            throw new IllegalArgumentException("nobody can read a reply to this card");
        }
        byte[] value = Codec.encode(reply);
        byte[] padded = ByteBuffer.allocate(Math.max(SHORTEST, 4 + value.length))
                .putInt(value.length)
                .put(value)
                .array();
        return Hybrid.seal(
                ObjectType.REPLY,
                1,
                card.publicKey(),
                replyContext(directory.known().tenant(), replyId),
                padded);
    }

    static byte[] unpad(byte[] padded) throws Tampered {
        int length = padded.length < 4 ? -1 : ByteBuffer.wrap(padded).getInt();
        if (length < 0 || length > padded.length - 4) {
            throw new Tampered("length of the reply");
        }
        return Arrays.copyOfRange(padded, 4, 4 + length);
    }

    static Context replyContext(UUID tenant, UUID replyId) {
        return new Context(Bytes.of(tenant), "reply", "sealed", replyId, 1, 0);
    }
}
