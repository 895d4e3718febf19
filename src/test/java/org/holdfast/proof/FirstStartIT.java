// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Share;
import org.holdfast.crypto.Shares;
import org.holdfast.crypto.Tampered;
import org.holdfast.crypto.XWingKeyPair;
import org.holdfast.local.DemonstrationLogin;
import org.holdfast.local.HoldfastServer;
import org.holdfast.local.LocalStack;
import org.holdfast.local.Organisation;
import org.holdfast.local.Steps;
import org.holdfast.local.Trouble;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The first days of an organisation on the packaged server, with real processes: it starts before Keycloak does, is founded once whatever
 * people press and however many press at once, takes its first report, and does not start without its pin. Each test is a chapter and
 * needs the ones before it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FirstStartIT {
    /** A second supervisor, who sits at another desk on the day of the first start. */
    private static final DemonstrationLogin SELMA = new DemonstrationLogin("selma", "supervisor");

    private static final DemonstrationLogin SARA = Organisation.login("sara");

    private static final Steps STEPS = new Steps(System.out);
    private static final ExecutorService PEOPLE = Executors.newCachedThreadPool();

    private static LocalStack stack;
    private static Town town;
    private static HoldfastServer server;
    private static Visitor founder;
    private static FoundingClick winner;
    private static String pin = "";
    private static String aminasWords = "";
    private static String firstReport = "";

    @BeforeAll
    static void databaseAlone() throws Exception {
        stack = LocalStack.forCrashTests(Path.of("target/first-stack").toAbsolutePath(), STEPS);
        stack.startPostgres(STEPS);
        town = new Town(stack);
        server = HoldfastServer.on(stack);
        server.launch();
        server.awaitReady();
    }

    @AfterAll
    static void end() throws Exception {
        PEOPLE.shutdownNow();
        if (server != null) {
            server.close();
        }
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    @Order(1)
    void a_server_whose_keycloak_is_not_there_starts_and_says_plainly_that_nobody_can_log_in() throws Exception {
        town.nobodyCanLogIn();
    }

    @Test
    @Order(2)
    void the_report_door_says_before_founding_that_it_takes_no_reports() throws Exception {
        Visitor reporter = town.reporter();
        assertTrue(reporter.get("/").body().contains("This page does not take reports yet"));
        assertTrue(reporter.page().select(".pick a").isEmpty(), "no form is offered");
        HttpResponse<String> form = reporter.get("/form/a");
        assertEquals(503, form.statusCode());
        assertEquals("Not open yet", Outcome.heading(form.body()));
    }

    @Test
    @Order(3)
    void when_keycloak_comes_the_login_works_without_a_restart() throws Exception {
        town.bringKeycloakBack();
        for (DemonstrationLogin login : DemonstrationLogin.ORGANISATION) {
            stack.addLogin(login);
        }
        stack.addLogin(SELMA);
        founder = town.desk();
        founder.signIn(SARA);
        assertTrue(founder.page().select("main a[href=/desk/start]").size() == 1, founder.text("main"));
        Visitor amina = town.signedIn(Organisation.login("amina"));
        amina.get("/desk/start");
        assertTrue(amina.page().select("main form").isEmpty(), "a caseworker founds nothing");
    }

    @Test
    @Order(4)
    void keys_that_are_made_again_are_others_and_nothing_is_stored_by_looking_at_them() throws Exception {
        founder.get("/desk/start");
        founder.submit("main form", Map.of());
        String first = founder.text("#passphrase-shown");
        String firstPage = founder.last().body();
        founder.get("/desk/start");
        founder.submit("main form", Map.of());
        assertNotEquals(first, founder.text("#passphrase-shown"));
        assertTrue(founder.text("main").contains("makes everything anew"));

        HttpResponse<String> mixed = founder.submit("main form", Map.of("passphrase", first, "name", "Sara"));
        assertEquals(422, mixed.statusCode());
        assertFalse(mixed.body().contains(first), "words are not sent back");
        assertEquals("Sara", founder.page().select("#name").val(), "what was typed is still there");
        assertTrue(founder.text("#problem").contains("the words are not shown again"), founder.text("#problem"));
        assertEquals("Found the organisation", founder.text("main form button"));
        assertEquals(0, town.count("select count(*) from directory_statement"));
        assertEquals(0, town.count("select count(*) from staff_slot"));
        assertFalse(Files.exists(town.pinFile()));
        assertTrue(firstPage.contains("Shown once"));
    }

    @Test
    @Order(5)
    void of_two_who_found_at_once_and_click_twice_one_wins_and_the_other_is_told() throws Exception {
        List<FoundingClick> clicks = new ArrayList<>();
        for (DemonstrationLogin login : List.of(SARA, SELMA)) {
            FoundingClick once = FoundingClick.prepare(login == SARA ? founder : town.signedIn(SELMA), login.name());
            clicks.add(once);
            clicks.add(once.again(URI.create(stack.deskUrl())));
        }
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        clicks.forEach(click -> answers.add(PEOPLE.submit(click::send)));
        Map<FoundingClick, String> headings = new LinkedHashMap<>();
        for (int i = 0; i < clicks.size(); i++) {
            HttpResponse<String> page = answers.get(i).get(60, TimeUnit.SECONDS);
            headings.put(clicks.get(i), page.statusCode() + " " + Outcome.heading(page.body()));
        }
        List<FoundingClick> won = clicks.stream()
                .filter(click -> headings.get(click).equals("200 Your organisation is founded"))
                .toList();
        assertEquals(1, won.size(), headings.values().toString());
        winner = won.get(0);
        founder = winner.visitor();
        pin = founder.text("#pin");
        headings.forEach((click, heading) -> {
            if (click != winner) {
                boolean same = click.person().equals(winner.person());
                assertEquals((same ? 200 : 409) + " Your organisation is founded already", heading);
                assertEquals(pin, click.visitor().text("#pin"));
                assertEquals(
                        same,
                        !click.visitor().last().body().contains("Nothing of yours was stored"),
                        click.visitor().text("main"));
            }
        });
        assertEquals(pin, Files.readString(town.pinFile()).strip());
        assertEquals(1, town.statements("founding"));
        assertEquals(1, town.statements("person"));
        assertEquals(1, town.statements("intake-epoch"));
    }

    @Test
    @Order(6)
    void a_reload_and_a_way_back_found_nothing_twice_and_say_what_is_true() throws Exception {
        long statements = town.count("select count(*) from directory_statement");
        assertEquals(200, winner.send().statusCode());
        assertEquals(
                "Your organisation is founded already",
                Outcome.heading(founder.last().body()));
        assertEquals(pin, founder.text("#pin"));
        // The first page lies in the browser's history, with its button.
        founder.post(
                "/desk/start", Map.of("step", "keys", "ticket", winner.form().get("ticket")));
        assertEquals(pin, founder.text("#pin"), "the way back leads to the pin, not to new keys");
        assertTrue(founder.page().select("#passphrase-shown, main form").isEmpty(), founder.text("main"));
        assertEquals(statements, town.count("select count(*) from directory_statement"));
        assertEquals(pin, Files.readString(town.pinFile()).strip());
    }

    @Test
    @Order(7)
    void any_three_of_the_five_shares_rebuild_the_recovery_key_and_no_two_do() throws Exception {
        List<Share> shares = winner.shares();
        assertEquals(5, shares.size());
        byte[] recovery = town.recoveryKey();
        for (int a = 0; a < 5; a++) {
            for (int b = a + 1; b < 5; b++) {
                List<Share> two = List.of(shares.get(a), shares.get(b));
                assertThrows(Tampered.class, () -> Shares.combine(two).close());
                for (int c = b + 1; c < 5; c++) {
                    try (SecretBytes seed = Shares.combine(List.of(shares.get(c), shares.get(a), shares.get(b)));
                            XWingKeyPair pair = XWingKeyPair.fromSeed(seed)) {
                        assertArrayEquals(recovery, pair.publicKey());
                    }
                }
            }
        }
    }

    @Test
    @Order(8)
    void the_door_is_open_now_and_a_first_report_comes_in_and_is_opened() throws Exception {
        town.report("They came to my mother's house on Sunday.");
        founder.get("/desk");
        assertTrue(founder.page().select("header .open").size() == 1, "founding unlocked the keys");
        Visitor amina = town.signedIn(Organisation.login("amina"));
        amina.get("/desk/enrol");
        amina.submit("main form", Map.of());
        aminasWords = amina.text("#passphrase-shown");
        amina.submit("main form", Map.of("passphrase", aminasWords, "name", "Amina"));
        founder.get("/oversight/people");
        founder.submit(".request form", Map.of("compared", "yes"));
        Organisation.unlock(amina, aminasWords);
        amina.get("/desk/intake");
        firstReport = amina.page().select("main a[href^=/desk/intake/]").first().attr("href");
        assertTrue(amina.get(firstReport).body().contains("my mother&#39;s house on Sunday"), amina.text("main"));
    }

    @Test
    @Order(9)
    void a_founded_server_without_its_pin_does_not_start_and_says_why() throws Exception {
        server.stop();
        Path kept = town.pinFile().resolveSibling("kept.pin");
        Files.move(town.pinFile(), kept);
        server.launch();
        Trouble trouble = assertThrows(Trouble.class, server::awaitReady);
        assertTrue(trouble.getMessage().contains("holdfast.directory.pin"), trouble.getMessage());
        assertFalse(Files.exists(town.pinFile()), "it writes no pin of its own");
        Files.move(kept, town.pinFile());
    }

    @Test
    @Order(10)
    void a_founded_server_takes_reports_while_keycloak_is_away_and_logins_come_back_with_it() throws Exception {
        stack.keycloak().stop();
        server.launch();
        server.awaitReady();
        town.report("Sent while nobody could log in.");
        town.nobodyCanLogIn();
        town.bringKeycloakBack();
        Visitor visitor = town.desk();
        visitor.signIn(new DemonstrationLogin(winner.person(), "supervisor"));
        Organisation.unlock(visitor, winner.words());
        assertFalse(visitor.cookie("__Host-hfk").isEmpty(), "the six words of the first start unlock");
        founder = visitor;
    }

    @Test
    @Order(11)
    void whoever_is_logged_in_works_on_when_keycloak_goes_away_and_others_are_told() throws Exception {
        stack.keycloak().stop();
        assertEquals(200, founder.get("/oversight/people").statusCode());
        town.report("Sent while Keycloak was down.");
        town.nobodyCanLogIn();
        town.bringKeycloakBack();
        town.desk().signIn(SARA);
    }

    @Test
    @Order(12)
    void a_login_that_was_given_up_is_a_page_that_leads_to_a_new_one() throws Exception {
        Visitor visitor = town.desk();
        visitor.get("/desk");
        String state = visitor.cookieNames().stream()
                .filter(name -> name.startsWith("q_auth"))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*_", "");
        HttpResponse<String> answer = visitor.get("/desk?error=access_denied&state=" + state);
        assertEquals(401, answer.statusCode());
        assertEquals("The login was not completed", Outcome.heading(answer.body()));
        visitor.signIn(SARA);
        assertEquals(200, visitor.last().statusCode());
    }

    @Test
    @Order(13)
    void a_log_that_was_cut_off_while_the_server_was_stopped_opens_nothing_until_it_is_whole() throws Exception {
        assertTrue(openedByAmina().contains("my mother&#39;s house on Sunday"));
        server.stop();
        town.change("create table cut as select * from audit_sequence s join audit_entry e using (id)"
                + " where s.seq >= (select max(seq) - 3 from audit_sequence);"
                + " create table whole as select * from audit_sequence;"
                + " create table entries as select * from audit_entry;"
                + " delete from audit_sequence where id in (select id from cut);"
                + " delete from audit_entry where id in (select id from cut);"
                + " delete from audit_checkpoint where size > (select min(seq) from cut)");
        long signed = town.count("select count(*) from audit_checkpoint");
        server.launch();
        server.awaitReady();
        String page = openedByAmina();
        assertFalse(page.contains("my mother"), page);
        assertEquals("Opening refused", Outcome.heading(page));
        assertTrue(Files.readString(server.log()).contains("the log was altered"), "the operator is told");
        assertEquals(signed, town.count("select count(*) from audit_checkpoint"), "such a log is not signed");
        server.stop();
        town.change("delete from audit_sequence; insert into audit_sequence select * from whole;"
                + " delete from audit_entry; insert into audit_entry select * from entries;"
                + " truncate audit_pending");
        server.launch();
        server.awaitReady();
        assertTrue(openedByAmina().contains("my mother&#39;s house on Sunday"));
    }

    /** The page of the first report, for somebody who logs in and unlocks anew. */
    private static String openedByAmina() throws Exception {
        Visitor amina = town.signedIn(Organisation.login("amina"));
        Organisation.unlock(amina, aminasWords);
        assertFalse(amina.cookie("__Host-hfk").isEmpty(), "people unlock all the same");
        return amina.get(firstReport).body();
    }
}
