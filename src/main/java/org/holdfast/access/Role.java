// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.access;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What somebody may be at the desk. The code is the role's name in the token and in the signed directory. */
public enum Role {
    /** Records and works on cases. */
    CASEWORKER,
    /** Assigns, approves people, reads the log. */
    SUPERVISOR,
    /** Reads and verifies the log; never content. */
    AUDITOR,
    /** Runs the machines; sees nothing but the home page. */
    ADMINISTRATOR;

    /** The role's name in a token and in a statement: lower case. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The names of several, in one order, as pages show them. */
    public static String words(Set<Role> roles) {
        return roles.stream().sorted().map(Role::code).collect(Collectors.joining(", "));
    }

    /** The role of this name, if there is one. */
    public static Optional<Role> of(String code) {
        for (Role role : values()) {
            if (role.code().equals(code)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
