// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.app;

import java.util.List;
import java.util.Locale;

/** Knows a secret that nobody replaced. */
final class Placeholders {

    private static final int SHORTEST = 32;
    private static final List<String> KNOWN =
            List.of("change", "replace", "secret", "password", "example", "holdfast", "${");

    private Placeholders() {}

    /** The reasons against this client secret, none if it will do. */
    static List<String> inClientSecret(String secret) {
        String plain = secret.toLowerCase(Locale.ROOT);
        boolean known = KNOWN.stream().anyMatch(plain::contains);
        boolean uniform = secret.chars().distinct().count() < 8;
        return secret.length() < SHORTEST || known || uniform
                ? List.of(
                        "The client secret for the login is a placeholder or too short: replace it by at least 32 random characters, "
                                + "here and in the realm.")
                : List.of();
    }
}
