// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.holdfast.access.ForeignForms;
import org.jspecify.annotations.Nullable;

/**
 * The first thing any request meets, in front of authentication and of the reading of bodies: which door is it, does that door answer
 * this address, did another site start this post, is the body too large. What does not pass gets a short page of the usual size, and
 * nothing behind has seen it but the login, where a foreign form at the desk carries one. Thread-safe; runs on the event loop and never blocks.
 */
@ApplicationScoped
public class Doors {
    /** Bytes of a request body that are read; one more is a 413. */
    static final long BODY_LIMIT = 2 * 1024 * 1024;

    /** A body over the limit is read and thrown away up to here, so that the browser shows our answer and not a broken line. */
    private static final long DRAIN_LIMIT = 8 * BODY_LIMIT;

    private static final String DOOR = "holdfast.door";

    /** Every address of a door: an exact one, or everything below one that ends in a stroke. Nothing else is answered. */
    private static final List<String> REPORT_ADDRESSES = List.of("/", "/form/", "/reply", "/leave", "/w");

    private static final List<String> DESK_ADDRESSES =
            List.of("/desk", "/desk/", "/oversight", "/oversight/", "/style/");

    /**
     * The exceptions to the cross-site rule, all of them: posts that a server sends and no browser, told from forged ones by what they
     * carry (here a logout token signed by the identity provider).
     */
    static final Set<String> FROM_SERVERS = Set.of("/desk/back-channel-logout");

    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST);

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    /** Where the desk's bare host name leads. */
    private static final String HOME = "/desk";

    private final WebConfig config;
    private final Headers headers;
    private final ShortPages pages;
    private final ForeignForms foreign;

    Doors(WebConfig config, Headers headers, ShortPages pages, ForeignForms foreign) {
        this.config = config;
        this.headers = headers;
        this.pages = pages;
        this.foreign = foreign;
    }

    void stand(@Observes Router router) {
        router.route()
                .order(Integer.MIN_VALUE)
                .handler(this::meet)
                .failureHandler(context -> failed(context, context.statusCode()));
        for (int status : List.of(400, 404, 405, 406, 413, 415, 500, 503)) {
            router.errorHandler(status, context -> failed(context, status));
        }
    }

    /** The door by which this request came in. */
    static Door of(RoutingContext context) {
        Door door = context.get(DOOR);
        return door == null ? Door.REPORT : door;
    }

    /** Whether this post is sent by a server and carries its own proof instead of a ticket. */
    static boolean comesFromAServer(String path) {
        return FROM_SERVERS.contains(path);
    }

    private void meet(RoutingContext context) {
        HttpServerRequest request = context.request();
        Door door = greet(context);
        if (door == Door.DESK && isBare(request)) {
            leadIn(context);
        } else if (door == null || !answers(door, request.path(), context.normalizedPath())) {
            pages.answer(context, 404);
        } else if (!METHODS.contains(request.method())) {
            pages.answer(context, 405);
        } else if (request.method().equals(HttpMethod.POST)) {
            meetPost(context, door);
        } else {
            context.next();
        }
    }

    /** The desk's host name without an address, as people type it. */
    private static boolean isBare(HttpServerRequest request) {
        return READING.contains(request.method()) && "/".equals(request.path());
    }

    private static void leadIn(RoutingContext context) {
        context.response()
                .setStatusCode(303)
                .putHeader(HttpHeaders.LOCATION, HOME)
                .putHeader(HttpHeaders.CONTENT_LENGTH, "0")
                .end();
    }

    /** Finds the door and puts its headers on; a foreign host name gets those of the report door. */
    private @Nullable Door greet(RoutingContext context) {
        Door door = doorOf(context.request());
        context.put(DOOR, door == null ? Door.REPORT : door);
        headers.put(of(context), context);
        return door;
    }

    private void meetPost(RoutingContext context, Door door) {
        String path = context.normalizedPath();
        boolean server = door == Door.DESK && comesFromAServer(path);
        if (!server && isCrossSite(context.request(), hostOf(door))) {
            if (door == Door.DESK) {
                foreign.refuse(context, () -> pages.answer(context, 403));
            } else {
                pages.answer(context, 403);
            }
        } else if (!isForm(context.request())) {
            pages.answer(context, 415);
        } else if (isTooLarge(context.request())) {
            drain(context);
        } else {
            context.next();
        }
    }

    /** Two host names, or another one in the first line than in the header, name no door: a proxy may have gone by the other one. */
    private @Nullable Door doorOf(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        if (authority == null || request.headers().getAll(HttpHeaders.HOST).size() > 1) {
            return null;
        }
        String host = authority.toString().toLowerCase(Locale.ROOT);
        if (!request.uri().startsWith("/") && !hostIn(request.uri()).equalsIgnoreCase(host)) {
            return null;
        }
        if (host.equals(hostOf(Door.REPORT))) {
            return Door.REPORT;
        }
        return host.equals(hostOf(Door.DESK)) ? Door.DESK : null;
    }

    private String hostOf(Door door) {
        return (door == Door.REPORT ? config.reportHost() : config.deskHost()).toLowerCase(Locale.ROOT);
    }

    /** The host name of an address that is written out in full, with its port; otherwise an empty text. */
    private static String hostIn(String address) {
        int start = address.indexOf("://");
        return start < 0 ? "" : address.substring(start + 3).split("[/?#]", 2)[0];
    }

    /** An address that is not written in its plain form (dots, escapes, a doubled stroke or one at the end) is no address of ours. */
    private static boolean answers(Door door, @Nullable String written, String path) {
        if (!path.equals(written) || path.indexOf(';') >= 0 || path.indexOf('%') >= 0) {
            return false;
        }
        if (path.length() > 1 && path.endsWith("/")) {
            return false;
        }
        for (String address : door == Door.REPORT ? REPORT_ADDRESSES : DESK_ADDRESSES) {
            boolean below = address.length() > 1 && address.endsWith("/");
            if (below ? path.startsWith(address) : path.equals(address)) {
                return true;
            }
        }
        return false;
    }

    /** Browsers of today say where a post started; older ones say the origin at least. Both silent: the ticket alone decides. */
    private static boolean isCrossSite(HttpServerRequest request, String own) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            return false;
        }
        int scheme = origin.indexOf("://");
        return scheme < 0 || !origin.substring(scheme + 3).equalsIgnoreCase(own);
    }

    /**
     * Forms in UTF-8 and nothing else. What reads forms would write each file of a multipart one to the disk, in clear, before any page
     * is asked, and would fail over an encoding that it does not know.
     */
    private static boolean isForm(HttpServerRequest request) {
        List<String> types = request.headers().getAll(HttpHeaders.CONTENT_TYPE);
        if (types.isEmpty()) {
            return true;
        }
        String[] parts = types.get(0).toLowerCase(Locale.ROOT).replace("\"", "").split(";");
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip();
            if (part.startsWith("charset") && !part.matches("charset\\s*=\\s*utf-?8")) {
                return false;
            }
        }
        return types.size() == 1 && parts[0].strip().equals("application/x-www-form-urlencoded");
    }

    private static boolean isTooLarge(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            return false;
        }
        try {
            return Long.parseLong(length) > BODY_LIMIT;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private void drain(RoutingContext context) {
        HttpServerRequest request = context.request();
        context.response().putHeader(HttpHeaders.CONNECTION, "close");
        long[] seen = {0};
        request.handler(buffer -> {
            seen[0] += buffer.length();
            if (seen[0] > DRAIN_LIMIT && !context.response().ended()) {
                pages.answer(context, 413);
            }
        });
        request.endHandler(end -> {
            if (!context.response().ended()) {
                pages.answer(context, 413);
            }
        });
        request.resume();
    }

    private void failed(RoutingContext context, int found) {
        if (context.response().ended() || context.response().headWritten()) {
            return;
        }
        if (context.get(DOOR) == null) {
            // The router itself gave up, before any handler: a request line that is no address.
            greet(context);
        }
        pages.answer(context, found < 400 ? 500 : found);
    }
}
