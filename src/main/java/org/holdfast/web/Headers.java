// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One table of headers per door, on every answer of every status. They are put on the response before anything else runs, and checked
 * again when the head is written, so that neither an error handler nor a library takes one away. Thread-safe.
 */
@ApplicationScoped
public class Headers {
    /** What a browser is told to forget after a report, after a visit to the replies and on leaving. */
    public static final String FORGET = "\"cache\", \"cookies\", \"storage\"";

    /** Headers that tell about the server or that are a trace in the browser's store; the report door never sends one. */
    private static final List<String> NEVER_ON_REPORT =
            List.of("Set-Cookie", "ETag", "Last-Modified", "Server", "X-Powered-By", "Accept-Ranges");

    /** Every feature that a browser can grant and that this house does not use. */
    private static final List<String> FEATURES = List.of(
            "accelerometer",
            "ambient-light-sensor",
            "attribution-reporting",
            "autoplay",
            "bluetooth",
            "browsing-topics",
            "camera",
            "compute-pressure",
            "cross-origin-isolated",
            "display-capture",
            "encrypted-media",
            "fullscreen",
            "gamepad",
            "geolocation",
            "gyroscope",
            "hid",
            "identity-credentials-get",
            "idle-detection",
            "interest-cohort",
            "keyboard-map",
            "local-fonts",
            "magnetometer",
            "microphone",
            "midi",
            "otp-credentials",
            "payment",
            "picture-in-picture",
            "publickey-credentials-create",
            "publickey-credentials-get",
            "screen-wake-lock",
            "serial",
            "storage-access",
            "sync-xhr",
            "usb",
            "web-share",
            "window-management",
            "xr-spatial-tracking");

    private final Map<String, String> report;
    private final Map<String, String> desk;
    private final @Nullable String onion;

    Headers(WebConfig config, Styles styles) {
        Map<String, String> common = new LinkedHashMap<>();
        common.put("Referrer-Policy", "same-origin");
        common.put("X-Content-Type-Options", "nosniff");
        common.put("X-Frame-Options", "DENY");
        common.put("Cross-Origin-Opener-Policy", "same-origin");
        common.put("Cross-Origin-Embedder-Policy", "require-corp");
        common.put("Cross-Origin-Resource-Policy", "same-origin");
        common.put("Permissions-Policy", String.join("=(), ", FEATURES) + "=()");
        common.put("Cache-Control", "no-store");
        common.put("X-Robots-Tag", "noindex, noarchive");
        common.put("X-DNS-Prefetch-Control", "off");
        if (config.behindTls()) {
            common.put("Strict-Transport-Security", "max-age=63072000; includeSubDomains; preload");
        }
        report = new LinkedHashMap<>(common);
        report.put("Content-Security-Policy", policy(styles.reportHashes(), "; sandbox allow-forms allow-same-origin"));
        desk = new LinkedHashMap<>(common);
        // No sandbox here: it would forbid downloads, and the desk hands out bundles.
        desk.put("Content-Security-Policy", policy("'self'", ""));
        onion = config.onionLocation().orElse(null);
    }

    private static String policy(String style, String sandbox) {
        return "default-src 'none'; style-src " + style
                + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
                + "script-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'" + sandbox;
    }

    void put(Door door, RoutingContext context) {
        HttpServerResponse response = context.response();
        Map<String, String> table = door == Door.REPORT ? report : desk;
        String path = String.valueOf(context.request().path());
        set(table, response, door, path);
        context.addHeadersEndHandler(end -> {
            set(table, response, door, path);
            if (door == Door.REPORT) {
                NEVER_ON_REPORT.forEach(response.headers()::remove);
            }
        });
    }

    private void set(Map<String, String> table, HttpServerResponse response, Door door, String path) {
        MultiMap headers = response.headers();
        table.forEach(headers::set);
        if (door == Door.REPORT && path.equals("/") && response.getStatusCode() < 400) {
            // The first page may be found, so that people find the door; nothing behind it may.
            headers.set("X-Robots-Tag", "noarchive");
            if (onion != null) {
                headers.set("Onion-Location", onion + "/");
            }
        }
        if (door == Door.DESK && path.startsWith("/style/") && response.getStatusCode() < 400) {
            headers.set("Cache-Control", "max-age=31536000, immutable");
        }
    }
}
