// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.tlog.Entry;
import org.holdfast.tlog.Malformed;
import org.jspecify.annotations.Nullable;

/** Reads pages of the log by key: a page begins after a number, so that new lines never shift it. */
final class LogPaging {
    private final Connection connection;
    private final LogFilter filter;

    LogPaging(Connection connection, LogFilter filter) {
        this.connection = connection;
        this.filter = filter;
    }

    /** The page of lines below a number, or the newest page. */
    LogPage older(@Nullable Long than) throws SQLException {
        List<LogLine> lines = lines("s.seq < ?", than == null ? Long.MAX_VALUE : than, "desc");
        boolean more = trim(lines);
        return new LogPage(lines, more ? last(lines) : null, than == null || lines.isEmpty() ? null : first(lines));
    }

    /** The page of lines just above a number. */
    LogPage newer(long than) throws SQLException {
        List<LogLine> lines = lines("s.seq > ?", than, "asc");
        boolean more = trim(lines);
        Collections.reverse(lines);
        return new LogPage(lines, lines.isEmpty() ? null : last(lines), more ? first(lines) : null);
    }

    private static boolean trim(List<LogLine> lines) {
        boolean more = lines.size() > LogPage.SIZE;
        if (more) {
            lines.remove(LogPage.SIZE);
        }
        return more;
    }

    private static long first(List<LogLine> lines) {
        return lines.get(0).number();
    }

    private static long last(List<LogLine> lines) {
        return lines.get(lines.size() - 1).number();
    }

    private List<LogLine> lines(String place, long number, String direction) throws SQLException {
        List<Object> values = new ArrayList<>(List.of(number));
        StringBuilder where = new StringBuilder(place);
        add(where, values, "e.actor = ?", filter.actor());
        addCase(where, values);
        add(
                where,
                values,
                "e.act = ?",
                filter.act() == null ? null : filter.act().code());
        add(
                where,
                values,
                "e.outcome = ?",
                filter.outcome() == null ? null : filter.outcome().code());
        add(where, values, "e.day >= ?", filter.from());
        add(where, values, "e.day <= ?", filter.to());
        String sql = """
                select s.seq, s.leaf, e.id, e.body, e.act, e.actor, e.case_name, e.object_name, e.outcome, e.day,
                       e.hash, e.detail_hash
                from audit_sequence s join audit_entry e on e.id = s.id
                where %s order by s.seq %s limit %d
                """.formatted(where, direction, LogPage.SIZE + 1);
        List<LogLine> lines = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                if (values.get(i) instanceof byte[][] names) {
                    statement.setArray(i + 1, connection.createArrayOf("bytea", names));
                } else {
                    statement.setObject(i + 1, values.get(i));
                }
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    lines.add(line(rows));
                }
            }
        }
        return lines;
    }

    /** The lines of a case, and those of the report that was removed for it. */
    private void addCase(StringBuilder where, List<Object> values) throws SQLException {
        Pseudonym name = filter.caseName();
        if (name == null) {
            return;
        }
        byte[][] reports = reports(name);
        if (reports.length == 0) {
            add(where, values, "e.case_name = ?", name.value());
        } else {
            add(where, values, "(e.case_name = ? or (e.act like 'report.%' and e.object_name = any(?)))", name.value());
            values.add(reports);
        }
    }

    private byte[][] reports(Pseudonym name) throws SQLException {
        List<byte[]> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "select object_name from audit_entry where case_name = ? and act = ? and object_name is not null")) {
            statement.setBytes(1, name.value());
            statement.setString(2, Act.REPORT_REMOVED.code());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getBytes(1));
                }
            }
        }
        return names.toArray(byte[][]::new);
    }

    private static void add(StringBuilder where, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            where.append(" and ").append(condition);
            values.add(value);
        }
    }

    private static LogLine line(ResultSet row) throws SQLException {
        long number = row.getLong("seq");
        UUID id = row.getObject("id", UUID.class);
        byte[] body = row.getBytes("body");
        Optional<String> trouble = AuditEntry.trouble(id, body, Rows.copies(row), row.getBytes("leaf"));
        try {
            Entry entry = Entry.parse(body);
            return new LogLine(
                    number,
                    id,
                    entry.time(),
                    entry.actor(),
                    entry.kind(),
                    pseudonym(entry.caseRef()),
                    pseudonym(entry.object()),
                    entry.outcome().equals(Outcome.DONE.code()) ? Outcome.DONE : Outcome.REFUSED,
                    entry.reason(),
                    entry.signature() != null,
                    entry.detailHash() != null,
                    trouble);
        } catch (Malformed e) {
            return new LogLine(
                    number, id, "", ActingNow.UNKNOWN, "", null, null, Outcome.DONE, null, false, false, trouble);
        }
    }

    private static @Nullable Pseudonym pseudonym(@Nullable String hex) {
        return hex == null ? null : Pseudonym.parse(hex);
    }
}
