// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.holdfast.tlog.Entry;

/**
 * Which cases wait for new keys: those from which a grant was taken after their newest key was made. Whoever lost it may have
 * kept the secret, so that what is written from then on belongs under a new epoch (ADR 0004).
 *
 * <p>The line of the revocation is the mark itself. It is written in the transaction of the revocation, signed by who took the
 * grant, and cannot be taken away unnoticed; a column beside it could, and would tell a thief nothing that the log does not
 * tell already. A later {@code key.created} in the same case takes the mark away. Safe between threads.
 */
@ApplicationScoped
public class KeysDue {

    private static final String LINES = Rows.ORDERED.formatted("""
            e.act in ('grant.revoked', 'key.created') and e.case_name in
                (select r.case_name from audit_entry r where r.act = 'grant.revoked' and r.case_name is not null)""");

    private final DataSource database;

    KeysDue(DataSource database) {
        this.database = database;
    }

    /**
     * How many cases wait. On the caller's connection.
     *
     * @throws AlteredLog if an entry that this rests on was altered
     */
    public long cases() {
        Map<Pseudonym, Boolean> waiting = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(LINES);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                Entry entry = Rows.checked(rows);
                byte[] name = AuditEntry.Copies.of(entry).caseName();
                if (name != null) {
                    waiting.put(new Pseudonym(name), entry.kind().equals(Act.GRANT_REVOKED.code()));
                }
            }
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
        return waiting.values().stream().filter(wait -> wait).count();
    }
}
