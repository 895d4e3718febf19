// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.holdfast.tlog.Checkpoint;
import org.holdfast.tlog.Finding;
import org.holdfast.tlog.Malformed;
import org.holdfast.tlog.Policy;
import org.holdfast.tlog.Proofs;
import org.holdfast.tlog.SignedNote;

/** What the database has around the entries and no bundle carries: the queue, sealed details, earlier checkpoints. */
final class DatabaseChecks {
    /** Each costs two signatures. */
    private static final int CHECKPOINTS = 1000;

    private final Connection connection;
    private final Consumer<Finding> findings;

    DatabaseChecks(Connection connection, Consumer<Finding> findings) {
        this.connection = connection;
        this.findings = findings;
    }

    /**
     * Earlier checkpoints are signed by the log and begin the tree whose tiles the verifier has compared with the entries.
     *
     * @return how many there are
     */
    int checkpoints(Policy policy) throws SQLException {
        int looked = 0;
        StoredTiles tiles = new StoredTiles(connection);
        try (PreparedStatement statement = connection.prepareStatement(
                        "select size, note from audit_checkpoint order by size desc limit " + CHECKPOINTS);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                looked++;
                long size = rows.getLong(1);
                String trouble = trouble(policy, tiles, size, rows.getBytes(2));
                if (!trouble.isEmpty()) {
                    say("checkpoint.altered", "The stored checkpoint of size " + size + " " + trouble + ".");
                }
            }
        }
        return looked;
    }

    private static String trouble(Policy policy, StoredTiles tiles, long size, byte[] bytes) {
        try {
            SignedNote note = SignedNote.parse(bytes);
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            if (checkpoint.size() != size || !checkpoint.origin().equals(policy.origin())) {
                return "says another size or another log";
            }
            Optional<String> objection = policy.objection(note, checkpoint);
            if (objection.isPresent()) {
                return "is not signed by the log: " + objection.get();
            }
            return Arrays.equals(Proofs.root(size, tiles), checkpoint.root()) ? "" : "is not the beginning of this log";
        } catch (Malformed e) {
            return "is not in its form";
        } catch (IOException | AlteredLog e) {
            return "cannot be compared, because a part of the tree is missing";
        }
    }

    /** Entries are numbered or wait, never neither and never both. */
    void queue() throws SQLException {
        count("""
                select count(*) from audit_entry e
                where not exists (select from audit_sequence s where s.id = e.id)
                  and not exists (select from audit_pending p where p.id = e.id)
                """, "queue.removed", " written and neither numbered nor waiting: taken out of the queue.");
        count("""
                select count(*) from audit_pending p
                where not exists (select from audit_entry e where e.id = p.id)
                """, "queue.entry-missing", " waiting for a number and not there: taken out past the server.");
        count("""
                select count(*) from audit_pending p
                where exists (select from audit_sequence s where s.id = p.id)
                   or exists (select from audit_pending q where q.id = p.id and q.ord < p.ord)
                """, "queue.repeated", " put into the queue a second time.");
        // The clocks of the server and of the database may differ.
        count("""
                select count(*) from audit_pending p join audit_entry e on e.id = p.id
                where p.held_until > now() + interval '2 hours' or (p.held_until is not null and e.actor <> 'report-door')
                """, "queue.held", " kept from getting a number.");
    }

    /** Sealed details are those whose hashes are in the entries. */
    void details() throws SQLException {
        count("""
                select count(*) from audit_detail d
                where not exists (select from audit_entry e where e.id = d.entry_id and e.detail_hash = sha256(d.sealed))
                """, "detail.altered", " accompanied by a sealed detail that it does not name.");
        count("""
                select count(*) from audit_entry e
                where e.detail_hash is not null and not exists (select from audit_detail d where d.entry_id = e.id)
                """, "detail.missing", " without the sealed detail that it names.");
    }

    private void count(String sql, String kind, String predicate) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            long entries = row.getLong(1);
            if (entries > 0) {
                say(kind, (entries == 1 ? "One entry is" : entries + " entries are") + predicate);
            }
        }
    }

    private void say(String kind, String sentence) {
        findings.accept(new Finding(Finding.NOWHERE, kind, sentence));
    }
}
