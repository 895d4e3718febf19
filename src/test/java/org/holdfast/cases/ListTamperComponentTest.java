// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * A list shows what the log says was last written, or counts the case as damaged: against a writer of the database who puts old rows and
 * old kept lists back, swaps them and breaks them, and while the entries of what was done have no number yet.
 */
@Order(Integer.MAX_VALUE)
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class ListTamperComponentTest {

    private static final Pattern DAMAGED = Pattern.compile("(\\d+) of your cases cannot be opened");
    private static final Pattern TABLE = Pattern.compile("(?s)<caption>.*?</table>");
    /** The lock under which entries get their numbers. */
    private static final long SEQUENCER = 0x68662d6c6f67L;

    private final Organisation organisation = Organisation.ofTests();
    private Visitor amina;
    private String mine = "";

    @BeforeEach
    void unlock() throws Exception {
        amina = organisation.unlocked("amina");
        mine = keyOf(CaseWork.create(amina, "Whose Whistle"));
    }

    @Test
    void a_kept_list_that_was_rolled_back_is_brought_up_to_date_by_the_log() throws Exception {
        String changed = CaseWork.create(amina, "Before Birch");
        String left = shared("Leaving Lark");
        Visitor tenzin = organisation.unlocked("tenzin");
        anew(amina, mine);
        long damaged = damaged(list(amina));
        CaseWork.sql("drop table if exists kept_list");
        CaseWork.sql("create table kept_list as select * from list_index");
        edit(amina, changed, Map.of("working", "After Alder", "status", "st.open"));
        String made = CaseWork.create(amina, "Later Larch");
        tenzin.get("/desk/cases/" + left);
        tenzin.submit("form[action$=/unassign]:contains(Amina)", Map.of());
        assertFalse(list(amina).contains("Leaving Lark"));

        CaseWork.sql("delete from list_index");
        CaseWork.sql("insert into list_index select * from kept_list");
        String list = list(amina);
        assertTrue(list.contains("After Alder"));
        assertFalse(list.contains("Before Birch"));
        assertTrue(list.contains("/desk/cases/" + made));
        assertFalse(list.contains("Leaving Lark"));
        assertEquals(damaged, damaged(list));
        assertTrue(list(amina, "&status=st.open").contains("After Alder"));
        assertFalse(list(amina, "&status=st.new").contains("After Alder"));
    }

    @Test
    void swapped_kept_lists_show_nobody_the_cases_of_the_other() throws Exception {
        CaseWork.create(amina, "Private Poplar");
        Visitor tenzin = organisation.unlocked("tenzin");
        String his = keyOf(CaseWork.create(tenzin, "Tenzins Thorn"));
        for (String columns : new String[] {"head = o.head, body = o.body", "body = o.body", "head = o.head"}) {
            anew(amina, mine);
            anew(tenzin, his);
            assertEquals(
                    2,
                    alter("update list_index i set " + columns + " from list_index o where i.key_id <> o.key_id"
                            + " and i.key_id in (" + mine + ", " + his + ") and o.key_id in (" + mine + ", " + his
                            + ")"));
            assertFalse(list(tenzin).contains("Private Poplar"), columns);
            assertTrue(list(tenzin).contains("Tenzins Thorn"), columns);
            assertTrue(list(amina).contains("Private Poplar"), columns);
            assertFalse(list(amina).contains("Tenzins Thorn"), columns);
        }
        String renamed = "update list_index set key_id = " + his + " where key_id = " + mine;
        alter("delete from list_index where key_id = " + his);
        anew(amina, mine);
        assertEquals(1, alter(renamed));
        assertFalse(list(tenzin).contains("Private Poplar"));
    }

    @Test
    void a_flipped_bit_in_what_was_kept_has_it_built_anew() throws Exception {
        CaseWork.create(amina, "Flipped Fir");
        anew(amina, mine);
        String before = lines(list(amina));
        for (String part : new String[] {"head", "body"}) {
            for (String place : new String[] {"3", "60", "length(" + part + ") - 1"}) {
                String flip = "update list_index set " + part + " = set_byte(" + part + ", " + place + ", get_byte("
                        + part + ", " + place + ") # 1) where key_id = " + mine;
                assertEquals(1, alter(flip));
                String broken = kept();
                assertEquals(before, lines(list(amina)), part + " " + place);
                assertFalse(kept().equals(broken), "kept anew after " + part + " " + place);
            }
        }
        CaseWork.sql("delete from list_index");
        assertEquals(before, lines(list(amina)));
        assertEquals(1, count("select count(*) from list_index where key_id = " + mine));
    }

    @Test
    void a_summary_that_was_rolled_back_is_counted_and_never_shown() throws Exception {
        String id = CaseWork.create(amina, "Older Oak");
        anew(amina, mine);
        long damaged = damaged(list(amina));
        CaseWork.sql("drop table if exists kept_file");
        CaseWork.sql("create table kept_file as select * from case_file where id = ?", UUID.fromString(id));
        edit(amina, id, Map.of("working", "Newer Nettle", "urgency", "UG3"));
        Runnable back = () -> {
            try {
                CaseWork.sql("update case_file f set summary = k.summary, revision = k.revision, status = k.status,"
                        + " due_day = k.due_day from kept_file k where f.id = k.id");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
        CaseWork.sql("create table if not exists kept_newer as select * from case_file where false");
        CaseWork.sql("insert into kept_newer select * from case_file where id = ?", UUID.fromString(id));

        // What is kept knows the older row, the log a newer one.
        back.run();
        String list = list(amina);
        assertFalse(list.contains("Older Oak"));
        assertEquals(damaged + 1, damaged(list));
        assertEquals(500, amina.get("/desk/cases/" + id).statusCode());

        // What is kept knows the newer row: it is shown as the log has it, and opening the case refuses.
        forward();
        assertTrue(list(amina).contains("Newer Nettle"));
        anew(amina, mine);
        back.run();
        list = list(amina);
        assertTrue(list.contains("Newer Nettle"));
        assertFalse(list.contains("Older Oak"));
        assertEquals(damaged, damaged(list));
        assertEquals(500, amina.get("/desk/cases/" + id).statusCode());

        // Nothing is kept.
        CaseWork.sql("delete from list_index");
        long before = CaseWork.lines("access.tampering", "refused");
        assertEquals(damaged + 1, damaged(amina.get("/desk/cases").body()));
        assertEquals(before + damaged + 1, CaseWork.lines("access.tampering", "refused"));
        list = list(amina);
        assertFalse(list.contains("Older Oak") || list.contains("Newer Nettle"));
        // And it is counted again at the next list, which goes by what was kept.
        assertEquals(damaged + 1, damaged(list(amina)));
        forward();
        assertEquals(damaged, damaged(list(amina)));
        assertTrue(list(amina).contains("Newer Nettle"));
    }

    private static void forward() throws Exception {
        CaseWork.sql("update case_file f set summary = k.summary, revision = k.revision, status = k.status,"
                + " due_day = k.due_day from kept_newer k where f.id = k.id");
    }

    @Test
    void two_swapped_summaries_and_a_deleted_row_are_counted_and_opening_refuses() throws Exception {
        String one = CaseWork.create(amina, "First Fern");
        String two = CaseWork.create(amina, "Second Sedge");
        anew(amina, mine);
        long damaged = damaged(list(amina));
        String swap = "update case_file a set summary = b.summary from case_file b"
                + " where a.id in ('" + one + "', '" + two + "') and b.id in ('" + one + "', '" + two
                + "') and a.id <> b.id";
        assertEquals(2, alter(swap));
        assertEquals(damaged, damaged(list(amina)), "as the log has them");
        assertEquals(500, amina.get("/desk/cases/" + one).statusCode());
        CaseWork.sql("delete from list_index");
        String list = list(amina);
        assertEquals(damaged + 2, damaged(list));
        assertFalse(list.contains("First Fern") || list.contains("Second Sedge"));
        assertEquals(2, alter(swap));
        assertEquals(damaged, damaged(list(amina)));

        anew(amina, mine);
        CaseWork.sql("delete from case_names where case_id = ?", UUID.fromString(two));
        CaseWork.sql("delete from case_file where id = ?", UUID.fromString(two));
        assertTrue(list(amina).contains("Second Sedge"), "what the log says was last written");
        assertEquals(500, amina.get("/desk/cases/" + two).statusCode());
        CaseWork.sql("delete from list_index");
        list = list(amina);
        assertFalse(list.contains("Second Sedge"));
        assertTrue(list.contains("First Fern"));
        assertEquals(damaged + 1, damaged(list));
    }

    @Test
    void what_is_done_shows_at_once_though_its_entries_have_no_number_yet() throws Exception {
        Visitor tenzin = organisation.unlocked("tenzin");
        String his = keyOf(CaseWork.create(tenzin, "Tenzins Teasel"));
        String id = CaseWork.create(amina, "Unnumbered Umber");
        anew(amina, mine);
        anew(tenzin, his);
        String kept;
        try (Connection held = TestStack.superuser("holdfast");
                Statement lock = held.createStatement()) {
            lock.execute("select pg_advisory_lock(" + SEQUENCER + ")");
            edit(amina, id, Map.of("working", "Edited Elder", "status", "st.open", "urgency", "UG3"));
            String made = CaseWork.create(amina, "Fresh Fennel");
            String list = list(amina);
            assertTrue(list.contains("Edited Elder"));
            assertFalse(list.contains("Unnumbered Umber"));
            assertTrue(list.contains("/desk/cases/" + made));
            assertTrue(list(amina, "&urgency=UG3&status=st.open").contains("Edited Elder"));

            assertFalse(list(tenzin).contains("Edited Elder"));
            assign(id);
            assertTrue(list(tenzin).contains("Edited Elder"));
            assertTrue(list(tenzin, "&owner=me").contains("Edited Elder"));
            kept = "select encode(head, 'base64') from list_index where key_id = " + his;

            // He takes over: the owner changes, and she no longer holds it.
            tenzin.get("/desk/cases/" + id);
            assertEquals(
                    200,
                    tenzin.submit("form[action$=/unassign]:contains(Amina)", Map.of())
                            .statusCode());
            assertTrue(list(tenzin).matches("(?s).*Edited Elder.{0,600}Tenzin.*"));
            assertEquals(0, count("select count(*) from list_index where key_id = " + mine));
            assertFalse(list(amina).contains("Edited Elder"));
            assertTrue(count("select count(*) from audit_pending") > 10, "none of this had a number");
        }
        assertTrue(list(tenzin).contains("Edited Elder"));
        assertFalse(text(kept).isEmpty());
    }

    @Test
    void a_revoked_grant_takes_its_case_out_of_the_list_whatever_is_put_back() throws Exception {
        String id = shared("Revoked Rowan");
        Visitor tenzin = organisation.unlocked("tenzin");
        assertTrue(list(tenzin).contains("Revoked Rowan"));
        for (String table : new String[] {"list_index", "access_grant", "grant_copy"}) {
            CaseWork.sql("drop table if exists put_" + table);
            CaseWork.sql("create table put_" + table + " as select * from " + table);
        }
        amina.get("/desk/cases/" + id);
        amina.submit("form[action$=/unassign]:contains(Tenzin)", Map.of());
        assertFalse(list(tenzin).contains("Revoked Rowan"));

        CaseWork.sql("delete from list_index");
        CaseWork.sql("insert into list_index select * from put_list_index");
        assertFalse(list(tenzin).contains("Revoked Rowan"), "with the kept list put back");
        CaseWork.sql(
                "insert into access_grant select * from put_access_grant where id not in (select id from access_grant)"
                        + " and object_id = '" + id + "'");
        CaseWork.sql("insert into grant_copy select * from put_grant_copy where id in (select id from access_grant"
                + " where object_id = '" + id + "') and id not in (select id from grant_copy)");
        assertFalse(list(tenzin).contains("Revoked Rowan"), "with the grants put back too");
        CaseWork.sql("delete from list_index");
        assertFalse(list(tenzin).contains("Revoked Rowan"), "built anew");
        alter("delete from access_grant where object_id = '" + id + "' and id in (select id from put_access_grant)"
                + " and grantee_key <> granter_key");
    }

    @Test
    void an_altered_entry_since_the_last_list_hides_nothing() throws Exception {
        String id = CaseWork.create(amina, "Hidden Hazel");
        anew(amina, mine);
        edit(amina, id, Map.of("working", "Told Teazle"));
        settled();
        String newest =
                "(select e.id from audit_entry e join audit_sequence s on s.id = e.id where e.act = 'case.written'"
                        + " order by s.seq desc limit 1)";
        try (Connection writer = TestStack.superuser("holdfast");
                Statement sql = writer.createStatement()) {
            sql.execute("set session_replication_role = replica");
            sql.execute("create temp table entry as select * from audit_entry where id = " + newest);
            sql.execute(
                    "update audit_entry set act = 'case.read', object_name = null, hash = null where id in (select id from entry)");
            String list = list(amina);
            // Not even its copies find the entry now; what the list shows is held to the hash that the log still has,
            // or counted.
            assertFalse(list.contains("Hidden Hazel") && damaged(list) == 0);
            assertFalse(list.contains("Told Teazle"));
            sql.execute("delete from audit_entry where id in (select id from entry)");
            sql.execute("insert into audit_entry select * from entry");
        }
        assertTrue(list(amina).contains("Told Teazle"));
    }

    @Test
    void a_summary_that_does_not_open_has_its_line_when_the_log_is_read_by_case() throws Exception {
        String id = CaseWork.create(amina, "Labelled Lime");
        Visitor sara = organisation.unlocked("sara");
        assertTrue(sara.get("/oversight/log").body().contains("Labelled Lime"));
        CaseWork.sql("delete from list_index");
        long damaged = damaged(list(sara));
        CaseWork.sql("delete from list_index");
        CaseWork.sql("update case_file set revision = revision + 1 where id = ?", UUID.fromString(id));
        long before = CaseWork.lines("access.tampering", "refused");
        assertFalse(sara.get("/oversight/log").body().contains("Labelled Lime"));
        assertEquals(before + damaged + 1, CaseWork.lines("access.tampering", "refused"));
        CaseWork.sql("update case_file set revision = revision - 1 where id = ?", UUID.fromString(id));
        assertTrue(sara.get("/oversight/log").body().contains("Labelled Lime"));
    }

    /** Waits until every entry has its number: what has none is read again at the next list. */
    private static void settled() throws Exception {
        for (int i = 0; count("select count(*) from audit_pending where held_until is null") > 0; i++) {
            assertTrue(i < 400, "entries wait for their number");
            Thread.sleep(50);
        }
    }

    /** Has what is kept built now. */
    private static void anew(Visitor who, String key) throws Exception {
        settled();
        alter("delete from list_index where key_id = " + key);
        list(who);
        assertEquals(1, count("select count(*) from list_index where key_id = " + key));
    }

    private String shared(String working) throws Exception {
        String id = CaseWork.create(amina, working);
        assign(id);
        return id;
    }

    private void assign(String id) throws Exception {
        amina.get("/desk/cases/" + id);
        String to = amina.page()
                .select("form[action$=/assign] option:contains(Tenzin)")
                .attr("value");
        assertEquals(
                200, amina.submit("form[action$=/assign]", Map.of("to", to)).statusCode());
    }

    private static void edit(Visitor who, String id, Map<String, String> fields) throws Exception {
        who.get("/desk/cases/" + id + "/edit");
        assertEquals(200, who.submit("main form", fields).statusCode());
        assertEquals("/desk/cases/" + id, who.last().uri().getPath());
    }

    private static String list(Visitor who) throws Exception {
        return list(who, "");
    }

    private static String list(Visitor who, String filter) throws Exception {
        return who.getAll("/desk/cases?sort=opened" + filter);
    }

    private static String lines(String list) {
        return TABLE.matcher(list).results().map(MatchResult::group).collect(Collectors.joining());
    }

    private static long damaged(String list) {
        Matcher number = DAMAGED.matcher(list);
        return number.find() ? Long.parseLong(number.group(1)) : 0;
    }

    private String kept() throws Exception {
        return text("select encode(head, 'base64') || encode(body, 'base64') from list_index where key_id = " + mine);
    }

    /** The key of the person who alone holds all of a case, as it is written in a statement. */
    private static String keyOf(String caseId) throws Exception {
        return text("select '''\\x' || encode(grantee_key, 'hex') || '''::bytea' from access_grant where object_id = '"
                + caseId + "' and compartment = 2");
    }

    private static String text(String question) throws Exception {
        try (Connection db = TestStack.superuser("holdfast");
                Statement sql = db.createStatement();
                ResultSet row = sql.executeQuery(question)) {
            assertTrue(row.next(), question);
            return row.getString(1);
        }
    }

    private static long count(String question) throws Exception {
        return Long.parseLong(text(question));
    }

    private static int alter(String statement) throws Exception {
        try (Connection db = TestStack.superuser("holdfast");
                Statement sql = db.createStatement()) {
            return sql.executeUpdate(statement);
        }
    }
}
