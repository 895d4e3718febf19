// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.holdfast.access.Bracket;
import org.holdfast.crypto.SecretBytes;

/**
 * Answers to reporters, from the desk that wrote them to the mailbox in which they wait.
 *
 * <p>What is handed over here carries no case. It lies in an unlogged table for a random while between
 * {@code holdfast.intake.reply-delay.min} and {@code .max}, and is laid under its look-up id by a job without keys, in another
 * transaction and in random order, so that a copy of the database does not tie a mailbox to a case. All methods run inside the
 * caller's transaction. Thread-safe.
 */
@ApplicationScoped
public class ReplyOutbox {
    private static final int BATCH = 200;

    private final DataSource database;
    private final Clock clock;
    private final Duration min;
    private final Duration max;

    ReplyOutbox(
            DataSource database,
            Clock clock,
            @ConfigProperty(name = "holdfast.intake.reply-delay.min", defaultValue = "PT5M") Duration min,
            @ConfigProperty(name = "holdfast.intake.reply-delay.max", defaultValue = "PT60M") Duration max) {
        this.database = database;
        this.clock = clock;
        this.min = min;
        this.max = max;
    }

    /**
     * An answer that waits in a mailbox.
     *
     * @param id random
     * @param sealed as {@link MailboxKeys#sealReply} made it
     * @param day on which it was laid there
     */
    public record Waiting(UUID id, byte[] sealed, LocalDate day) {
        @Override
        public String toString() {
            return "Waiting";
        }
    }

    /**
     * Hands an answer over.
     *
     * @param card the card of the reporter it is for; not an empty one
     * @param replyId the id under which it was sealed
     * @param sealed as {@link MailboxKeys#sealReply} made it
     */
    public void put(Card card, UUID replyId, byte[] sealed) {
        Bracket.assertInside();
        if (card.empty()) {
            throw new IllegalArgumentException("nobody asked for a number");
        }
        run("insert into reply_outbox (id, lookup, sealed, due) values (?, ?, ?, ?)", statement -> {
            statement.setObject(1, replyId);
            statement.setBytes(2, card.lookup());
            statement.setBytes(3, sealed);
            statement.setObject(4, clock.instant().plus(delay()).atOffset(ZoneOffset.UTC));
            return statement.executeUpdate();
        });
    }

    /** Lays what is due into its mailboxes, shuffled; returns how many. */
    public int deliver() {
        Bracket.assertInside();
        Instant now = clock.instant();
        return run(
                "with due as (delete from reply_outbox where id in (select id from reply_outbox where due <= ? limit "
                        + BATCH
                        + ") returning id, lookup, sealed)"
                        + " insert into reply (id, lookup, sealed, day) select id, lookup, sealed, ? from due order by random()",
                statement -> {
                    statement.setObject(1, now.atOffset(ZoneOffset.UTC));
                    statement.setObject(2, LocalDate.ofInstant(now, ZoneOffset.UTC));
                    return statement.executeUpdate();
                });
    }

    /** What waits in a mailbox, newest first. */
    public List<Waiting> waiting(Mailbox mailbox) {
        Bracket.assertInside();
        return run("select id, sealed, day from reply where lookup = ? order by day desc, id", statement -> {
            statement.setBytes(1, mailbox.lookup());
            List<Waiting> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(new Waiting(
                            row.getObject(1, UUID.class), row.getBytes(2), row.getObject(3, LocalDate.class)));
                }
            }
            return found;
        });
    }

    private Duration delay() {
        long span = Math.max(0, max.toMillis() - min.toMillis());
        try (SecretBytes random = SecretBytes.random(Long.BYTES)) {
            long chance = java.nio.ByteBuffer.wrap(random.copy()).getLong() >>> 1;
            return min.plusMillis(chance % (span + 1));
        }
    }

    private interface Work<T> {
        T with(PreparedStatement statement) throws SQLException;
    }

    private <T> T run(String sql, Work<T> work) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return work.with(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("the outbox could not be reached", e);
        }
    }
}
