// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.access;

import jakarta.enterprise.context.RequestScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The form of the desk that this request sent. What makes something new uses it up in the same transaction, so that a second click, a
 * reload or a lost answer makes nothing twice (ADR 0007). Used forms of both doors stand in one table; the id of a form is random, and its
 * row is forgotten when the form is too old to be sent.
 */
@RequestScoped
public class SentForm {
    private final DataSource database;
    private final Clock clock;
    private byte @Nullable [] ticket;

    SentForm(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Its ticket was found to be ours and in time.
     *
     * @param id of the ticket, 16 bytes
     */
    public void arrived(byte[] id) {
        ticket = id.clone();
    }

    /**
     * Inside a transaction, where nothing but success follows: what it makes is made by this form only. Waits for another transaction that
     * is just using it up.
     *
     * @throws Problem.AlreadyStored if this form made something before
     */
    public void useUp() {
        Bracket.assertInside();
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into intake_used_ticket (ticket, day) values (?, ?) on conflict (ticket) do nothing")) {
            insert.setBytes(1, id());
            insert.setObject(2, today);
            if (insert.executeUpdate() == 0) {
                throw Problem.alreadyStored();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a form could not be used up", e);
        }
    }

    /**
     * Inside a transaction, for a form whose success takes away what it was about: without this a second click would find nothing there.
     *
     * @throws Problem.AlreadyStored if this form made something before
     */
    public void refuseIfUsed() {
        Bracket.assertInside();
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select 1 from intake_used_ticket where ticket = ?")) {
            query.setBytes(1, id());
            try (ResultSet row = query.executeQuery()) {
                if (row.next()) {
                    throw Problem.alreadyStored();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("used forms could not be read", e);
        }
    }

    private byte[] id() {
        byte[] id = ticket;
        if (id == null) {
            throw new IllegalStateException("no form was sent");
        }
        return id;
    }
}
