// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.holdfast.local.DemonstrationLogin;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody may who is enrolled: no more than the signed directory says, whatever Keycloak says, and nothing from the end on. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class RightsComponentTest {
    private static final String COOKIE = "__Host-hfk";
    private static final List<String> ROLES = List.of("supervisor", "auditor", "caseworker", "administrator");
    private static final List<String> LOG = List.of(
            "GET /oversight",
            "GET /oversight/log",
            "POST /oversight/log",
            "POST /oversight/log/verify",
            "GET /oversight/log/checkpoint",
            "GET /oversight/log/bundle");
    private static final List<String> PEOPLE = List.of(
            "GET /oversight/people",
            "POST /oversight/people/ID/approve",
            "POST /oversight/people/ID/decline",
            "POST /oversight/people/ID/end");
    private static final List<String> CASES = List.of(
            "GET /desk/cases",
            "GET /desk/cases/new",
            "POST /desk/cases",
            "GET /desk/cases/ID",
            "POST /desk/cases/ID/edit",
            "POST /desk/cases/ID/assign",
            "POST /desk/cases/ID/ask",
            "GET /desk/intake",
            "GET /desk/intake/ID",
            "POST /desk/intake/ID/case");

    private final Organisation organisation = Organisation.ofTests();
    private Tamperer database;

    @BeforeEach
    void look() throws Exception {
        database = new Tamperer("holdfast");
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    @Test
    void a_role_that_keycloak_alone_gives_to_somebody_enrolled_opens_nothing_of_it() throws Exception {
        Map<String, String> own = Map.of("noor", "caseworker", "audrey", "auditor", "adrian", "administrator");
        try {
            for (String name : own.keySet()) {
                for (String role : ROLES) {
                    TestStack.giveRole(name, role);
                }
            }
            Visitor noor = organisation.unlocked("noor");
            assertEquals("page", Outcome.of(noor.get("/desk/cases")), "her own role stands");
            refused("noor", noor, LOG);
            refused("noor", noor, PEOPLE);
            Visitor audrey = organisation.unlocked("audrey");
            assertEquals("page", Outcome.of(audrey.get("/oversight/log")), "her own role stands");
            refused("audrey", audrey, PEOPLE);
            refused("audrey", audrey, CASES);
            Visitor adrian = organisation.unlocked("adrian");
            refused("adrian", adrian, LOG);
            refused("adrian", adrian, PEOPLE);
            refused("adrian", adrian, CASES);
        } finally {
            for (Map.Entry<String, String> one : own.entrySet()) {
                for (String role : ROLES) {
                    if (!role.equals(one.getValue())) {
                        TestStack.takeRole(one.getKey(), role);
                    }
                }
            }
        }
    }

    @Test
    void a_session_that_is_open_goes_on_nowhere_once_the_access_of_its_auditor_was_ended() throws Exception {
        ends(DemonstrationLogin.NEWCOMERS.get(4), "Watcher", LOG);
    }

    @Test
    void a_session_that_is_open_goes_on_nowhere_once_the_access_of_its_supervisor_was_ended() throws Exception {
        ends(
                DemonstrationLogin.NEWCOMERS.get(5),
                "Deputy",
                List.of(
                        "GET /oversight",
                        "GET /oversight/log",
                        "POST /oversight/log",
                        "POST /oversight/log/verify",
                        "GET /oversight/log/checkpoint",
                        "GET /oversight/log/bundle",
                        "GET /oversight/people",
                        "GET /desk/cases"));
    }

    private void ends(DemonstrationLogin login, String name, List<String> pages) throws Exception {
        Visitor sara = organisation.unlocked("sara");
        Visitor leaver = Newcomers.enrol(organisation, login, sara, name);
        for (String page : pages) {
            assertEquals("page", Outcome.of(ask(login.name(), leaver, page)), page);
        }
        String cookie = leaver.cookie(COOKIE);
        sara.get("/oversight/log");
        String staff = "staff_id = '" + sara.option("#person", name) + "'";
        database.run("create temp table session_row as select * from unlocked_session where " + staff);
        database.run("create temp table slot_rows as select * from staff_slot where " + staff);
        assertEquals(1, database.count("select count(*) from session_row"));
        sara.get("/oversight/people");
        assertEquals(
                200,
                sara.submit("tr:contains(" + name + ") form", Map.of("sure", "yes"))
                        .statusCode());
        assertEquals(0, database.count("select count(*) from unlocked_session where " + staff), "it was left open");
        // Who writes to the database puts back what she had: the session, and the slots with her keys.
        database.run("insert into unlocked_session select * from session_row");
        database.run("insert into staff_slot select * from slot_rows");
        try {
            for (String page : pages) {
                leaver.put(COOKIE, cookie);
                assertEquals("refused", Outcome.of(ask(login.name(), leaver, page)), page);
            }
            leaver.put(COOKIE, cookie);
            assertFalse(leaver.get("/desk").body().contains("Unlocked until"));
            assertTrue(leaver.cookie(COOKIE).isEmpty(), "a cookie that opens nothing is taken away");
        } finally {
            database.run("delete from unlocked_session where " + staff);
            database.run("delete from staff_slot where " + staff);
        }
    }

    private static void refused(String login, Visitor who, List<String> routes) throws Exception {
        for (String route : routes) {
            assertEquals("refused", Outcome.of(ask(login, who, route)), route + " by " + login);
        }
    }

    /** With a ticket that holds, so that nothing but her rights stands in the way. */
    private static HttpResponse<String> ask(String login, Visitor who, String route) throws Exception {
        String path = route.replaceFirst("[A-Z]+ ", "")
                .replace("ID", UUID.randomUUID().toString());
        if (route.startsWith("GET")) {
            return who.get(path);
        }
        String ticket = TicketForger.desk(TestStack.subject(login), path, Duration.ZERO);
        return who.post(path, Map.of("ticket", ticket, "sure", "yes", "compared", "yes", "words", "x"));
    }
}
