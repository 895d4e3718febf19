// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.scheduler.Scheduler;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.holdfast.local.DemonstrationLogin;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;

/**
 * A case with a row in every table, for a writer of the database to spoil: made of a report with a return number, with a person, a second
 * report, an answer in its mailbox and one on its way, a report in the queue and somebody who asked to be let in.
 */
final class WriterStage {
    static final String SECRET_WORDS = "words of the account";
    static final String NAME = "Written Wren";

    /** Opens a table, or tries to. */
    interface Opening {
        HttpResponse<String> open() throws Exception;
    }

    /** Where a table is opened, and which of its rows by that. */
    record Attack(String table, String row, Opening opening) {}

    final Organisation organisation;
    final Visitor amina;
    final Visitor audrey;
    final String address;
    final String caseId;
    final String number;

    private final Tamperer writer;

    WriterStage(Organisation organisation, Tamperer writer) throws Exception {
        this.organisation = organisation;
        this.writer = writer;
        amina = organisation.unlocked("amina");
        audrey = organisation.unlocked("audrey");
        Visitor reporter = reporter();
        reporter.submit("form:has(input[name=proof])", Map.of());
        number = reporter.text("#number").replace(" ", "");
        amina.get("/desk/intake/" + reports().get(0));
        address = done(amina.submit("form[action$=/case]", Map.of())).uri().getPath();
        caseId = address.replaceFirst(".*/", "");
        amina.get(address + "/edit");
        done(amina.submit("main form", Map.of("working", NAME)));
        amina.get(address + "/person");
        done(amina.submit("main form", Map.of("role", "pr.person_at_risk")));
        amina.get(address + "/reports/new/b");
        done(amina.submit("main form", Map.of("incidents", "aa.home_visit", "narrative", SECRET_WORDS)));
        assertEquals("page", Outcome.of(amina.get(address)));
    }

