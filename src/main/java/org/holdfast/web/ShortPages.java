// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Pages for what never reaches a page class: a foreign host, an unknown address, a cross-site post, a body that is too large. They hold
 * nothing of the request but its language, so each is rendered once. Thread-safe, does not block.
 */
@ApplicationScoped
class ShortPages {
    private final Frames frames;
    private final Map<Key, Buffer> pages = new ConcurrentHashMap<>();

    ShortPages(Frames frames) {
        this.frames = frames;
    }

    private record Key(Door door, Trouble trouble, String lang) {}

    void answer(RoutingContext context, int status) {
        Door door = Doors.of(context);
        Trouble trouble = Trouble.ofStatus(status);
        String lang = door == Door.DESK
                ? "en"
                : frames.language(context.request().getParam("lang")).tag();
        Buffer page = pages.computeIfAbsent(new Key(door, trouble, lang), this::render);
        HttpServerResponse response = context.response();
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, Page.HTML)
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(page.length()));
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(page);
        }
    }

    private Buffer render(Key key) {
        Page page;
        if (key.door() == Door.REPORT) {
            Frame frame = frames.report(key.lang(), "/");
            page = Page.html(new ErrorPages.report(frame, key.trouble(), List.of()), frame);
        } else {
            Frame frame = frames.bareDesk(key.trouble().heading(), "");
            page = Page.html(new ErrorPages.desk(frame, key.trouble(), "/desk", List.of(), false, false), frame);
        }
        return Buffer.buffer(page.bytes());
    }
}
