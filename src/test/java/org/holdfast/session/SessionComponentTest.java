// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.Test;

/** From logged in to unlocked and back, as people see it. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class SessionComponentTest {

    private final Organisation organisation = Organisation.ofTests();

    @Test
    void the_six_words_unlock_and_the_lock_button_locks() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        assertTrue(amina.get("/desk").body().contains("Unlocked until"));
        amina.submit("form[action=/desk/lock]", java.util.Map.of());
        assertTrue(amina.get("/desk").body().contains("Your keys are locked"));
        assertTrue(amina.cookie("__Host-hfk").isEmpty());
    }

    @Test
    void the_recovery_kit_unlocks_too() throws Exception {
        Visitor amina = organisation.signedIn("amina");
        Organisation.unlock(amina, organisation.kit("amina"));
        assertFalse(amina.cookie("__Host-hfk").isEmpty());
    }

    @Test
    void wrong_words_open_nothing() throws Exception {
        Visitor amina = organisation.signedIn("amina");
        HttpResponse<String> answer = Organisation.unlock(amina, organisation.passphrase("noor"));
        assertEquals(422, answer.statusCode());
        assertTrue(amina.cookie("__Host-hfk").isEmpty());
        assertFalse(answer.body().contains(organisation.passphrase("noor")));
    }
}