    private static HttpResponse<String> done(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode());
        return answer;
    }

    /** The reports that this stage has sent, the last one first. */
    private final List<String> sent = new ArrayList<>();

    private List<String> reports() {
        return sent;
    }

    /** Somebody who has just sent a report and sees the confirmation. */
    private Visitor reporter() throws Exception {
        Visitor reporter = Visitor.at(TestStack.report());
        reporter.get("/form/b");
        done(reporter.submit(
                "form[action=/form/b]", Map.of("narrative", SECRET_WORDS, "name", SECRET_WORDS, "step", "send")));
        sent.add(0, reporter.page().selectFirst("input[name=report]").val());
        return reporter;
    }

    /** A report that waits in the queue. */
    String report() throws Exception {
        reporter();
        return sent.get(0);
    }

    /** An answer that lies in its mailbox; the id of its row. */
    String answer() throws Exception {
        List<String> before = writer.ask("select id::text from reply");
        write("An answer.");
        for (int i = 0; i < 80; i++) {
            List<String> now = writer.ask("select id::text from reply");
            now.removeAll(before);
            if (!now.isEmpty()) {
                return now.get(0);
            }
            Thread.sleep(250);
        }
        throw new AssertionError("no answer was delivered");
    }

    /** An answer that stays on its way while nothing is delivered; the id of its row. */
    String parcel(Scheduler courier) throws Exception {
        courier.pause();
        List<String> before = writer.ask("select id::text from reply_outbox");
        write("An answer on its way.");
        List<String> now = writer.ask("select id::text from reply_outbox");
        now.removeAll(before);
        return now.get(0);
    }

    private void write(String text) throws Exception {
        amina.get(address);
        done(amina.submit("form[action$=/reply]", Map.of("text", text)));
    }

    /** Somebody who waits to be let in; the id of the row. */
    String request() throws Exception {
        List<String> waiting = writer.ask("select id::text from enrolment_request");
        if (waiting.isEmpty()) {
            Visitor asker = Visitor.at(TestStack.desk());
            asker.signIn(DemonstrationLogin.NEWCOMERS.get(3));
            asker.get("/desk/enrol");
            asker.submit("main form", Map.of());
            done(asker.submit("main form", Map.of("passphrase", asker.text("#passphrase-shown"), "name", "Asker")));
            waiting = writer.ask("select id::text from enrolment_request");
        }
        return waiting.get(0);
    }

    /** Amina's random id. */
    String me() throws SQLException {
        return writer.ask(
                        "select staff_id::text from unlocked_session s join access_grant g on g.grantee_key = s.key_id"
                                + " where g.object_id = '" + caseId + "' and g.compartment = 2")
                .get(0);
    }

    /** Every table that the server opens or verifies; leaves the courier paused. */
    List<Attack> attacks(Scheduler courier) throws Exception {
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
        String me = me();
        String ofCase = "case_id = '" + caseId + "'";
        List<Attack> attacks = new ArrayList<>();
        attacks.add(new Attack("case_file", "id = '" + caseId + "'", file));
        for (String table : List.of("case_report", "case_names", "case_original_content", "case_original_identity")) {
            attacks.add(new Attack(table, oneOf(table, ofCase), file));
        }
        attacks.add(new Attack("case_mailbox", oneOf("case_mailbox", ofCase), file));
        attacks.add(new Attack("case_person", oneOf("case_person", ofCase), persons));
        String mine = "object_id = '" + caseId + "' and compartment = 3 and grantee_key ="
                + " (select key_id from unlocked_session where staff_id = '" + me + "' limit 1)";
        attacks.add(new Attack("access_grant", mine, file));
        attacks.add(new Attack("grant_copy", "id in (select id from access_grant where " + mine + ")", file));
        attacks.add(new Attack("recovery_wrap", "object_id = '" + caseId + "' and compartment = 3", file));
        String report = report();
        attacks.add(new Attack("intake_report", "id = '" + report + "'", () -> amina.get("/desk/intake/" + report)));
        attacks.add(new Attack("intake_card", "id = '" + report + "'", () -> amina.get("/desk/intake/" + report)));
        attacks.add(new Attack("staff_slot", "staff_id = '" + me + "' and position = 0", unlocking));
        attacks.add(new Attack("staff_state", "staff_id = '" + me + "'", unlocking));
        attacks.add(new Attack("staff_name", "staff_id = '" + me + "'", file));
        attacks.add(new Attack("directory_statement", "number = (select max(number) from directory_statement)", file));
        Visitor sara = organisation.unlocked("sara");
        attacks.add(new Attack("enrolment_request", "id = '" + request() + "'", () -> sara.get("/oversight/people")));
        Visitor exile = Visitor.at(TestStack.report());
        attacks.add(new Attack("reply", "id = '" + answer() + "'", () -> {
            exile.get("/reply");
            return exile.submit("form[action=/reply]", Map.of("number", number));
        }));
        attacks.add(new Attack("reply_outbox", "id = '" + parcel(courier) + "'", file));
        attacks.add(new Attack("case_message", oneOf("case_message", ofCase), file));
        String cookie = amina.cookie("__Host-hfk");
        Opening session = () -> {
            // The server takes the cookie away when its session is gone; a thief of the machine cannot.
            amina.put("__Host-hfk", cookie);
            return amina.get(address);
        };
        attacks.add(new Attack("unlocked_session", "staff_id = '" + me + "'", session));
        Opening login = () -> {
            // Without the cookies of Keycloak, which would log her in again without a question.
            Visitor again = Visitor.at(TestStack.desk());
            amina.cookieNames().forEach(name -> again.put(name, amina.cookie(name)));
            return again.get(address);
        };
        attacks.add(new Attack(
                "oidc_session", "sid in (select sid from unlocked_session where staff_id = '" + me + "')", login));
        sara.get(address);
        done(sara.submit("form[action$=/ask]", Map.of("because", "ar.supervision", "words", SECRET_WORDS)));
        attacks.add(new Attack("case_request", oneOf("case_request", ofCase), file));
        return attacks;
    }

    /** One row, where there may be several. */
    private String oneOf(String table, String where) throws SQLException {
        return "id = '"
                + writer.ask("select id::text from " + table + " where " + where + " order by id")
                        .get(0) + "'";
    }

    private String firstReason() {
        return amina.page()
                .select("form[action$=/identity] select[name=reason] option[value]:not([value=''])")
                .get(0)
                .val();
    }

    /**
     * Whether a finding names the row that was attacked: by its table, or, where it is gone, by what the log calls it.
     *
     * @param finding kind and sentence
     * @param logNames names in the log of the rows that were attacked, from {@link Tamperer#logNames}
     */
    static boolean names(String finding, String table, Set<String> logNames) {
        boolean grant = table.equals("access_grant") || table.equals("recovery_wrap");
        String called = grant ? "access_grant" : table;
        if (table.equals("directory_statement") && finding.startsWith("directory.")) {
            return true;
        }
        if (table.equals("unlocked_session") && finding.startsWith("session.")) {
            return true;
        }
        return finding.contains(" of " + called + " ") || logNames.stream().anyMatch(finding::contains);
    }
}
