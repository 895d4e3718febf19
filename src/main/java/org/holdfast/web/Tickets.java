// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.holdfast.access.CurrentActor;
import org.holdfast.access.Problem;
import org.holdfast.crypto.Hashes;
import org.holdfast.crypto.SecretBytes;
import org.jspecify.annotations.Nullable;

/**
 * Form tickets: they prove that a form came from this server, for whom and when, without a cookie and without a row.
 *
 * <p>A ticket is base64url of id (16 bytes) ‖ minute since 1970 (u32) ‖ the first 16 bytes of HMAC-SHA-256(ticket key, lp(purpose) ‖
 * lp(subject) ‖ id ‖ minute), lp = u32 length. The id is random. A report carries that of the ticket which stored it as a unique value;
 * tickets of the desk are bound to the login and to the address the form posts to, are used up by what makes something new
 * ({@link org.holdfast.access.SentForm}), and may otherwise be used again within their day.
 * Thread-safe.
 */
@ApplicationScoped
public class Tickets {
    /** How long a form may lie open. */
    public static final Duration GOOD_FOR = Duration.ofHours(24);

    private static final int ID = 16;
    private static final int MAC = 16;
    private static final int LENGTH = ID + 4 + MAC;
    private static final String REPORT = "report";
    private static final String DESK = "desk";
    private static final UUID NO_TENANT = new UUID(0, 0);

    private final SecretBytes key;
    private final Clock clock;
    private final CurrentActor actor;

    Tickets(WebConfig config, Clock clock, CurrentActor actor) {
        this.key = read(config.ticketKeyFile());
        this.clock = clock;
        this.actor = actor;
    }

    /**
     * A ticket of ours.
     *
     * @param id 16 bytes
     * @param minute since 1970, in which it was made
     * @param expired whether it is older than a day; what to do then is for the form to say
     */
    public record Ticket(byte[] id, int minute, boolean expired) {
        @Override
        public String toString() {
            return "Ticket";
        }
    }

    /** A fresh ticket for a form of the report door. */
    public String issue() {
        return make(REPORT, new byte[0], randomId());
    }

    /**
     * Reads a ticket of the report door.
     *
     * @throws Problem.ForgedTicket if it is not ours
     */
    public Ticket check(@Nullable String ticket) {
        return read(REPORT, new byte[0], ticket, GOOD_FOR);
    }

    /**
     * A ticket of the page on which somebody looks at a report before she sends it, bound to the form. Its id is random and stored
     * nowhere: whoever has it holds that page.
     *
     * @param form id of the form's ticket
     */
    public String issueCheck(byte[] form) {
        return make("check", form, randomId());
    }

    /**
     * Reads a ticket of {@link #issueCheck(byte[])}.
     *
     * @throws Problem.ForgedTicket if it is not ours or was made for another form
     */
    public Ticket readCheck(byte[] form, @Nullable String ticket, Duration goodFor) {
        return read("check", form, ticket, goodFor);
    }

    /** A ticket that proves that this server showed the page about that report: for what may follow after sending. */
    public String issueFor(UUID report) {
        return make("after", bytes(report), randomId());
    }

    /** As {@link #issueFor(UUID)}, as old as another ticket is. */
    public String issueFor(UUID report, Ticket asOldAs) {
        return make("after", bytes(report), randomId(), asOldAs.minute());
    }

    /**
     * Reads a ticket of {@link #issueFor(UUID)}.
     *
     * @throws Problem.ForgedTicket if it is not ours or was made for another report
     */
    public Ticket checkFor(UUID report, @Nullable String ticket, Duration goodFor) {
        return read("after", bytes(report), ticket, goodFor);
    }

    /**
     * A ticket for a form of the desk, bound to who is logged in.
     *
     * @param address the address the form posts to, without query
     */
    public String deskTicket(String address) {
        return make(DESK, deskSubject(address), randomId());
    }

    /**
     * Reads a ticket of the desk.
     *
     * @return its id, 16 bytes
     * @throws Problem.ForgedTicket or {@link Problem.ExpiredTicket} unless it was made for this login and this address in the last day
     */
    byte[] checkDesk(String address, @Nullable String ticket) {
        Ticket known = read(DESK, deskSubject(address), ticket, GOOD_FOR);
        if (known.expired()) {
            throw Problem.expiredTicket();
        }
        return known.id();
    }

    private byte[] deskSubject(String address) {
        // Not the tag that the organisation gives it, which is another one after founding: forms outlive that.
        byte[] tag = actor.loginTag(NO_TENANT);
        byte[] form = address.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + tag.length + form.length)
                .putInt(tag.length)
                .put(tag)
                .put(form)
                .array();
    }

    private String make(String purpose, byte[] subject, byte[] id) {
        return make(purpose, subject, id, (int) (clock.instant().getEpochSecond() / 60));
    }

    private String make(String purpose, byte[] subject, byte[] id, int minute) {
        ByteBuffer ticket = ByteBuffer.allocate(LENGTH).put(id).putInt(minute).put(mac(purpose, subject, id, minute));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(ticket.array());
    }

    private Ticket read(String purpose, byte[] subject, @Nullable String text, Duration goodFor) {
        ByteBuffer ticket = decode(text);
        byte[] id = new byte[ID];
        ticket.get(id);
        int minute = ticket.getInt();
        byte[] mac = new byte[MAC];
        ticket.get(mac);
        if (!MessageDigest.isEqual(mac, mac(purpose, subject, id, minute))) {
            throw Problem.forgedTicket();
        }
        long age = clock.instant().getEpochSecond() / 60 - minute;
        return new Ticket(id, minute, age > goodFor.toMinutes());
    }

    private static ByteBuffer decode(@Nullable String text) {
        if (text == null || text.length() > 2 * LENGTH) {
            throw Problem.forgedTicket();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length == LENGTH) {
                return ByteBuffer.wrap(bytes);
            }
        } catch (IllegalArgumentException e) {
            // Not base64: forged like any other.
        }
        throw Problem.forgedTicket();
    }

    private byte[] mac(String purpose, byte[] subject, byte[] id, int minute) {
        byte[] name = purpose.getBytes(StandardCharsets.US_ASCII);
        byte[] input = ByteBuffer.allocate(8 + name.length + subject.length + ID + 4)
                .putInt(name.length)
                .put(name)
                .putInt(subject.length)
                .put(subject)
                .put(id)
                .putInt(minute)
                .array();
        return Arrays.copyOf(Hashes.hmacSha256(key, input), MAC);
    }

    private static byte[] randomId() {
        try (SecretBytes id = SecretBytes.random(ID)) {
            return id.copy();
        }
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static SecretBytes read(Path file) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(Files.readString(file));
            if (bytes.length < 32) {
                throw new IllegalStateException("holdfast.web.ticket-key-file holds less than 32 bytes");
            }
            return SecretBytes.of(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("holdfast.web.ticket-key-file cannot be read", e);
        }
    }
}
