// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.OutputStream;
import org.holdfast.tlog.BundleWriter;

/**
 * The whole log to take away, with the hashes of all rows: what the stand-alone verifier reads.
 *
 * <p>A zip in the layout of C2SP tlog-tiles, written as it is read, in constant memory and from one moment of the
 * database. It holds no content, no sealed detail and no key but the public ones. Safe between threads.
 */
@ApplicationScoped
public class AuditBundle {
    private final Snapshot snapshot;

    AuditBundle(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /**
     * Writes the bundle and closes the stream.
     *
     * @return false before the first start is done, when there is no log and nothing was written
     * @throws AlteredLog if what is stored is not even in its form, or the stream breaks
     */
    public boolean write(OutputStream out) {
        return snapshot.read(finding -> {}, (connection, source, policy) -> {
                    BundleWriter.copy(source, policy, out);
                    return true;
                })
                .orElse(false);
    }
}
