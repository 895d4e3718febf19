// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
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
    /** Columns without a consequence, each with the reason: a change of them neither opens nor hides anything. */
    private static final Map<String, String> HARMLESS = Map.ofEntries(
            Map.entry("access_grant.tenant", "the organisation is taken from the pinned directory"),
            Map.entry("recovery_wrap.tenant", "the organisation is taken from the pinned directory"),
            Map.entry("directory_statement.entry_id", "a help to find the line; the verifier finds it by hash"),
            Map.entry("grant_copy.id", "a copy that is missing is made anew from the grant"),
            Map.entry("oidc_session.ends_at", "the tokens inside end by themselves"),
            Map.entry("oidc_session.sid", "by it a logout finds the row; the tokens inside end by themselves"));

    /**
     * Columns with which a writer can stop the server from giving a bundle at all, each with the reason; everything else must be named by
     * its row or its table in a bundle that the server gives.
     */
    private static final Map<String, String> NO_BUNDLE = Map.of(
            "directory_statement.id",
            "by it the server sees that the chain it knows is still the one stored: nobody is let in any more",
            "directory_statement deleted",
            "a chain that has become shorter: nobody is let in any more",
            "directory_statement.number",
            "a statement in another place breaks the chain of all roles: nobody, an auditor either, is let in any more");

    /** What only saves time, or is gone after a crash: no part of the record that the verifier holds to the log. */
    private static final Set<String> NOT_IN_THE_RECORD = Set.of("unlocked_session", "oidc_session", "grant_copy");

    /** Tables that a test of their own attacks, in which their names stand. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "audit_entry", "audit/LogTamperComponentTest",
            "audit_sequence", "audit/LogTamperComponentTest",
            "audit_tile", "audit/LogTamperComponentTest",
            "audit_checkpoint", "audit/LogTamperComponentTest",
            "audit_detail", "audit/LogTamperComponentTest",
            "audit_pending", "audit/LogTamperComponentTest",
            "list_index", "cases/ListTamperComponentTest",
            "shred_secret", "proof/WriterComponentTest");

    /** A form that stored once could store once more: a report like that of any stranger, as SECURITY.md says. */
    private static final String USED_FORMS = "intake_used_ticket";

    /** Columns that must differ from row to row, and what a writer puts there into a copy. */
    private static final Map<String, String> UNIQUE = Map.of(
            "id", "gen_random_uuid()",
            "ticket", "substring(sha256(gen_random_uuid()::text::bytea) for 16)",
            "login_tag", "sha256(gen_random_uuid()::text::bytea)",
            "staff_id", "gen_random_uuid()");

    private static final Set<String> ONE_A_CASE =
            Set.of("case_names", "case_mailbox", "case_original_content", "case_original_identity");

    /** The lock that one sequencer holds at a time; who holds it has nothing numbered. */
    private static final long SEQUENCER = 0x68662d6c6f67L;

    private static final int ROUNDS = 12;

    @Inject
    Scheduler courier;

    private final Organisation organisation = Organisation.ofTests();
    private Tamperer writer;
    private WriterStage stage;
    private Visitor amina;
    private Visitor audrey;
    private String address = "";
    private String caseId = "";

    @BeforeEach
    void work() throws Exception {
        writer = new Tamperer("holdfast");
        stage = new WriterStage(organisation, writer);
        amina = stage.amina;
        audrey = stage.audrey;
        address = stage.address;
        caseId = stage.caseId;
    }

    @AfterEach
    void close() throws Exception {
        courier.resume();
        writer.close();
    }

    @Test
    void a_changed_value_in_any_column_is_refused_or_named_and_shows_no_content() throws Exception {
        namedBefore();
        List<String> wrong = new ArrayList<>();
        int tried = 0;
        for (WriterStage.Attack attack : stage.attacks(courier)) {
            TreeSet<String> sound = named();
            Set<String> names = writer.logNames(attack.table(), attack.row());
            for (Dump.Column column : columns(attack.table())) {
                tried++;
                String statement = "update " + attack.table() + " set " + Dump.quoted(column.name()) + " = "
                        + Tamperer.changeOf(column) + " where " + attack.row();
                long lines = tamperingLines();
                try (Tamperer.Undo undo = writer.change(attack.table(), statement)) {
                    HttpResponse<String> page = attack.opening().open();
                    String outcome = Outcome.of(page);
                    long more = tamperingLines() - lines;
                    if (outcome.equals("tampering") ? more != 1 : more > 1) {
                        wrong.add(column.full() + ": " + outcome + " and " + more + " lines");
                    }
                    if (!outcome.equals("page") && page.body().contains(WriterStage.SECRET_WORDS)) {
                        wrong.add(column.full() + ": " + outcome + " shows content");
                    }
                    TreeSet<String> now = named();
                    now.removeAll(sound);
                    if (now.stream().anyMatch(finding -> finding.startsWith("no bundle"))) {
                        // A bundle that breaks off leaves its own line behind, a moment after the download.
                        awaitLineAfter(lines + more);
                    }
                    judge(column.full(), attack.table(), outcome, now, names).ifPresent(wrong::add);
                } catch (SQLException refused) {
                    // No such value can stand there: a key, or a check of its length.
                    assertTrue(refused.getSQLState().startsWith("23"), refused.getMessage());
                }
            }
            assertEquals("page", Outcome.of(attack.opening().open()), attack.table() + " put back");
        }
        assertEquals(List.of(), wrong);
        assertTrue(tried > 130, "only " + tried);
    }

    @Test
    void no_table_of_either_database_is_left_out() throws Exception {
        TreeSet<String> known = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources/columns.csv"))) {
            if (!line.startsWith("#")) {
                known.add(line.replaceFirst("\\..*", ""));
            }
        }
        TreeSet<String> attacked = new TreeSet<>(ELSEWHERE.keySet());
        attacked.add(USED_FORMS);
        stage.attacks(courier).forEach(attack -> attacked.add(attack.table()));
        assertEquals(known, attacked);
        for (Map.Entry<String, String> table : ELSEWHERE.entrySet()) {
            Path test = Path.of("src/test/java/org/holdfast", table.getValue() + ".java");
            assertTrue(Files.readString(test).contains(table.getKey()), table.toString());
        }
    }

    /** What is missing from the answer to a change, in words. */
    private static Optional<String> judge(
            String what, String table, String outcome, TreeSet<String> findings, Set<String> names) {
        boolean noBundle = findings.stream()
                .anyMatch(finding -> finding.startsWith("no bundle") || finding.startsWith("malformed"));
        if (noBundle) {
            return NO_BUNDLE.containsKey(what)
                    ? Optional.empty()
                    : Optional.of(what + ": " + outcome + ", nothing can be verified: " + findings);
        }
        boolean named = findings.stream().anyMatch(finding -> WriterStage.names(finding, table, names));
        if (named || HARMLESS.containsKey(what)) {
            return Optional.empty();
        }
        if (NOT_IN_THE_RECORD.contains(table) && !outcome.equals("page")) {
            return Optional.empty();
        }
        return Optional.of(what + ": " + outcome + ", named only " + findings);
    }

    private static List<Dump.Column> columns(String table) throws SQLException {
        return Dump.columns().stream()
                .filter(column -> column.table().equals(table))
                .toList();
    }

    @Test
    void a_row_that_is_deleted_added_or_swapped_is_named_with_its_table_or_its_name_in_the_log() throws Exception {
        List<String> wrong = new ArrayList<>();
        int swapped = 0;
        for (WriterStage.Attack attack : stage.attacks(courier)) {
            String table = attack.table();
            if (table.equals("grant_copy")) {
                // A copy is made anew from the grant, and only saves time.
                continue;
            }
            Set<String> names = writer.logNames(table, attack.row());
            TreeSet<String> sound = named();
            spoil(attack, "deleted", "delete from " + table + " where " + attack.row(), sound, names, wrong);
            if (!table.equals("directory_statement") && !NOT_IN_THE_RECORD.contains(table)) {
                // The chain of the directory has a test of its own; a session without its cookie opens nothing.
                spoil(attack, "added", copyOf(attack), sound, Set.of(), wrong);
                Optional<String> swap = swapOf(attack);
                if (swap.isPresent()) {
                    swapped++;
                    spoil(attack, "swapped", swap.get(), sound, names, wrong);
                }
            }
            assertEquals("page", Outcome.of(attack.opening().open()), table + " put back");
        }
        assertEquals(List.of(), wrong);
        assertTrue(swapped > 10, "only " + swapped + " tables had two rows");
    }

    private void spoil(
            WriterStage.Attack attack,
            String how,
            String statement,
            TreeSet<String> sound,
            Set<String> names,
            List<String> wrong)
            throws Exception {
        try (Tamperer.Undo undo = writer.change(attack.table(), statement)) {
            String outcome = Outcome.of(attack.opening().open());
            TreeSet<String> now = named();
            now.removeAll(sound);
            boolean grant =
                    attack.table().equals("access_grant") || attack.table().equals("recovery_wrap");
            if (grant && how.equals("deleted") && now.stream().anyMatch(finding -> finding.startsWith("row.missing"))) {
                return;
            }
            judge(attack.table() + " " + how, attack.table(), outcome, now, names)
                    .ifPresent(wrong::add);
        }
    }

    /** A second row like the first; of a table with one row a case, for a case of its own. */
    private static String copyOf(WriterStage.Attack attack) throws SQLException {
        boolean single = ONE_A_CASE.contains(attack.table());
        List<Dump.Column> columns = columns(attack.table());
        String names = columns.stream().map(c -> Dump.quoted(c.name())).collect(Collectors.joining(", "));
        String values = columns.stream()
                .map(c -> single && c.name().equals("case_id")
                        ? "gen_random_uuid()"
                        : UNIQUE.getOrDefault(c.name(), Dump.quoted(c.name())))
                .collect(Collectors.joining(", "));
        return "insert into " + attack.table() + " (" + names + ") select " + values + " from " + attack.table()
                + " where " + attack.row();
    }

    /** The ciphertexts of the row in place of those of another one, and the other way round. */
    private Optional<String> swapOf(WriterStage.Attack attack) throws SQLException {
        String table = attack.table();
        String one = writer.ask("select id::text from " + table + " where " + attack.row())
                .get(0);
        List<String> others = writer.ask("select id::text from " + table + " where id <> '" + one + "' limit 1");
        List<String> columns = columns(table).stream()
                .filter(column -> column.type().equals("bytea") && !UNIQUE.containsKey(column.name()))
                .map(column -> Dump.quoted(column.name()))
                .toList();
        if (others.isEmpty() || columns.isEmpty()) {
            return Optional.empty();
        }
        String both = "('" + one + "', '" + others.get(0) + "')";
        return Optional.of("update " + table + " t set "
                + columns.stream().map(c -> c + " = o." + c).collect(Collectors.joining(", "))
                + " from " + table + " o where t.id in " + both + " and o.id in " + both + " and o.id <> t.id");
    }

    @Test
    void rows_that_the_server_replaced_or_removed_are_named_when_they_are_put_back() throws Exception {
        String report = stage.report();
        String answer = stage.answer();
        String parcel = stage.parcel(courier);
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("case_file", "id = '" + caseId + "'");
        rows.put("intake_report", "id = '" + report + "'");
        rows.put("intake_card", "id = '" + report + "'");
        rows.put("reply", "id = '" + answer + "'");
        rows.put("reply_outbox", "id = '" + parcel + "'");
        Map<String, Set<String>> names = new LinkedHashMap<>();
        for (Map.Entry<String, String> row : rows.entrySet()) {
            names.put(row.getKey(), writer.logNames(row.getKey(), row.getValue()));
            writer.run("create temp table old_" + row.getKey() + " as select * from " + row.getKey() + " where "
                    + row.getValue());
        }
        amina.get(address + "/edit");
        amina.submit("main form", Map.of("working", "Rewritten Wren"));
        amina.get("/desk/intake/" + report);
        assertEquals(200, amina.submit("form[action$=/case]", Map.of()).statusCode());
        Visitor exile = Visitor.at(TestStack.report());
        exile.get("/reply");
        exile.submit("form[action=/reply]", Map.of("number", stage.number));
        exile.submit("form:has(input[value=" + answer + "])", Map.of("number", stage.number));
        courier.resume();
        for (int i = 0; writer.count("select count(*) from reply_outbox where id = '" + parcel + "'") > 0; i++) {
            assertTrue(i < 100, "the outbox is not cleared");
            Thread.sleep(300);
        }
        TreeSet<String> sound = named();
        for (Map.Entry<String, String> row : rows.entrySet()) {
            String table = row.getKey();
            writer.run("delete from " + table + " where " + row.getValue());
            writer.run("insert into " + table + " select * from old_" + table);
            TreeSet<String> now = named();
            now.removeAll(sound);
            assertTrue(now.stream().anyMatch(f -> WriterStage.names(f, table, names.get(table))), table + ": " + now);
            if (table.equals("case_file")) {
                assertEquals("tampering", Outcome.of(amina.get(address)));
            }
            if (table.equals("reply")) {
                exile.get("/reply");
                exile.submit("form[action=/reply]", Map.of("number", stage.number));
                assertFalse(exile.last().body().contains("An answer.</"), "a removed answer came back");
            }
        }
        for (Map.Entry<String, String> row : rows.entrySet()) {
            if (!row.getKey().equals("case_file")) {
                writer.run("delete from " + row.getKey() + " where " + row.getValue());
            }
        }
        // The case is left as the writer left it, and belongs to this test alone.
        assertEquals("tampering", Outcome.of(amina.get(address)));
    }

    @Test
    void two_edits_of_a_row_that_change_places_before_they_are_numbered_open_nothing_and_are_named() throws Exception {
        String row = writer.ask("select id::text from case_report where case_id = '" + caseId + "' order by id")
                .get(0);
        String report = address + "/reports/" + row;
        Visitor again = organisation.signedIn("amina");
        Organisation.unlock(again, organisation.passphrase("amina"));
        for (Map.Entry<Visitor, String> second :
                Map.of(amina, "row.order: ", again, "row.older: ").entrySet()) {
            setBack(row, amina, second.getKey(), found -> {
                long lines = tamperingLines();
                HttpResponse<String> page = amina.get(report);
                assertEquals("tampering", Outcome.of(page), second.getValue());
                assertFalse(page.body().contains(" question"), "content is shown");
                assertEquals(lines + 1, tamperingLines());
                assertTrue(found.stream().anyMatch(finding -> finding.startsWith(second.getValue())), found.toString());
            });
        }
        assertEquals("page", Outcome.of(amina.get(report)));
    }

    @Test
    void edits_of_one_row_at_the_same_time_in_one_session_and_in_several_accuse_nobody() throws Exception {
        TreeSet<String> sound = namedBefore();
        String row = writer.ask("select id::text from case_report where case_id = '" + caseId + "' order by id")
                .get(0);
        List<Visitor> hands = new ArrayList<>(List.of(amina));
        // Another window of the same session.
        Visitor window = Visitor.at(TestStack.desk());
        amina.cookieNames().forEach(name -> window.put(name, amina.cookie(name)));
        hands.add(window);
        Visitor again = organisation.signedIn("amina");
        Organisation.unlock(again, organisation.passphrase("amina"));
        hands.add(again);
        ExecutorService threads = Executors.newFixedThreadPool(hands.size());
        try {
            List<Future<Integer>> saved = new ArrayList<>();
            for (Visitor hand : hands) {
                saved.add(threads.submit(() -> editAgainAndAgain(hand, row)));
            }
            int all = 0;
            for (Future<Integer> one : saved) {
                all += one.get();
            }
            assertTrue(all >= ROUNDS, "only " + all + " edits were saved");
        } finally {
            threads.shutdownNow();
        }
        assertEquals("page", Outcome.of(amina.get(address + "/reports/" + row)));
        assertEquals("page", Outcome.of(amina.get(address)));
        TreeSet<String> now = named();
        now.removeAll(sound);
        assertEquals(new TreeSet<>(), now);
    }

    /** How many of the edits were saved; the others met one that was quicker. */
    private int editAgainAndAgain(Visitor who, String row) throws Exception {
        int saved = 0;
        for (int i = 0; i < ROUNDS; i++) {
            if (got(who.get(address + "/reports/" + row + "?edit=yes"))) {
                saved += got(who.submit("main form", answers("Edit " + i))) ? 1 : 0;
            }
            if (got(who.get(address + "/edit"))) {
                got(who.submit("main form", Map.of("summary", "Edit " + i)));
            }
        }
        return saved;
    }

    /** False where a colleague was quicker. */
    private static boolean got(HttpResponse<String> answer) {
        String outcome = Outcome.of(answer);
        assertTrue(Set.of("page", "status-409").contains(outcome), outcome);
        return outcome.equals("page");
    }

    /** What must be found while a row is set back. */
    private interface WhileSetBack {
        void check(TreeSet<String> findings) throws Exception;
    }

    /** Two edits whose places are exchanged in the queue, and the older row in the place of the newer; all of it is put back. */
    private void setBack(String row, Visitor first, Visitor second, WhileSetBack check) throws Exception {
        TreeSet<String> sound = namedBefore();
        String name =
                writer.logNames("case_report", "id = '" + row + "'").iterator().next();
        String ofRow =
                "select %s::text from audit_pending p join audit_entry e on e.id = p.id where e.object_name = '\\x"
                        + name + "' and e.hash is not null order by p.ord desc limit 2";
        try (Tamperer sequencer = new Tamperer("holdfast")) {
            sequencer.run("select pg_advisory_lock(" + SEQUENCER + ")");
            edit(first, row, "Umber question");
            writer.run("create temp table older as select * from case_report where id = '" + row + "'");
            edit(second, row, "Ochre question");
            List<String> ids = writer.ask(ofRow.formatted("e.id"));
            List<String> places = writer.ask(ofRow.formatted("p.ord"));
            String exchange = "delete from audit_pending where id in ('%1$s', '%2$s');"
                    + " insert into audit_pending (ord, id) overriding system value values (%3$s, '%1$s'), (%4$s, '%2$s')";
            try (Tamperer.Undo newer =
                    writer.change("case_report", "delete from case_report where id = '" + row + "'")) {
                writer.run("insert into case_report select * from older");
                writer.run(exchange.formatted(ids.get(0), ids.get(1), places.get(1), places.get(0)));
                TreeSet<String> now = named();
                now.removeAll(sound);
                check.check(now);
            } finally {
                writer.run(exchange.formatted(ids.get(0), ids.get(1), places.get(0), places.get(1)));
                writer.run("drop table older");
            }
        }
        TreeSet<String> after = named();
        after.removeAll(sound);
        assertTrue(after.stream().noneMatch(finding -> finding.startsWith("row.")), after.toString());
    }

    /** With what the form asks of every report; the one that came in has it perhaps not. */
    private static Map<String, String> answers(String text) {
        return Map.of("asked", text, "incidents", "aa.home_visit");
    }

    private void edit(Visitor who, String row, String text) throws Exception {
        who.get(address + "/reports/" + row + "?edit=yes");
        assertEquals(200, who.submit("main form", answers(text)).statusCode());
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
        assertFalse(tenzin.getAll("/desk/cases").contains("Written Wren"));
        TreeSet<String> now = named();
        now.removeAll(before);
        assertFalse(now.isEmpty(), "the verifier does not name a grant that was put back");

        String revocations =
                "act = 'grant.revoked' and id in (select id from audit_sequence order by seq desc limit 20)";
        for (String change : List.of("hash = null", "outcome = 'refused'", "act = 'case.read'", "delete")) {
            try (Tamperer.Undo undo = writer.changeLines(revocations, change)) {
                assertEquals("tampering", Outcome.of(tenzin.get(address)), change);
                assertFalse(tenzin.getAll("/desk/cases").contains("Written Wren"), change);
            }
        }
        outcome = Outcome.of(tenzin.get(address));
        assertTrue(Set.of("nothing", "tampering").contains(outcome), outcome);
        writer.run("delete from access_grant where object_id = '" + caseId
                + "' and id in (select id from kept) and grantee_key <> granter_key");
    }

    @Test
    void an_older_row_does_not_open_when_the_line_of_the_newer_one_is_hidden_or_gone() throws Exception {
        String mine = "case_id = '" + caseId + "'";
        String row = writer.ask(
                        "select id::text from case_report where " + mine + " order by revision desc, id limit 1")
                .get(0);
        String report = address + "/reports/" + row;
        writer.run("create temp table older as select * from case_report where id = '" + row + "'");
        amina.get(report + "?edit=yes");
        assertEquals(200, amina.submit("main form", answers("Later words")).statusCode());
        assertTrue(amina.get(report).body().contains("Later words"));
        awaitNumbered();
        String named =
                writer.logNames("case_report", "id = '" + row + "'").iterator().next();
        String newest =
                "id = (select s.id from audit_sequence s join audit_entry e using (id) where e.object_name = '\\x"
                        + named + "' and e.hash is not null order by s.seq desc limit 1)";
        try (Tamperer.Undo back = writer.change("case_report", "delete from case_report where id = '" + row + "'")) {
            writer.run("insert into case_report select * from older");
            for (String change : List.of("case_name = null", "hash = null", "act = 'grant.x'", "delete")) {
                try (Tamperer.Undo undo = writer.changeLines(newest, change)) {
                    assertEquals("tampering", Outcome.of(amina.get(report)), change);
                    assertEquals("tampering", Outcome.of(amina.get(address)), change);
                }
            }
        }
        assertTrue(amina.get(report).body().contains("Later words"));
    }

    private void awaitNumbered() throws Exception {
        for (int i = 0; writer.count("select count(*) from audit_pending where held_until is null") > 0; i++) {
            assertTrue(i < 100, "the queue does not get empty");
            Thread.sleep(50);
        }
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
