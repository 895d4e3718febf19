// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

/** The two secrets of a report, open. Closing forgets them. */
public final class OpenReport implements AutoCloseable {

    /** Opens {@code intake_report.identity}. */
    public <T> T openIdentity(byte[] sealed, Class<T> type) {
        throw new IllegalStateException("not built yet");
    }

    /** Opens {@code intake_report.content}. */
    public <T> T openContent(byte[] sealed, Class<T> type) {
        throw new IllegalStateException("not built yet");
    }

    /** The very bytes that were sealed as identity: what a case keeps as the original. */
    public byte[] identityBytes(byte[] sealed) {
        throw new IllegalStateException("not built yet");
    }

    /** The very bytes that were sealed as content. */
    public byte[] contentBytes(byte[] sealed) {
        throw new IllegalStateException("not built yet");
    }

    /**
     * Opens the report's card. The caller compares the hash of its proof with the one inside the content.
     *
     * @param revision of the card's row
     */
    public Card openCard(long revision, byte[] sealed) {
        throw new IllegalStateException("not built yet");
    }

    @Override
    public void close() {}
}
