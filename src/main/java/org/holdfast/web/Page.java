// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTML answer: rendered in the frame's language and, at the report door, filled up to one of the usual sizes. The headers of the
 * door are put on by {@link Headers} and are no business of a page.
 *
 * <p>Not thread-safe; made, given to JAX-RS and forgotten.
 */
public final class Page {
    static final String HTML = "text/html; charset=utf-8";

    private final byte[] body;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private int status = 200;

    private Page(byte[] body) {
        this.body = body;
    }

    /** Renders the template at once, so that an error in it is an error page and not half a page. */
    public static Page html(TemplateInstance template, Frame frame) {
        byte[] text = template.setLocale(frame.language().locale()).render().getBytes(StandardCharsets.UTF_8);
        return new Page(frame.door() == Door.REPORT ? Padding.pad(text) : text);
    }

    /** 200 unless said otherwise. */
    public Page status(int code) {
        status = code;
        return this;
    }

    /** Tells the browser to forget what it keeps about this host name. */
    public Page forgetting() {
        headers.put("Clear-Site-Data", Headers.FORGET);
        return this;
    }

    /** Leads on by itself after that many seconds, without a redirect, which form policies of browsers block after a post. */
    public Page leadingTo(String address, int seconds) {
        headers.put("Refresh", seconds + ";url=" + address);
        return this;
    }

    /** The bytes as they go out, for answers that are given outside JAX-RS. */
    byte[] bytes() {
        return body;
    }

    /** The finished answer. */
    public Response answer() {
        Response.ResponseBuilder builder = Response.status(status).entity(body).header("Content-Type", HTML);
        headers.forEach(builder::header);
        return builder.build();
    }
}
