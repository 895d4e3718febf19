// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.holdfast.access.Bracket;
import org.holdfast.audit.Act;
import org.holdfast.audit.ActingNow;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.audit.Pseudonym;
import org.holdfast.audit.RowHash;
import org.holdfast.crypto.ObjectType;
import org.holdfast.local.DemonstrationLogin;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The eight words prove who holds the keys, whoever writes to the database or can log in as somebody else. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class EnrolmentComponentTest {

    private static final DemonstrationLogin LOGIN = DemonstrationLogin.NEWCOMERS.get(3);
    private static final String SIX = "main form[action=/desk/enrol]";
    private static final String DECLINE = ".request form[action$=/decline]";

    private final Organisation organisation = Organisation.ofTests();
    private Visitor sara;

    @BeforeEach
    @AfterEach
    void nobody_waits() throws Exception {
        sara = organisation.unlocked("sara");
        sara.get("/oversight/people");
        while (!sara.page().select(DECLINE).isEmpty()) {
            assertEquals(200, sara.submit(DECLINE, Map.of()).statusCode());
        }
    }

    /** Somebody who asked, what she was shown, and her six words. */
    private record Asker(Visitor visitor, String passphrase, String kit, String words) {}

    private static Visitor loggedIn() throws Exception {
        Visitor visitor = Visitor.at(TestStack.desk());
        visitor.signIn(LOGIN);
        return visitor;
    }

    private static Asker asks(Visitor visitor, String name) throws Exception {
        visitor.get("/desk/enrol");
        visitor.submit("main form", Map.of());
        String passphrase = visitor.text("#passphrase-shown");
        String kit = visitor.text("#kit");
        HttpResponse<String> asked = visitor.submit("main form", Map.of("passphrase", passphrase, "name", name));
        assertEquals(200, asked.statusCode());
        return new Asker(visitor, passphrase, kit, visitor.text("#words"));
    }

    private static HttpResponse<String> types(Visitor visitor, String six) throws Exception {
        visitor.get("/desk/enrol");
        return visitor.submit(SIX, Map.of("passphrase", six));
    }

    private static void showsNoWords(Visitor visitor, String... never) {
        assertNull(visitor.page().selectFirst("#words"), visitor.text("main"));
        for (String words : never) {
            assertFalse(visitor.last().body().contains(words), "words of keys that are not hers");
        }
    }

    private String supervisorSees() throws Exception {
        sara.get("/oversight/people");
        return sara.text(".request .words");
    }

    private static long lines(Act act) throws Exception {
        return Office.count("select count(*) from audit_entry where act = ?", act.code());
    }

    @Test
    void her_six_words_or_her_kit_show_the_eight_words_again_and_her_login_alone_does_not() throws Exception {
        Asker vera = asks(loggedIn(), "Vera");
        assertEquals(vera.words(), supervisorSees());
        for (String address : List.of("/desk", "/desk/enrol")) {
            assertEquals(200, vera.visitor().get(address).statusCode());
            showsNoWords(vera.visitor(), vera.words());
        }
        for (String typed : List.of(vera.passphrase(), vera.kit())) {
            assertEquals(200, types(vera.visitor(), typed).statusCode());
            assertEquals(vera.words(), vera.visitor().text("#words"));
        }
        assertEquals(422, types(vera.visitor(), " ").statusCode());
        long before = lines(Act.SESSION_UNLOCK_REFUSED);
        assertEquals(422, types(vera.visitor(), organisation.passphrase("noor")).statusCode());
        showsNoWords(vera.visitor(), vera.words(), organisation.passphrase("noor"));
        assertEquals(before + 1, lines(Act.SESSION_UNLOCK_REFUSED), "a try is no line");
        assertEquals(200, types(vera.visitor(), vera.passphrase()).statusCode(), "a mistyped word is no end");
    }

    @Test
    void a_database_writer_who_takes_the_place_of_a_newcomer_has_no_page_of_hers_show_his_words() throws Exception {
        Asker vera = asks(loggedIn(), "Vera");
        Office.alter("create table taken_request as select * from enrolment_request");
        byte[] tag = loginTag();
        try (UserKeys his = UserKeys.generate(UUID.randomUUID())) {
            Office.alter("delete from enrolment_request");
            plant(row(his, tag, "caseworker", "Vera"));
            String fake = supervisorSees();
            assertNotEquals(vera.words(), fake);
            assertEquals("Vera", sara.text(".request h3"), "the supervisor cannot tell by the page alone");
            for (String address : List.of("/desk", "/desk/enrol")) {
                vera.visitor().get(address);
                showsNoWords(vera.visitor(), fake);
            }
            assertEquals(422, types(vera.visitor(), vera.passphrase()).statusCode());
            showsNoWords(vera.visitor(), fake);
            assertTrue(
                    vera.visitor().text("main").contains("Nobody was let in"),
                    vera.visitor().text("main"));
            assertTrue(vera.visitor().text("main").contains("take the request away"));

            // Her slots under his id do not help him either: a slot opens for nobody but its own person.
            Office.alter("delete from staff_slot where staff_id = ?", his.staffId());
            Office.alter(
                    "create table taken_slot as select * from staff_slot where staff_id = (select id from taken_request)");
            Office.alter(
                    "update staff_slot set staff_id = ? where staff_id = (select id from taken_request)",
                    his.staffId());
            assertEquals(422, types(vera.visitor(), vera.passphrase()).statusCode());
            showsNoWords(vera.visitor(), fake);
            Office.alter(
                    "update staff_slot set staff_id = (select id from taken_request) where staff_id = ?",
                    his.staffId());

            sara.get("/oversight/people");
            assertEquals(200, sara.submit(DECLINE, Map.of()).statusCode());
        } finally {
            Office.alter("delete from enrolment_request");
            Office.alter("insert into enrolment_request select * from taken_request");
            Office.alter("drop table if exists taken_request, taken_slot");
        }
        assertEquals(200, types(vera.visitor(), vera.passphrase()).statusCode(), "her own request is as it was");
        assertEquals(vera.words(), vera.visitor().text("#words"));
    }

    @Test
    void other_keys_or_roles_in_her_own_request_are_an_alarm_and_a_line_and_show_no_words() throws Exception {
        Asker vera = asks(loggedIn(), "Vera");
        UUID id = request();
        byte[] tag = loginTag();
        try (UserKeys his = UserKeys.generate(id)) {
            Office.alter("create table taken_request as select * from enrolment_request");
            RequestStore.Row row = row(his, tag, "caseworker", "Vera");
            Object[][] changes = {
                {
                    "update enrolment_request set sign_key = ?, wrap_key = ?, proof = ?",
                    row.signKey(),
                    row.wrapKey(),
                    row.proof()
                },
                {"update enrolment_request set wrap_key = ?", row.wrapKey()},
                {"update enrolment_request set sign_key = ?", row.signKey()},
                {"update enrolment_request set roles = ?", "supervisor,caseworker"},
            };
            for (Object[] change : changes) {
                String sql = (String) change[0];
                assertEquals(1, Office.alter(sql, Arrays.copyOfRange(change, 1, change.length)));
                String seen = supervisorSees();
                long before = lines(Act.ACCESS_TAMPERING);
                assertEquals(409, types(vera.visitor(), vera.passphrase()).statusCode(), sql);
                showsNoWords(vera.visitor(), seen, vera.words());
                assertTrue(
                        vera.visitor().text("main").contains("Nobody was let in"),
                        vera.visitor().text("main"));
                assertEquals(before + 1, lines(Act.ACCESS_TAMPERING), sql);
                Office.alter("delete from enrolment_request");
                Office.alter("insert into enrolment_request select * from taken_request");
            }
            assertEquals(200, types(vera.visitor(), vera.passphrase()).statusCode());
        } finally {
            Office.alter("drop table if exists taken_request");
        }
    }

    @Test
    void who_logs_in_as_a_newcomer_and_asks_in_her_name_has_no_page_of_hers_show_his_words() throws Exception {
        Asker administrator = asks(loggedIn(), "Nadia");
        Visitor nadia = Visitor.at(TestStack.desk());
        nadia.signIn(LOGIN);
        showsNoWords(nadia, administrator.words());
        nadia.get("/desk/enrol");
        showsNoWords(nadia, administrator.words());
        assertTrue(nadia.text("main").contains("somebody else asked in your name"), nadia.text("main"));
        assertEquals(422, types(nadia, "six words that are of nobody").statusCode());
        showsNoWords(nadia, administrator.words());

        assertEquals(administrator.words(), supervisorSees());
        assertEquals(200, sara.submit(DECLINE, Map.of()).statusCode());
        Asker herself = asks(nadia, "Nadia");
        assertNotEquals(administrator.words(), herself.words());
        assertEquals(herself.words(), supervisorSees());
        assertEquals(
                422, types(administrator.visitor(), administrator.passphrase()).statusCode());
        showsNoWords(administrator.visitor(), herself.words(), administrator.words());
    }

    @Test
    void keys_that_she_made_while_somebody_else_asked_in_her_name_are_not_stored_and_she_is_told() throws Exception {
        Visitor nadia = loggedIn();
        nadia.get("/desk/enrol");
        nadia.submit("main form", Map.of());
        String passphrase = nadia.text("#passphrase-shown");
        Asker administrator = asks(loggedIn(), "Nadia");
        nadia.submit("main form", Map.of("passphrase", passphrase, "name", "Nadia"));
        assertTrue(nadia.text("main").contains("somebody else asked in your name"), nadia.text("main"));
        showsNoWords(nadia, administrator.words());
        assertEquals(422, types(nadia, passphrase).statusCode());
    }

    @Test
    void a_request_that_is_taken_away_is_gone_with_its_keys_is_a_line_and_she_can_ask_anew() throws Exception {
        Asker vera = asks(loggedIn(), "Vera");
        UUID id = request();
        Visitor late = organisation.unlocked("sara");
        late.get("/oversight/people");
        Visitor later = organisation.unlocked("sara");
        later.get("/oversight/people");
        vera.visitor().get("/desk/enrol");

        List<String> rows = called(id);
        long before = lines(Act.ENROLMENT_DECLINED);
        sara.get("/oversight/people");
        assertEquals(200, sara.submit(DECLINE, Map.of()).statusCode());
        assertEquals(before + 1, lines(Act.ENROLMENT_DECLINED));
        for (String table :
                List.of("enrolment_request where id", "staff_slot where staff_id", "staff_state where staff_id")) {
            assertEquals(0, Office.count("select count(*) from " + table + " = ?", id), table);
        }
        assertEquals(409, late.submit(DECLINE, Map.of()).statusCode());
        assertTrue(late.text("main").contains("This request is gone"), late.text("main"));
        assertEquals(
                409,
                later.submit(".request form[action$=/approve]", Map.of("compared", "yes"))
                        .statusCode());
        assertTrue(later.text("main").contains("This request is gone"), later.text("main"));
        assertEquals(before + 1, lines(Act.ENROLMENT_DECLINED));

        assertEquals(
                200,
                vera.visitor()
                        .submit(SIX, Map.of("passphrase", vera.passphrase()))
                        .statusCode());
        assertTrue(vera.visitor().text("main").contains("No request waits in your name any more"));
        assertNotEquals(vera.words(), asks(vera.visitor(), "Vera").words());
        sara.get("/oversight/log");
        assertTrue(sara.text("main").contains("took away a request to be let in"), sara.text("main"));
        sara.submit("form[action=/oversight/log/verify]", Map.of());
        assertFalse(sara.page().select("#verdict").isEmpty(), sara.text("main"));
        assertTrue(rows.stream().noneMatch(sara.text("main")::contains), "a row that was taken away is missed");
    }

    /** What the log calls the rows of a request. */
    private static List<String> called(UUID request) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection reader = TestStack.superuser("holdfast");
                java.sql.Statement sql = reader.createStatement();
                ResultSet row = sql.executeQuery("select '" + request + "' union select id::text from staff_slot"
                        + " where staff_id = '" + request + "'")) {
            while (row.next()) {
                rows.add(row.getString(1).replace("-", ""));
            }
        }
        assertTrue(rows.size() > 2, rows.toString());
        return rows;
    }

    @Test
    void nobody_but_an_unlocked_supervisor_takes_a_request_away() throws Exception {
        asks(loggedIn(), "Vera");
        UUID id = request();
        sara.get("/oversight/people");
        String address = "/oversight/people/" + id + "/decline";
        String ticket = sara.page().select(DECLINE + " input[name=ticket]").val();
        for (String other : List.of("amina", "audrey", "adrian")) {
            assertEquals(
                    403,
                    organisation
                            .unlocked(other)
                            .post(address, Map.of("ticket", ticket))
                            .statusCode(),
                    other);
        }
        assertEquals(403, loggedIn().post(address, Map.of("ticket", ticket)).statusCode());
        sara.submit("form[action=/desk/lock]", Map.of());
        assertEquals(403, sara.post(address, Map.of("ticket", ticket)).statusCode());
        assertEquals(1, Office.count("select count(*) from enrolment_request where id = ?", id));
        assertEquals(4, Office.count("select count(*) from staff_slot where staff_id = ?", id));
    }

    @Test
    void a_planted_request_can_be_taken_away_and_one_with_the_id_of_a_colleague_costs_her_nothing() throws Exception {
        UUID noor = Office.inRequest(() -> Office.bean(Directory.class).people().stream()
                .map(Person::staffId)
                .toList()
                .get(3));
        assertEquals(4, Office.count("select count(*) from staff_slot where staff_id = ?", noor));
        Office.alter(
                "insert into enrolment_request (id, tenant, login_tag, roles, sign_key, wrap_key, proof, sealed_name, day)"
                        + " select ?, tenant, sha256('planted'), 'king', sha256('b'), decode(repeat('00', 1216), 'hex'),"
                        + " decode(repeat('00', 64), 'hex'), decode(repeat('00', 1500), 'hex'), current_date"
                        + " from staff_name limit 1",
                noor);
        assertEquals(200, sara.get("/oversight/people").statusCode());
        assertEquals("A request that was altered", sara.text(".request h3"));
        assertEquals(200, sara.submit(DECLINE, Map.of()).statusCode());
        assertEquals(0, Office.count("select count(*) from enrolment_request"));
        assertEquals(4, Office.count("select count(*) from staff_slot where staff_id = ?", noor));
        assertEquals(1, Office.count("select count(*) from staff_state where staff_id = ?", noor));
    }

    private static UUID request() {
        return new Sql(Office.bean(DataSource.class))
                .first("select id from enrolment_request", row -> Sql.uuid(row, "id"))
                .orElseThrow();
    }

    private static byte[] loginTag() {
        return new Sql(Office.bean(DataSource.class))
                .first("select login_tag from enrolment_request", row -> row.getBytes("login_tag"))
                .orElseThrow();
    }

    /** What a writer can make of public values: the tag stands in the row, the staff key in the directory. */
    private static RequestStore.Row row(UserKeys keys, byte[] tag, String roles, String name) throws Exception {
        Chain chain = Office.inRequest(() -> Office.bean(Directory.class).known());
        byte[] sealed = Hybrid.seal(
                ObjectType.FIELD,
                chain.newest(Statement.Kind.STAFF_KEY),
                Enrolment.nameContext(chain, keys.staffId()),
                name.getBytes(StandardCharsets.UTF_8));
        byte[] proof = keys.sign(RequestStore.Row.signedBytes(
                chain.tenant(), keys.staffId(), tag, roles, keys.signKey(), keys.wrapKey()));
        return new RequestStore.Row(
                keys.staffId(), tag, roles, keys.signKey(), keys.wrapKey(), proof, sealed, LocalDate.now());
    }

    /** Puts a request there past the server, with the line that a newcomer's has: nobody signs it, so he can write it. */
    private static void plant(RequestStore.Row row) throws Exception {
        Office.alter(
                "insert into enrolment_request (id, tenant, login_tag, roles, sign_key, wrap_key, proof, sealed_name, day)"
                        + " select ?, tenant, ?, ?, ?, ?, ?, ?, current_date from staff_name limit 1",
                row.id(),
                row.loginTag(),
                row.roles(),
                row.signKey(),
                row.wrapKey(),
                row.proof(),
                row.sealedName());
        Office.inRequest(() -> {
            Office.bean(ActingNow.class).actor(null, false);
            return Office.bean(Bracket.class)
                    .write(() -> Office.bean(AuditLog.class)
                            .record(AuditEvent.of(Act.ENROLMENT_REQUESTED)
                                    .on(Pseudonym.ofRow(row.id()))
                                    .hash(Office.bean(RowHash.class).of(RequestStore.TABLE, row.id()))));
        });
    }
}
