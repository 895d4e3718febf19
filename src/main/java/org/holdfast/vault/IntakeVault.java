// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Seals what strangers report, to the current intake epoch. Nobody needs to be unlocked for that, and after the response no
 * key on this server opens it. All methods run outside a transaction.
 */
@ApplicationScoped
public class IntakeVault {

    /**
     * Seals a report in two parts under two random secrets; stores its shred secret first.
     *
     * @param identity a record
     * @param content a record
     * @throws org.holdfast.access.Problem.NotStarted if there is no intake key yet
     */
    public SealedReport seal(UUID reportId, Object identity, Object content) {
        throw new IllegalStateException("not built yet");
    }

    /**
     * Seals a report's card, always to the same length.
     *
     * @param revision of the card's row, 1 for the one stored with the report
     */
    public byte[] sealCard(UUID reportId, long revision, Card card) {
        throw new IllegalStateException("not built yet");
    }

    /**
     * Opens a report's secrets.
     *
     * @param epochGrant the asking person's grant of the intake epoch the report is sealed to
     * @param wrap {@link SealedReport#wrap()}
     * @throws org.holdfast.access.Problem.Tampering if they are not this report's
     */
    public OpenReport open(Grant epochGrant, UUID reportId, byte[] wrap) {
        throw new IllegalStateException("not built yet");
    }
}
