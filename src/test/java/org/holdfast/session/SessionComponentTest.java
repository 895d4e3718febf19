// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.holdfast.local.DemonstrationLogin;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
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
        amina.submit("form[action=/desk/lock]", Map.of());
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
        assertTrue(amina.text("#problem").contains("Check each word and try again."), amina.text("#problem"));
        assertTrue(amina.text("#problem").contains("For safety the words are not shown again"), amina.text("#problem"));
        assertFalse(amina.text("#problem").contains("What you typed is still here"));
    }

    @Test
    void words_typed_wrong_for_new_keys_are_not_promised_back_and_the_button_says_the_same_again() throws Exception {
        Visitor newcomer = Visitor.at(TestStack.desk());
        newcomer.signIn(DemonstrationLogin.NEWCOMERS.get(2));
        newcomer.get("/desk/enrol");
        newcomer.submit("main form", Map.of());
        String button = newcomer.text("main form button");
        Map<String, String> wrong = Map.of("passphrase", "not these words", "name", "Newcomer");
        assertEquals(422, newcomer.submit("main form", wrong).statusCode());
        assertTrue(newcomer.text("#problem").contains("For safety the words are not shown again"));
        assertFalse(newcomer.last().body().contains("not these words"));
        assertEquals("Newcomer", newcomer.page().select("#name").val());
        assertEquals(button, newcomer.text("main form button"));
    }

    @Test
    void somebody_unknown_gets_the_same_answer_as_somebody_with_wrong_words() throws Exception {
        Visitor outsider = Visitor.at(TestStack.desk());
        outsider.signIn(DemonstrationLogin.OUTSIDER);
        Visitor amina = organisation.signedIn("amina");
        HttpResponse<String> unknown = Organisation.unlock(outsider, "six words that are quite wrong");
        HttpResponse<String> known = Organisation.unlock(amina, "six words that are quite wrong");
        assertEquals(422, known.statusCode());
        assertEquals(422, unknown.statusCode());
        assertEquals(
                amina.page().select("main").text(),
                outsider.page().select("main").text());
    }

    @Test
    void the_cookie_without_its_row_and_the_row_without_its_cookie_open_nothing() throws Exception {
        Visitor noor = organisation.unlocked("noor");
        String cookie = noor.cookie(COOKIE);
        noor.forget(COOKIE);
        assertTrue(isLocked(noor), "the row alone");
        noor.put(COOKIE, cookie);
        assertFalse(isLocked(noor), "both together");
        alter("delete from unlocked_session where id = " + idOf(cookie));
        assertTrue(isLocked(noor), "the cookie alone");
        assertTrue(noor.cookie(COOKIE).isEmpty(), "a cookie that opens nothing is taken away");
    }

    @Test
    void a_stolen_cookie_opens_nothing_in_another_login_of_anybody() throws Exception {
        Visitor tenzin = organisation.unlocked("tenzin");
        Visitor thief = organisation.signedIn("noor");
        thief.put(COOKIE, tenzin.cookie(COOKIE));
        assertTrue(isLocked(thief));
        Visitor again = organisation.signedIn("tenzin");
        again.put(COOKIE, tenzin.cookie(COOKIE));
        assertTrue(isLocked(again));
        assertFalse(isLocked(tenzin));
    }

    @Test
    void a_row_that_was_moved_to_another_login_or_given_a_later_end_opens_nothing_and_is_a_line() throws Exception {
        Visitor tenzin = organisation.unlocked("tenzin");
        Visitor again = organisation.signedIn("tenzin");
        again.put(COOKIE, tenzin.cookie(COOKIE));
        long before = tamperings();
        String id = idOf(tenzin.cookie(COOKIE));
        alter("update unlocked_session set ends_at = ends_at + interval '1 day' where id = " + id);
        assertTrue(isLocked(tenzin));
        assertEquals(before + 1, tamperings());
    }

    @Test
    void a_session_is_open_after_fourteen_quiet_minutes_and_locked_after_sixteen() throws Exception {
        Visitor noor = organisation.unlocked("noor");
        String cookie = noor.cookie(COOKIE);
        letPass(cookie, 14);
        assertFalse(isLocked(noor), "after fourteen minutes");
        letPass(cookie, 14);
        assertFalse(isLocked(noor), "each page counts anew");
        letPass(cookie, 16);
        String row = "select count(*) from unlocked_session where id = " + idOf(cookie);
        assertTrue(isLocked(noor), "after sixteen minutes");
        assertTrue(noor.cookie(COOKIE).isEmpty(), "a cookie that opens nothing any more is taken away");
        noor.put(COOKIE, cookie);
        assertTrue(isLocked(noor), "whoever finds it later");
        for (int i = 0; i < 300 && count(row) > 0; i++) {
            Thread.sleep(100);
        }
        assertEquals(0, count(row), "the server clears it away");
        assertEquals(
                1,
                count("select count(*) from audit_entry where act = 'session.ended'"
                        + " and position('\"w\":\"idle\"' in convert_from(body, 'UTF8')) > 0 and object_name = "
                        + nameOf(cookie)),
                "and says so in a line");
    }

    /** Quiet minutes: the quiet end that the server wrote, with the proof that only the server makes, lies by so much nearer. */
    private static void letPass(String cookie, int minutes) throws Exception {
        long end =
                count("select extract(epoch from idle_until)::bigint from unlocked_session where id = " + idOf(cookie));
        quietEnd(cookie, java.time.Instant.ofEpochSecond(end).minus(java.time.Duration.ofMinutes(minutes)));
    }

    private static void quietEnd(String cookie, java.time.Instant end) throws Exception {
        alter("update unlocked_session set idle_until = '" + end + "', idle_mac = "
                + mac(
                        cookie,
                        java.nio.ByteBuffer.allocate(32)
                                .put("holdfast/v1/session-idle".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                                .putLong(end.getEpochSecond())
                                .array())
                + " where id = " + idOf(cookie));
    }

    @Test
    void a_quiet_end_that_was_moved_without_the_cookie_opens_nothing_and_is_a_line() throws Exception {
        Visitor noor = organisation.unlocked("noor");
        String id = idOf(noor.cookie(COOKIE));
        long before = tamperings();
        alter("update unlocked_session set idle_until = idle_until + interval '1 hour' where id = " + id);
        assertTrue(isLocked(noor));
        assertEquals(before + 1, tamperings());
        Visitor again = organisation.unlocked("noor");
        String other = idOf(again.cookie(COOKIE));
        alter("update unlocked_session set (idle_until, idle_mac) = (select idle_until + interval '2 minutes', idle_mac"
                + " from unlocked_session where id = " + id + ") where id = " + other);
        assertTrue(isLocked(again), "the proof of another session does not fit");
        assertEquals(before + 2, tamperings());
    }

    @Test
    void a_session_that_is_used_goes_on_and_its_new_end_holds() throws Exception {
        Visitor noor = organisation.unlocked("noor");
        String cookie = noor.cookie(COOKIE);
        java.time.Instant early =
                java.time.Instant.now().plusSeconds(300).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        // As the server wrote it ten minutes ago.
        quietEnd(cookie, early);
        assertFalse(isLocked(noor));
        assertEquals(
                1,
                count("select count(*) from unlocked_session where id = " + idOf(cookie)
                        + " and idle_until > now() + interval '14 minutes'"));
        assertFalse(isLocked(noor), "the new end is held by its own proof");
    }

    @Test
    void a_session_that_was_given_another_name_opens_nothing_and_is_a_line_under_its_own() throws Exception {
        Visitor noor = organisation.unlocked("noor");
        String cookie = noor.cookie(COOKIE);
        alter("update unlocked_session set counter = 0, name = decode(md5('another'), 'hex') where id = "
                + idOf(cookie));
        assertTrue(isLocked(noor), "her lines would be those of two sessions, and both begin at one");
        assertEquals(
                1,
                count("select count(*) from audit_entry where act = 'access.tampering'"
                        + " and position('\"session.name\"' in convert_from(body, 'UTF8')) > 0 and object_name = "
                        + nameOf(cookie)));
        assertEquals(0, count("select count(*) from audit_entry where object_name = decode(md5('another'), 'hex')"));
    }

    @Test
    void a_wrong_passphrase_is_a_line_and_an_unlocked_session_signs_its_lines() throws Exception {
        long before = count("select count(*) from audit_entry where act = 'session.unlock-refused'");
        Visitor amina = organisation.signedIn("amina");
        Organisation.unlock(amina, "wrong");
        assertEquals(before + 1, count("select count(*) from audit_entry where act = 'session.unlock-refused'"));
        Organisation.unlock(amina, organisation.passphrase("amina"));
        assertEquals(
                0,
                count("select count(*) from audit_entry where act = 'session.unlocked'"
                        + " and position('\"g\":' in convert_from(body, 'UTF8')) = 0"));
    }

    @Test
    void a_logout_at_keycloak_ends_the_login_and_its_unlocked_sessions() throws Exception {
        Visitor noor = organisation.unlocked("noor");
        String row = "select count(*) from unlocked_session where id = " + idOf(noor.cookie(COOKIE));
        assertEquals(1, count(row));
        noor.get(TestStack.issuer() + "/protocol/openid-connect/logout?client_id=holdfast-desk");
        HttpResponse<String> confirmed = noor.submit("form", Map.of("confirmLogout", "Logout"));
        assertEquals(200, confirmed.statusCode());
        for (int i = 0; i < 100 && count(row) > 0; i++) {
            Thread.sleep(100);
        }
        assertEquals(0, count(row));
        assertTrue(noor.get("/desk").body().contains("name=\"password\""), "the desk asks for a login again");
    }

    @Test
    void logging_out_ends_the_login_here_and_at_keycloak_without_leaving_this_host() throws Exception {
        Visitor noor = organisation.unlocked("noor");
        noor.get("/desk");
        HttpResponse<String> answer = noor.submit("form[action=/desk/logout]", Map.of());
        assertEquals(200, answer.statusCode());
        assertEquals(TestStack.desk().getAuthority(), answer.uri().getAuthority());
        assertFalse(answer.body().contains("did not confirm"), answer.body());
        assertTrue(noor.cookie(COOKIE).isEmpty());
        assertTrue(noor.get("/desk").body().contains("name=\"password\""), "Keycloak asks for the password again");
    }

    @Test
    void a_form_that_is_sent_after_the_login_ended_is_not_redirected_and_says_that_nothing_was_saved()
            throws Exception {
        Visitor amina = organisation.unlocked("amina");
        amina.get("/desk");
        amina.cookieNames().stream()
                .filter(name -> name.startsWith("q_session"))
                .forEach(amina::forget);
        HttpResponse<String> answer = amina.submit("form[action=/desk/lock]", Map.of());
        assertEquals(403, answer.statusCode());
        assertTrue(answer.body().contains("Your login ended"), answer.body());
    }

    @Test
    void a_form_that_is_sent_with_a_login_that_was_ended_elsewhere_is_not_redirected_either() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        amina.get("/desk");
        alter("delete from oidc_session");
        HttpResponse<String> answer = amina.submit("form[action=/desk/lock]", Map.of());
        assertEquals(403, answer.statusCode());
        assertTrue(answer.body().contains("Your login ended"), answer.body());
    }

    @Test
    void neither_tokens_nor_names_of_people_lie_in_the_cookie_or_readable_in_the_row() throws Exception {
        Visitor amina = organisation.signedIn("amina");
        String session = amina.cookieNames().stream()
                .filter(name -> name.startsWith("q_session"))
                .map(amina::cookie)
                .collect(java.util.stream.Collectors.joining());
        assertTrue(session.length() < 200, "the cookie holds a number only");
        assertEquals(0, count("select count(*) from oidc_session where position('eyJ'::bytea in sealed) > 0"));
    }

    @Test
    void a_founded_organisation_is_not_founded_again() throws Exception {
        Visitor sara = organisation.signedIn("sara");
        sara.get("/desk/start");
        assertEquals(organisation.pin(), sara.text("#pin"));
        assertTrue(sara.page().select("main form").isEmpty());
    }

    @Test
    void a_login_goes_on_when_its_tokens_end_under_a_new_cookie_and_the_old_one_is_dead() throws Exception {
        java.time.Duration life = java.time.Duration.ofSeconds(6);
        TestStack.tokensLiveFor(life);
        Visitor amina;
        Visitor noor;
        try {
            amina = organisation.unlocked("amina");
            noor = organisation.unlocked("noor");
        } finally {
            TestStack.tokensLiveFor(java.time.Duration.ofMinutes(5));
        }
        assertFalse(isLocked(noor));
        Map<String, String> before = login(amina);
        Thread.sleep(life.plusSeconds(1).toMillis());
        assertFalse(isLocked(amina), "logged in and unlocked still");
        assertFalse(before.equals(login(amina)), "the tokens did not end");
        assertEquals(200, noor.submit("form[action=/desk/lock]", Map.of()).statusCode());
        assertTrue(isLocked(noor), "a form is taken too");
        Visitor thief = Visitor.at(TestStack.desk());
        before.forEach(thief::put);
        thief.put(COOKIE, amina.cookie(COOKIE));
        assertTrue(thief.get("/desk").body().contains("name=\"password\""), "the old cookie opens the desk");
        assertFalse(isLocked(amina));
    }

    private static Map<String, String> login(Visitor visitor) {
        Map<String, String> cookies = new java.util.TreeMap<>();
        visitor.cookieNames().stream()
                .filter(name -> name.startsWith("q_session"))
                .forEach(name -> cookies.put(name, visitor.cookie(name)));
        return cookies;
    }

    @Test
    void every_cookie_is_for_this_host_and_this_site_alone_and_out_of_reach_of_scripts() throws Exception {
        Visitor noor = organisation.unlocked("noor");
        noor.get("/desk");
        noor.submit("form[action=/desk/lock]", Map.of());
        Organisation.unlock(noor, organisation.passphrase("noor"));
        noor.get("/desk");
        noor.submit("form[action=/desk/logout]", Map.of());
        java.util.Set<String> names = new java.util.TreeSet<>();
        for (String line : noor.cookieLines()) {
            List<String> parts = java.util.Arrays.stream(line.split(";"))
                    .map(part -> part.strip().toLowerCase(java.util.Locale.ROOT))
                    .toList();
            String name = line.split("=", 2)[0];
            names.add(name.replaceFirst("^(q_[a-z]+).*", "$1"));
            String site = name.startsWith("q_auth") ? "samesite=lax" : "samesite=strict";
            // What takes a login's cookie away is Quarkus's own, and says its place only.
            boolean gone = name.startsWith("q_") && parts.contains("max-age=0");
            for (String wanted : gone ? List.of("path=/") : List.of("secure", "httponly", "path=/", site)) {
                assertTrue(
                        parts.contains(wanted), wanted + " is missing: " + name + " " + parts.subList(1, parts.size()));
            }
            assertTrue(parts.stream().noneMatch(part -> part.startsWith("domain")), name);
        }
        assertEquals(java.util.Set.of(COOKIE, "q_auth", "q_session"), names);
    }

    private static final String COOKIE = "__Host-hfk";

    private static boolean isLocked(Visitor visitor) throws Exception {
        return visitor.get("/desk").body().contains("Your keys are locked");
    }

    private static long tamperings() throws Exception {
        return count("select count(*) from audit_entry where act = 'access.tampering'");
    }

    /** The row that belongs to a cookie, found by what only the server computes. */
    private static String idOf(String cookie) throws Exception {
        return mac(cookie, "holdfast/v1/session-id".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    /** What the log calls the session that belongs to a cookie. */
    private static String nameOf(String cookie) throws Exception {
        return "substring("
                + mac(cookie, "holdfast/v1/session-name".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                + " for 16)";
    }

    /** What only who has the cookie computes. */
    private static String mac(String cookie, byte[] text) throws Exception {
        javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
        mac.init(new javax.crypto.spec.SecretKeySpec(
                java.util.Base64.getUrlDecoder().decode(cookie), "HmacSHA256"));
        return "'\\x" + java.util.HexFormat.of().formatHex(mac.doFinal(text)) + "'::bytea";
    }

    private static void alter(String sql) throws Exception {
        try (java.sql.Connection connection = TestStack.superuser("holdfast");
                java.sql.Statement statement = connection.createStatement()) {
            assertTrue(statement.executeUpdate(sql) > 0);
        }
    }

    private static long count(String sql) throws Exception {
        try (java.sql.Connection connection = TestStack.superuser("holdfast");
                java.sql.Statement statement = connection.createStatement();
                java.sql.ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
