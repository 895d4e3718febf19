// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A login of the demonstration organisation. The passwords are written at the terminal for everybody to read; they exist only in a
 * local stack.
 *
 * @param role the realm role, or none
 */
public record DemonstrationLogin(String name, @Nullable String role) {
    /** The organisation: one supervisor, three caseworkers, an auditor and an administrator. */
    public static final List<DemonstrationLogin> ORGANISATION = List.of(
            new DemonstrationLogin("sara", "supervisor"),
            new DemonstrationLogin("amina", "caseworker"),
            new DemonstrationLogin("tenzin", "caseworker"),
            new DemonstrationLogin("noor", "caseworker"),
            new DemonstrationLogin("audrey", "auditor"),
            new DemonstrationLogin("adrian", "administrator"));

    /** A stranger with a login and no role, whom only the tests know. */
    public static final DemonstrationLogin OUTSIDER = new DemonstrationLogin("outsider", null);

    /** People whom only the tests know, and whom nobody has let in yet. */
    public static final List<DemonstrationLogin> NEWCOMERS = List.of(
            new DemonstrationLogin("newcomer", "caseworker"),
            new DemonstrationLogin("leaver", "caseworker"),
            new DemonstrationLogin("latecomer", "caseworker"),
            new DemonstrationLogin("asker", "caseworker"),
            new DemonstrationLogin("watcher", "auditor"),
            new DemonstrationLogin("deputy", "supervisor"));

    /** The password at Keycloak. */
    public String password() {
        return name + "-demo-passphrase";
    }
}
