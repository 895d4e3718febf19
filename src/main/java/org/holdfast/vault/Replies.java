// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.holdfast.access.Bracket;
import org.holdfast.audit.Act;

/**
 * Answers in their mailboxes. All methods run inside the caller's transaction. Thread-safe.
 *
 * <p>The log calls an answer by its random id, which stands in no case: a name under the shred secret of a case or a report would
 * tie the mailbox to it for whoever has both databases, and a secret of its own would have to lie as long as the answer does and
 * hide nothing (ADR 0012). The lines are to be written as the report door: without the minute, and shuffled at full hours.
 */
@ApplicationScoped
public class Replies {
    static final String TABLE = "reply";

    private final Sql sql;
    private final OwnRows own;

    Replies(DataSource database, OwnRows own) {
        this.sql = new Sql(database);
        this.own = own;
    }

    /**
     * An answer that waits in a mailbox.
     *
     * @param id random
     * @param sealed as {@link MailboxKeys#sealReply} made it
     * @param day on which it was laid there
     * @param asWritten whether the log has this row, and just so
     */
    public record Waiting(UUID id, byte[] sealed, LocalDate day, boolean asWritten) {
        @Override
        public String toString() {
            return "Waiting";
        }
    }

    /**
     * Lays an answer into its mailbox, with its line; does nothing if it was laid there before, even if it was removed since.
     *
     * @return whether it did
     */
    public boolean lay(ReplyOutbox.Delivery delivery, LocalDate day) {
        Bracket.assertInside();
        if (own.isKnown(delivery.reply())) {
            return false;
        }
        int added = sql.update(
                "insert into reply (id, lookup, sealed, day) values (?, ?, ?, ?) on conflict (id) do nothing",
                delivery.reply(),
                delivery.lookup(),
                delivery.sealed(),
                day);
        if (added == 1) {
            own.written(Act.REPLY_DELIVERED, TABLE, delivery.reply());
        }
        return added == 1;
    }

    /** What waits in a mailbox, newest first, each held to its line. */
    public List<Waiting> waiting(Mailbox mailbox) {
        Bracket.assertInside();
        List<Waiting> found = sql.list(
                "select id, sealed, day from reply where lookup = ? order by day desc, id",
                row -> new Waiting(Sql.uuid(row, "id"), row.getBytes("sealed"), Sql.day(row, "day"), false),
                mailbox.lookup());
        Set<UUID> asWritten =
                own.asWritten(TABLE, found.stream().map(Waiting::id).toList());
        return found.stream()
                .map(w -> new Waiting(w.id(), w.sealed(), w.day(), asWritten.contains(w.id())))
                .toList();
    }

    /** Removes an answer from the mailbox it lies in, with its line; false if it does not lie there. */
    public boolean remove(Mailbox mailbox, UUID reply) {
        Bracket.assertInside();
        boolean gone = sql.update("delete from reply where id = ? and lookup = ?", reply, mailbox.lookup()) == 1;
        if (gone) {
            own.gone(Act.REPLY_REMOVED, List.of(reply));
        }
        return gone;
    }
}
