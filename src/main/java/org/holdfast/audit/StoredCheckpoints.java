// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.holdfast.tlog.Checkpoint;
import org.holdfast.tlog.Malformed;
import org.holdfast.tlog.Policy;
import org.holdfast.tlog.SignedNote;

/**
 * The checkpoints that the database holds. Only one that the log has signed is taken for one: a size that anybody wrote there
 * would keep a reader busy for ever. The others are named by {@link DatabaseChecks}.
 */
final class StoredCheckpoints {
    /** Each costs two signatures; nobody but a writer to the database leaves one that is not signed. */
    private static final int LOOKED_AT = 100;

    private static final String NEWEST =
            "select size, note from audit_checkpoint order by size desc limit " + LOOKED_AT;

    private StoredCheckpoints() {}

    /**
     * The newest that the log has signed; empty if there is none at all yet.
     *
     * @throws AlteredLog if there are some and none is signed by the log: to begin anew beside them would be a second log
     */
    static Optional<SignedNote> newest(Connection connection, Policy policy) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEWEST);
                ResultSet rows = statement.executeQuery()) {
            boolean any = false;
            while (rows.next()) {
                Optional<SignedNote> note = signed(policy, rows.getLong(1), rows.getBytes(2));
                if (note.isPresent()) {
                    return note;
                }
                any = true;
            }
            if (any) {
                throw new AlteredLog("no checkpoint is signed by this log");
            }
            return Optional.empty();
        }
    }

    private static Optional<SignedNote> signed(Policy policy, long size, byte[] bytes) {
        try {
            SignedNote note = SignedNote.parse(bytes);
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            return checkpoint.size() == size
                            && checkpoint.origin().equals(policy.origin())
                            && policy.objection(note, checkpoint).isEmpty()
                    ? Optional.of(note)
                    : Optional.empty();
        } catch (Malformed e) {
            return Optional.empty();
        }
    }
}
