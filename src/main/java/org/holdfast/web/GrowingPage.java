// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A page of the desk for long work: what stands before {@value #WORK} in its template goes out at once, then each part as the work
 * gives it, then the rest. Without scripts; headers and frame as everywhere. The status is 200 whatever comes of the work.
 *
 * <p>Made, given to JAX-RS and forgotten; the work runs on the thread of the request.
 */
public final class GrowingPage {
    static final String WORK = "<!-- work -->";

    private final OutputStream out;

    private GrowingPage(OutputStream out) {
        this.out = out;
    }

    /** The work; it catches its own failures, because a page that is half sent cannot become another one. */
    @FunctionalInterface
    public interface Work {
        /** Does it, adding parts to the page. */
        void run(GrowingPage page);
    }

    /**
     * The answer.
     *
     * @param whole a template that contains the mark once
     */
    public static Response answer(TemplateInstance whole, Frame frame, Work work) {
        String text = whole.setLocale(frame.language().locale()).render();
        int mark = text.indexOf(WORK);
        if (mark < 0) {
            throw new IllegalArgumentException("a page without a place for its work");
        }
        StreamingOutput stream = out -> {
            GrowingPage page = new GrowingPage(out);
            try {
                page.send(text.substring(0, mark));
                work.run(page);
                page.send(text.substring(mark + WORK.length()));
            } catch (UncheckedIOException readerLeft) {
                // The work has ended with it, and there is nobody to tell.
                return;
            }
        };
        return Response.ok(stream).header("Content-Type", Page.HTML).build();
    }

    /**
     * Adds a part; it is on its way when this returns.
     *
     * @throws UncheckedIOException if nobody reads any more
     */
    public void add(TemplateInstance part) {
        send(part.render());
    }

    private void send(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
