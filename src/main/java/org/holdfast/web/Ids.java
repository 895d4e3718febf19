// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import java.util.Optional;
import java.util.UUID;
import org.holdfast.access.Problem;
import org.jspecify.annotations.Nullable;

/** Ids as they stand in addresses and forms. What is not one is answered like one that does not exist. */
public final class Ids {

    private Ids() {}

    /** The page on which a form of the desk that posts to this address shows what it saved: a case, the cases, the people, or the desk. */
    static String placeOf(String path) {
        String[] parts = path.split("/");
        if (path.startsWith("/oversight/people")) {
            return "/oversight/people";
        } else if (path.startsWith("/desk/cases/") && read(parts[3]).isPresent()) {
            return "/desk/cases/" + parts[3];
        }
        return path.startsWith("/desk/cases") || path.startsWith("/desk/intake/") ? "/desk/cases" : "/desk";
    }

    /** @throws Problem.NotHere unless it is a UUID in its usual form */
    public static UUID of(String text) {
        return read(text).orElseThrow(Problem::notHere);
    }

    /** The id that this is; empty unless it is a UUID in its usual form: nothing here has two addresses. */
    public static Optional<UUID> read(@Nullable String text) {
        try {
            return Optional.ofNullable(text)
                    .map(UUID::fromString)
                    .filter(id -> id.toString().equals(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
