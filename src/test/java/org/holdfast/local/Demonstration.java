// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;

/**
 * What a local stack is filled with after its first start. It goes through the same doors as people do, so it finds out whether they are
 * open: every login of the organisation signs in at Keycloak and is let in at the desk.
 */
final class Demonstration {
    private Demonstration() {}

    static void load(LocalStack stack, Steps steps) throws IOException, InterruptedException {
        steps.step("Demonstration logins tried", () -> {
            for (DemonstrationLogin login : DemonstrationLogin.ORGANISATION) {
                HttpResponse<String> desk = Visitor.at(URI.create(stack.deskUrl())).signIn(login);
                if (desk.statusCode() != 200) {
                    throw new Trouble("The desk answers " + desk.statusCode() + " to the login " + login.name() + ".");
                }
            }
            return stack;
        });
    }
}
