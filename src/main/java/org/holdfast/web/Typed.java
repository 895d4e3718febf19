// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.core.multipart.FormData;
import org.jboss.resteasy.reactive.server.multipart.FormValue;

/**
 * One value of a form as it was sent, to be shown back when it could not be saved.
 *
 * @param name the field
 * @param text the value
 * @param shown whether a person typed it: tickets, revisions and steps go back too, but need no eye
 */
public record Typed(String name, String text, boolean shown) {
    /** Never sent back: a secret does not belong into a page. */
    private static final Set<String> SECRET = Set.of("passphrase");

    private static final Set<String> MACHINE =
            Set.of("ticket", "revision", "step", "lang", "proof", "report", "draft", "instead", "remove");

    @Override
    public String toString() {
        return "Typed[" + name + "]";
    }

    static List<Typed> withTicket(List<Typed> form, String ticket) {
        List<Typed> fresh = new ArrayList<>(form);
        fresh.removeIf(value -> value.name().equals("ticket"));
        fresh.add(new Typed("ticket", ticket, false));
        return fresh;
    }

    /** The form of the current request: as it was parsed, or read now if nobody has read it yet. */
    static Uni<List<Typed>> of(RoutingContext context) {
        ResteasyReactiveRequestContext current = CurrentRequestManager.get();
        FormData data = current == null ? null : current.getFormData();
        if (data != null) {
            return Uni.createFrom().item(of(data));
        }
        HttpServerRequest request = context.request();
        String type = request.getHeader("Content-Type");
        if (type == null || !type.startsWith("application/x-www-form-urlencoded") || request.isEnded()) {
            return Uni.createFrom().item(List.of());
        }
        return Uni.createFrom().emitter(emitter -> {
            Buffer body = Buffer.buffer();
            request.handler(part -> {
                if (body.length() + part.length() <= Doors.BODY_LIMIT) {
                    body.appendBuffer(part);
                }
            });
            request.exceptionHandler(gone -> emitter.complete(List.of()));
            request.endHandler(end -> emitter.complete(of(body.toString(StandardCharsets.US_ASCII))));
            request.resume();
        });
    }

    private static List<Typed> of(FormData data) {
        List<Typed> form = new ArrayList<>();
        for (String name : data) {
            for (FormValue value : data.get(name)) {
                add(form, name, value.getValue());
            }
        }
        return form;
    }

    static List<Typed> of(String body) {
        List<Typed> form = new ArrayList<>();
        for (String pair : body.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                try {
                    add(
                            form,
                            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException e) {
                    // A broken escape: this value cannot be shown back.
                }
            }
        }
        return form;
    }

    private static void add(List<Typed> form, String name, String value) {
        if (!SECRET.contains(name)) {
            form.add(new Typed(name, value, !MACHINE.contains(name) && !value.isBlank()));
        }
    }
}
