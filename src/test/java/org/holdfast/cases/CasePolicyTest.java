// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import org.holdfast.access.Role;
import org.holdfast.cases.CasePolicy.Act;
import org.junit.jupiter.api.Test;

class CasePolicyTest {

    private static final Map<Act, Set<Role>> TABLE = Map.of(
            Act.READ, Set.of(Role.CASEWORKER, Role.SUPERVISOR),
            Act.CREATE, Set.of(Role.CASEWORKER),
            Act.WRITE, Set.of(Role.CASEWORKER),
            Act.OPEN_IDENTITY, Set.of(Role.CASEWORKER, Role.SUPERVISOR),
            Act.ASK, Set.of(Role.CASEWORKER, Role.SUPERVISOR),
            Act.ASSIGN, Set.of(Role.CASEWORKER, Role.SUPERVISOR));

    @Test
    void every_act_is_for_the_roles_of_the_table_and_for_nobody_else() {
        for (Act act : Act.values()) {
            assertEquals(TABLE.get(act), CasePolicy.roles(act), act.name());
        }
    }

    @Test
    void an_auditor_and_an_administrator_are_given_no_case() {
        assertEquals(false, CasePolicy.mayReceive(Set.of(Role.AUDITOR, Role.ADMINISTRATOR)));
        assertEquals(true, CasePolicy.mayReceive(Set.of(Role.ADMINISTRATOR, Role.CASEWORKER)));
        assertEquals(true, CasePolicy.mayReceive(Set.of(Role.SUPERVISOR)));
    }
}
