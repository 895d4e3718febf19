// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;

/** The tokens of current logins as they are stored; each statement commits by itself. */
@ApplicationScoped
class LoginStore {

    /** The database did not do what it was asked to. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(SQLException cause) {
            super("the database refused a statement", cause);
        }
    }

    private final DataSource database;

    LoginStore(DataSource database) {
        this.database = database;
    }

    void insert(byte[] id, String sid, byte[] sealed, Instant endsAt) {
        update(
                "insert into oidc_session (id, sid, sealed, ends_at) values (?, ?, ?, ?)",
                id,
                sid,
                sealed,
                endsAt.atOffset(ZoneOffset.UTC));
    }

    Optional<byte[]> find(byte[] id, Instant now) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select sealed from oidc_session where id = ? and ends_at > ?")) {
            statement.setBytes(1, id);
            statement.setObject(2, now.atOffset(ZoneOffset.UTC));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new Failed(e);
        }
    }

    void delete(byte[] id) {
        update("delete from oidc_session where id = ?", id);
    }

    void deleteBySid(String sid) {
        update("delete from oidc_session where sid = ?", sid);
    }

    void deleteOver(Instant now) {
        update("delete from oidc_session where ends_at <= ?", now.atOffset(ZoneOffset.UTC));
    }

    private void update(String sql, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                if (values[i] instanceof byte[] bytes) {
                    statement.setBytes(i + 1, bytes);
                } else {
                    statement.setObject(i + 1, values[i]);
                }
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new Failed(e);
        }
    }
}
