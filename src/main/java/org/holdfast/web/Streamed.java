// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.StreamingOutput;

/** A download that is sent while it is made. */
public final class Streamed {
    private Streamed() {}

    /**
     * Whole or visibly broken: when the work fails in the middle the connection is closed before the last chunk, so that a browser calls the
     * download failed and keeps no part of it as the whole.
     */
    public static StreamingOutput wholeOrBroken(StreamingOutput work, HttpServerRequest request) {
        return out -> {
            boolean whole = false;
            try {
                work.write(out);
                whole = true;
            } finally {
                if (!whole) {
                    request.connection().close();
                }
            }
        };
    }
}
