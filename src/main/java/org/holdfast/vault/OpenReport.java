// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.util.UUID;
import org.holdfast.crypto.XWingKeyPair;

/** The secrets of a report, open. Closing forgets them. All methods run outside a transaction. */
public final class OpenReport implements AutoCloseable {

    private final IntakeVault vault;
    private final Chain chain;
    private final XWingKeyPair epoch;
    private final UUID reportId;
    private final ReportKeys keys;

    OpenReport(IntakeVault vault, Chain chain, XWingKeyPair epoch, UUID reportId, ReportKeys keys) {
        this.vault = vault;
        this.chain = chain;
        this.epoch = epoch;
        this.reportId = reportId;
        this.keys = keys;
    }

    /** Opens {@code intake_report.identity}. */
    public <T> T openIdentity(byte[] sealed, Class<T> type) {
        return keys.identity().open(ReportKeys.place("identity", reportId), sealed, type);
    }

    /** Opens {@code intake_report.content}. */
    public <T> T openContent(byte[] sealed, Class<T> type) {
        return keys.content().open(ReportKeys.place("content", reportId), sealed, type);
    }

    /** The very bytes that were sealed as identity: what a case keeps as the original. */
    public byte[] identityBytes(byte[] sealed) {
        return keys.identity().openBytes(ReportKeys.place("identity", reportId), sealed);
    }

    /** The very bytes that were sealed as content. */
    public byte[] contentBytes(byte[] sealed) {
        return keys.content().openBytes(ReportKeys.place("content", reportId), sealed);
    }

    /**
     * Opens the report's card. The caller compares the hash of its proof with the one inside the content.
     *
     * @param revision of the card's row
     */
    public Card openCard(long revision, byte[] sealed) {
        return vault.openCard(chain, epoch, reportId, revision, sealed);
    }

    @Override
    public void close() {
        keys.close();
        epoch.close();
    }
}
