// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import java.util.Map;
import org.holdfast.local.DemonstrationLogin;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;

/** Lets somebody new in, through the pages. */
final class Newcomers {
    private Newcomers() {}

    /** @return the new person, unlocked */
    static Visitor enrol(Organisation organisation, DemonstrationLogin login, Visitor supervisor, String name)
            throws Exception {
        Visitor visitor = Visitor.at(TestStack.desk());
        visitor.signIn(login);
        visitor.get("/desk/enrol");
        visitor.submit("main form", Map.of());
        String words = visitor.text("#passphrase-shown");
        visitor.submit("main form", Map.of("passphrase", words, "name", name));
        supervisor.get("/oversight/people");
        supervisor.submit(".request:contains(" + name + ") form", Map.of("compared", "yes"));
        Organisation.unlock(visitor, words);
        if (visitor.cookie("__Host-hfk").isEmpty()) {
            throw new AssertionError("the keys of " + name + " did not open");
        }
        return visitor;
    }
}
