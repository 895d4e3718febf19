// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.session;

import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;

/** The cookie that holds the secret of an unlocked session: for this host only, over TLS only, out of reach of scripts. */
final class KeyCookie {

    static final String NAME = "__Host-hfk";

    private KeyCookie() {}

    static Response set(Response response, String value) {
        return with(response, cookie(value).build());
    }

    static Response clear(Response response) {
        return with(response, cleared());
    }

    static NewCookie cleared() {
        return cookie("").maxAge(0).build();
    }

    private static Response with(Response response, NewCookie cookie) {
        return Response.fromResponse(response).cookie(cookie).build();
    }

    private static NewCookie.Builder cookie(String value) {
        return new NewCookie.Builder(NAME)
                .value(value)
                .path("/")
                .secure(true)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT);
    }
}
