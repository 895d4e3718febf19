// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.Set;
import org.holdfast.access.Role;

/**
 * Which roles may do what with cases at all. What may be done with a certain case is decided by the grants that the person
 * holds, and by nothing else; auditors and administrators appear nowhere here.
 */
final class CasePolicy {

    /** What can be done with cases. */
    enum Act {
        /** See the list and the page of a case, as far as the grants go. */
        READ,
        /** Make a case. */
        CREATE,
        /** Change a case, record reports and persons, answer the reporter. */
        WRITE,
        /** Open who a case is about. */
        OPEN_IDENTITY,
        /** Ask for a case of which one holds the summary. */
        ASK,
        /** Give a case to a colleague or take it from her; answer somebody who asks for it. */
        ASSIGN
    }

    private CasePolicy() {}

    static Set<Role> roles(Act act) {
        return switch (act) {
            case CREATE, WRITE -> Set.of(Role.CASEWORKER);
            case READ, OPEN_IDENTITY, ASK, ASSIGN -> Set.of(Role.CASEWORKER, Role.SUPERVISOR);
        };
    }

    /** May a case be given to somebody with these roles? */
    static boolean mayReceive(Set<Role> roles) {
        return roles.contains(Role.CASEWORKER) || roles.contains(Role.SUPERVISOR);
    }
}
