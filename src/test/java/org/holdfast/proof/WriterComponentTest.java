// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.holdfast.local.DemonstrationLogin;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * A writer of the database changes every column of every table, moves and deletes rows, and puts old ones back. What is opened refuses, with
 * one line in the log and no content on the page; what is not opened is named by the verifier of the bundle. The tables of the log itself
 * are attacked in {@code LogTamperComponentTest}, each sealed column of a case in {@code CaseTamperComponentTest}.
 */
@Order(Integer.MAX_VALUE)
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class WriterComponentTest {
    private static final String SECRET_WORDS = "words of the account";

    /** Columns without a consequence, each with the reason: a change of them neither opens nor hides anything. */
    private static final Map<String, String> HARMLESS = Map.ofEntries(
            Map.entry("access_grant.tenant", "the organisation is taken from the pinned directory"),
            Map.entry("recovery_wrap.tenant", "the organisation is taken from the pinned directory"),
            Map.entry("directory_statement.id", "the hash of the body, from which it is always computed"),
            Map.entry("directory_statement.entry_id", "a help to find the line; the verifier finds it by hash"),
            Map.entry("grant_copy.id", "a copy that is missing is made anew from the grant"),
            Map.entry("oidc_session.ends_at", "the tokens inside end by themselves"),
            Map.entry("oidc_session.sid", "by it a logout finds the row; the tokens inside end by themselves"));

    private final Organisation organisation = Organisation.ofTests();
    private Tamperer writer;
    private Visitor amina;
    private Visitor audrey;
    private String address = "";
    private String caseId = "";

    @BeforeEach
    void work() throws Exception {
        writer = new Tamperer("holdfast");
        amina = organisation.unlocked("amina");
        audrey = organisation.unlocked("audrey");
        amina.get("/desk/cases/new");
        address = amina.submit("main form[action=/desk/cases]", Map.of("working", "Written Wren"))
                .uri()
                .getPath();
        caseId = address.replaceFirst(".*/", "");
        amina.get(address + "/person");
        assertEquals(
                200,
                amina.submit("main form", Map.of("role", "pr.person_at_risk")).statusCode());
        amina.get(address + "/reports/new/b");
        assertEquals(
                200,
                amina.submit("main form", Map.of("incidents", "aa.home_visit", "narrative", SECRET_WORDS))
                        .statusCode());
        Visitor sara = organisation.unlocked("sara");
        sara.get(address);
        assertEquals(
                200,
                sara.submit("form[action$=/ask]", Map.of("because", "ar.supervision", "words", SECRET_WORDS))
                        .statusCode());
        assertEquals("page", Outcome.of(amina.get(address)));
    }

    @AfterEach
    void close() throws Exception {
        writer.close();
    }

    private interface Opening {
        HttpResponse<String> open() throws Exception;
    }

    /** Where a table is opened, and which of its rows by that. */
    private record Attack(String table, String row, Opening opening) {}

    private List<Attack> attacks() throws Exception {
        Opening file = () -> amina.get(address);
        Opening persons = () -> {
            HttpResponse<String> page = amina.get(address);
            return Outcome.of(page).equals("page")
                    ? amina.submit("form[action$=/identity]", Map.of("reason", firstReason()))
                    : page;
        };
        Opening unlocking = () -> {
            Visitor again = organisation.signedIn("amina");
            HttpResponse<String> page = Organisation.unlock(again, organisation.passphrase("amina"));
            return again.cookie("__Host-hfk").isEmpty() ? page : again.get("/desk");
        };
        String me = writer.ask(
                        "select staff_id::text from unlocked_session s join access_grant g on g.grantee_key = s.key_id"
                                + " where g.object_id = '" + caseId + "' and g.compartment = 2")
                .get(0);
        String ofCase = "case_id = '" + caseId + "'";
        List<Attack> attacks = new ArrayList<>();
        attacks.add(new Attack("case_file", "id = '" + caseId + "'", file));
        attacks.add(new Attack("case_report", ofCase, file));
        attacks.add(new Attack("case_names", ofCase, file));
        attacks.add(new Attack("case_person", ofCase, persons));
        attacks.add(new Attack("case_request", ofCase, file));
        attacks.add(new Attack(
                "access_grant",
                "object_id = '" + caseId
                        + "' and compartment = 3 and grantee_key = (select key_id from unlocked_session"
                        + " where staff_id = '" + me + "' limit 1)",
                file));
        attacks.add(new Attack(
                "grant_copy",
                "id in (select id from access_grant where object_id = '" + caseId
                        + "' and compartment = 3 and grantee_key ="
                        + " (select key_id from unlocked_session where staff_id = '" + me + "' limit 1))",
                file));
        attacks.add(new Attack("recovery_wrap", "object_id = '" + caseId + "' and compartment = 3", file));
        String report = report();
        attacks.add(new Attack("intake_report", "id = '" + report + "'", () -> amina.get("/desk/intake/" + report)));
        attacks.add(new Attack("intake_card", "id = '" + report + "'", () -> amina.get("/desk/intake/" + report)));
        attacks.add(new Attack("staff_slot", "staff_id = '" + me + "' and position = 0", unlocking));
        attacks.add(new Attack("staff_state", "staff_id = '" + me + "'", unlocking));
        attacks.add(new Attack("staff_name", "staff_id = '" + me + "'", unlocking));
        attacks.add(new Attack("directory_statement", "number = (select max(number) from directory_statement)", file));
        String cookie = amina.cookie("__Host-hfk");
        Opening session = () -> {
            // The server takes the cookie away when its session is gone; a thief of the machine cannot.
            amina.put("__Host-hfk", cookie);
            return amina.get(address);
        };
        attacks.add(new Attack("unlocked_session", "staff_id = '" + me + "'", session));
        return attacks;
    }

    @Test
    void a_changed_value_in_any_column_is_refused_or_named_and_shows_no_content() throws Exception {
        TreeSet<String> before = namedBefore();
        List<String> unnoticed = new ArrayList<>();
        List<String> onlyRefused = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        int tried = 0;
        for (Attack attack : attacks()) {
            for (Dump.Column column : columns(attack.table)) {
                tried++;
                String statement = "update " + attack.table + " set " + Dump.quoted(column.name()) + " = "
                        + Tamperer.changeOf(column) + " where " + attack.row;
                long lines = tamperingLines();
                try (Tamperer.Undo undo = writer.change(attack.table, statement)) {
                    HttpResponse<String> page = attack.opening.open();
                    String outcome = Outcome.of(page);
                    boolean refused = !outcome.equals("page");
                    long more = tamperingLines() - lines;
                    if (outcome.equals("tampering") ? more != 1 : more > 1) {
                        wrong.add(column.full() + ": " + outcome + " and " + more + " lines");
                    }
                    if (refused && page.body().contains(SECRET_WORDS)) {
                        wrong.add(column.full() + ": " + outcome + " shows content");
                    }
                    TreeSet<String> now = named();
                    now.removeAll(before);
                    if (now.stream()
                            .anyMatch(finding -> finding.startsWith("no bundle") || finding.startsWith("malformed"))) {
                        // A bundle that breaks off leaves its own line behind, a moment after the download.
                        awaitLineAfter(lines + more);
                    }
                    if (now.isEmpty() && !HARMLESS.containsKey(column.full())) {
                        (refused ? onlyRefused : unnoticed).add(column.full());
                    }
                } catch (SQLException refused) {
                    // No such value can stand there: a key, or a check of its length.
                    assertTrue(refused.getSQLState().startsWith("23"), refused.getMessage());
                }
            }
            assertEquals("page", Outcome.of(attack.opening.open()), attack.table + " put back");
        }
        assertEquals(List.of(), unnoticed, "neither refused nor named");
        // What a crash empties and what only saves time is no part of the record that the verifier holds to the log.
        onlyRefused.removeIf(column -> column.startsWith("unlocked_session.") || column.startsWith("grant_copy."));
        assertEquals(List.of(), onlyRefused, "refused, but not named by the verifier");
        assertEquals(List.of(), wrong);
        assertTrue(tried > 90, "only " + tried);
    }

    private static List<Dump.Column> columns(String table) throws SQLException {
        return Dump.columns().stream()
                .filter(column -> column.table().equals(table))
                .toList();
    }

    @Test
    void a_deleted_row_of_any_table_is_refused_or_named() throws Exception {
        TreeSet<String> before = namedBefore();
        Map<String, String> unnoticed = new TreeMap<>();
        for (Attack attack : attacks()) {
            try (Tamperer.Undo undo =
                    writer.change(attack.table, "delete from " + attack.table + " where " + attack.row)) {
                String outcome = Outcome.of(attack.opening.open());
                TreeSet<String> now = named();
                now.removeAll(before);
                if (outcome.equals("page") && now.isEmpty()) {
                    unnoticed.put(attack.table, outcome);
                }
            }
        }
        // A copy is made anew from the grant, and only saves time.
        unnoticed.remove("grant_copy");
        assertEquals(Map.of(), unnoticed);
    }

    @Test
    void a_shred_secret_that_was_replaced_or_deleted_opens_nothing() throws Exception {
        try (Tamperer shred = new Tamperer("holdfast_shred")) {
            for (String change : List.of(
                    "update shred_secret set secret = sha256(secret) where object_id = '" + caseId + "'",
                    "update shred_secret set secret = (select secret from shred_secret where object_id <> '" + caseId
                            + "' limit 1) where object_id = '" + caseId + "'",
                    "delete from shred_secret where object_id = '" + caseId + "'")) {
                long lines = tamperingLines();
                try (Tamperer.Undo undo = shred.change("shred_secret", change)) {
                    HttpResponse<String> page = amina.get(address);
                    assertEquals("tampering", Outcome.of(page), change);
                    assertFalse(page.body().contains("Written Wren"), change);
                    assertEquals(lines + 1, tamperingLines(), change);
                }
                assertEquals("page", Outcome.of(amina.get(address)));
            }
        }
    }

    @Test
    void a_revoked_grant_that_is_put_back_stays_dead() throws Exception {
        Visitor tenzin = organisation.unlocked("tenzin");
        assertEquals("nothing", Outcome.of(tenzin.get(address)));
        share("Tenzin");
        assertEquals("page", Outcome.of(tenzin.get(address)));
        writer.run("create temp table kept as select * from access_grant where object_id = '" + caseId + "'");
        writer.run("create temp table kept_copy as select c.* from grant_copy c join kept using (id)");
        amina.get(address);
        assertEquals(
                200,
                amina.submit("form[action$=/unassign]:contains(Tenzin)", Map.of())
                        .statusCode());
        assertEquals("nothing", Outcome.of(tenzin.get(address)));
        TreeSet<String> before = namedBefore();

        writer.run("insert into access_grant select * from kept where id not in (select id from access_grant)");
        writer.run("insert into grant_copy select * from kept_copy where id not in (select id from grant_copy)");
        String outcome = Outcome.of(tenzin.get(address));
        assertTrue(Set.of("nothing", "tampering").contains(outcome), outcome);
        assertFalse(tenzin.get("/desk/cases").body().contains("Written Wren"));
        TreeSet<String> now = named();
        now.removeAll(before);
        assertFalse(now.isEmpty(), "the verifier does not name a grant that was put back");
        writer.run("delete from access_grant where object_id = '" + caseId
                + "' and id in (select id from kept) and grantee_key <> granter_key");
    }

    @Test
    void what_a_colleague_gave_before_she_left_stays_open_and_what_she_held_is_gone() throws Exception {
        Visitor sara = organisation.unlocked("sara");
        Visitor leaver = Newcomers.enrol(organisation, DemonstrationLogin.NEWCOMERS.get(1), sara, "Leaver");
        share("Leaver");
        assertEquals("page", Outcome.of(leaver.get(address)));
        leaver.get(address);
        String tenzinsId = optionOf(leaver, "Tenzin");
        assertEquals(
                200,
                leaver.submit("form[action$=/assign]", Map.of("to", tenzinsId)).statusCode());

        sara.get("/oversight/people");
        assertEquals(
                200,
                sara.submit("tr:contains(Leaver) form", Map.of("sure", "yes")).statusCode());

        // Opened for the first time only now, so that the signature of the one who left is checked.
        Visitor tenzin = organisation.unlocked("tenzin");
        assertEquals("page", Outcome.of(tenzin.get(address)));
        assertEquals("page", Outcome.of(tenzin.get(address)));
        assertFalse(Outcome.of(leaver.get(address)).equals("page"));
        assertEquals("page", Outcome.of(amina.get(address)));
    }

    /** A report that waits in the queue. */
    private String report() throws Exception {
        Visitor reporter = Visitor.at(TestStack.report());
        reporter.get("/form/b");
        String ticket = ReportLoad.idOf(reporter.page()
                .select("form[action=/form/b] input[name=ticket]")
                .val());
        assertEquals(
                200,
                reporter.submit("form[action=/form/b]", Map.of("narrative", SECRET_WORDS, "step", "send"))
                        .statusCode());
        return writer.ask("select id::text from intake_report where encode(ticket, 'hex') = '" + ticket + "'")
                .get(0);
    }

    private void share(String name) throws Exception {
        amina.get(address);
        assertEquals(
                200,
                amina.submit("form[action$=/assign]", Map.of("to", optionOf(amina, name)))
                        .statusCode());
    }

    private static String optionOf(Visitor who, String name) {
        return who.page()
                .select("form[action$=/assign] option:contains(" + name + ")")
                .get(0)
                .val();
    }

    private String firstReason() {
        return amina.page()
                .select("form[action$=/identity] select[name=reason] option[value]:not([value=''])")
                .get(0)
                .val();
    }

    private TreeSet<String> named() throws Exception {
        return Logbook.findings(TestStack.desk(), audrey);
    }

    /** What the verifier says before anything is changed here; it must be able to say anything at all. */
    private TreeSet<String> namedBefore() throws Exception {
        TreeSet<String> before = named();
        assertTrue(before.stream().noneMatch(finding -> finding.startsWith("no bundle")), before.toString());
        assertTrue(before.size() < 100, "the verifier names a hundred things at most, and all are taken");
        return before;
    }

    /** On a busy machine the moment is a long one; a line that comes late would be counted for the next change. */
    private void awaitLineAfter(long known) throws Exception {
        for (int i = 0; i < 30 && tamperingLines() == known; i++) {
            Thread.sleep(100);
        }
        Thread.sleep(200);
    }

    private long tamperingLines() throws Exception {
        return writer.count("select count(*) from audit_entry where act = 'access.tampering'");
    }
}
