// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** The statements as they are stored. */
@ApplicationScoped
class DirectoryStore {

    private final Sql sql;

    DirectoryStore(DataSource database) {
        this.sql = new Sql(database);
    }

    /** The statements after this number, in their order, and the number of the newest one: -1 when there is none. */
    List<Statement> after(int number) {
        return sql.list(
                "select body from directory_statement where number > ? order by number",
                row -> Statement.parse(row.getBytes(1)),
                number);
    }

    /** Every statement as it is stored, in the order of the chain, in its form or not: it is the verifier that judges them. */
    List<byte[]> bodies() {
        return sql.list("select body from directory_statement order by number", row -> row.getBytes(1));
    }

    /** Whether the statement of this number is still there and still this one, and what came after it: one query. */
    Tail tail(int number, byte[] hash) {
        Tail tail = new Tail(new ArrayList<>());
        sql.list(
                "select number, id, case when number > ? then body end as body from directory_statement"
                        + " where number >= ? order by number",
                row -> {
                    if (row.getInt("number") == number) {
                        tail.holds = Bytes.uuid(hash).equals(Sql.uuid(row, "id"));
                    } else {
                        tail.after.add(Statement.parse(row.getBytes("body")));
                    }
                    return tail;
                },
                number,
                number);
        return tail;
    }

    /** The end of the chain. */
    static final class Tail {
        boolean holds;
        final List<Statement> after;

        Tail(List<Statement> after) {
            this.after = after;
        }
    }

    int newest() {
        return sql.first("select coalesce(max(number), -1) from directory_statement", row -> row.getInt(1))
                .orElse(-1);
    }

    Optional<Statement> founding() {
        return sql.first(
                "select body from directory_statement where number = 0", row -> Statement.parse(row.getBytes(1)));
    }

    void insert(Statement statement, UUID entry) {
        sql.update(
                "insert into directory_statement (number, id, body, entry_id) values (?, ?, ?, ?)",
                statement.number(),
                Bytes.uuid(statement.hash()),
                statement.body(),
                entry);
    }
}
