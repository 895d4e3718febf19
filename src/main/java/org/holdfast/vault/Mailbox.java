// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.util.UUID;

/** What a return number gives. Closing forgets it. */
public final class Mailbox implements AutoCloseable {

    /** 32 bytes, under which a reply waits. */
    public byte[] lookup() {
        throw new IllegalStateException("not built yet");
    }

    /** A card for the report that the number was asked for. */
    public Card card(byte[] proof) {
        throw new IllegalStateException("not built yet");
    }

    /**
     * Opens a reply that waits here.
     *
     * @throws org.holdfast.access.Problem.Tampering if it was not sealed to this mailbox as this reply
     */
    public <T> T openReply(UUID replyId, byte[] sealed, Class<T> type) {
        throw new IllegalStateException("not built yet");
    }

    @Override
    public void close() {}
}
