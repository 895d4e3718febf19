// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A download that is sent while it is made. */
public final class Streamed {
    /** For what was sent before and a slow reader still has to take. */
    private static final int SECONDS_TO_CLOSE = 60;

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
                    close(request.connection());
                }
            }
        };
    }

    /**
     * Returns when it is closed. The framework ends the answer of a work that failed, and its last chunk would overtake a close that still
     * waits for what was sent before.
     */
    private static void close(HttpConnection connection) {
        try {
            connection.close().toCompletionStage().toCompletableFuture().get(SECONDS_TO_CLOSE, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Closed from the other side, or nobody reads any more: then nobody takes a part for the whole either.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
