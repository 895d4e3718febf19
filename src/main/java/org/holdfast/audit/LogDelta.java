// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.holdfast.tlog.Entry;

/** Reads what was recorded since a mark: numbered entries in their order, then those that wait in theirs. For one reading. */
final class LogDelta {
    /** Above this, everything is read anew with less work. */
    static final int MOST = 20_000;

    private static final String MARK = "select seq, leaf from audit_sequence order by seq desc limit 1";

    /** The last entry before the mark comes too: by it the log is known. */
    private static final String SINCE = """
            select e.id, e.body, e.act, e.actor, e.case_name, e.object_name, e.outcome, e.day, e.hash, e.detail_hash,
                   s.seq, s.leaf, null::bigint as ord
            from audit_sequence s left join audit_entry e on e.id = s.id
            where s.seq >= ?
            union all
            select e.id, e.body, e.act, e.actor, e.case_name, e.object_name, e.outcome, e.day, e.hash, e.detail_hash,
                   null, null, p.ord
            from audit_pending p join audit_entry e on e.id = p.id
            where p.held_until is null and not exists (select from audit_sequence s where s.id = p.id)
            order by seq nulls last, ord limit ?
            """;

    private final LogMark since;
    private final Map<Pseudonym, byte[]> written = new HashMap<>();
    private final Set<UUID> given = new HashSet<>();
    private final Set<String> revoked = new HashSet<>();
    private LogMark mark;
    private int entries;

    LogDelta(LogMark since) {
        this.since = since;
        this.mark = since;
    }

    static LogMark mark(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MARK);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? new LogMark(row.getLong(1) + 1, row.getBytes(2)) : new LogMark(0, new byte[0]);
        }
    }

    /** @throws AlteredLog if this is not the log of the mark, or not whole since then, or too long since then */
    LogNews read(Connection connection) throws SQLException {
        long seam = Math.max(0, since.size() - 1);
        try (PreparedStatement statement = connection.prepareStatement(SINCE)) {
            statement.setLong(1, seam);
            statement.setInt(2, MOST + 2);
            try (ResultSet row = statement.executeQuery()) {
                long next = seam;
                while (row.next()) {
                    long number = row.getLong("seq");
                    if (!row.wasNull()) {
                        numbered(row, number, next++);
                    } else {
                        take(Rows.checked(row), row);
                    }
                }
                if (next < since.size() || entries > MOST) {
                    throw new AlteredLog("the log does not go on from here");
                }
            }
        }
        return new LogNews(mark, entries, written, given, revoked);
    }

    private void numbered(ResultSet row, long number, long expected) throws SQLException {
        byte[] leaf = row.getBytes("leaf");
        if (number != expected || row.getBytes("body") == null) {
            throw new AlteredLog("an entry is missing");
        }
        if (number < since.size()) {
            if (!Arrays.equals(leaf, since.leaf())) {
                throw new AlteredLog("this is another log");
            }
            return;
        }
        take(Rows.checked(row), row);
        mark = new LogMark(number + 1, leaf);
    }

    private void take(Entry entry, ResultSet row) throws SQLException {
        entries++;
        String hash = entry.rowHash();
        if (hash == null || !entry.outcome().equals(Outcome.DONE.code())) {
            return;
        }
        if (entry.kind().equals(Act.GRANT_GIVEN.code())) {
            given.add(row.getObject("id", UUID.class));
        } else if (entry.kind().equals(Act.GRANT_REVOKED.code())) {
            revoked.add(hash);
        } else if (entry.object() != null
                && !entry.kind().startsWith("grant.")
                && !entry.kind().startsWith("directory.")) {
            // A line past the server cannot hide one before it: who finds several asks for the newest, which is
            // verified.
            written.merge(
                    Pseudonym.parse(entry.object()),
                    row.getBytes("hash"),
                    (one, next) -> Arrays.equals(one, next) ? one : LogNews.SEVERAL);
        }
    }
}
