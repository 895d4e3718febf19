// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.holdfast.access.Bracket;
import org.holdfast.audit.Act;
import org.holdfast.audit.ActingNow;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.audit.RowHash;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.holdfast.rules.report.Answers;
import org.holdfast.rules.report.ReportIdentity;
import org.holdfast.vault.Card;
import org.holdfast.vault.Directory;
import org.holdfast.vault.IntakeVault;
import org.holdfast.vault.SealedReport;
import org.holdfast.vault.Vault;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The queue opens a report only if its row is what the log says was written, in what no seal covers too. */
@Order(Integer.MAX_VALUE)
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class QueueTamperComponentTest {

    private static final Pattern DAMAGED = Pattern.compile("(\\d+) of the reports did not open");

    @Inject
    IntakeVault seals;

    @Inject
    Vault vault;

    @Inject
    Directory directory;

    @Inject
    ReportStore store;

    @Inject
    Bracket bracket;

    @Inject
    RowHash rowHash;

    @Inject
    AuditLog log;

    @Inject
    ActingNow acting;

    private final Organisation organisation = Organisation.ofTests();

    @Test
    void a_report_whose_row_was_changed_beside_its_seals_is_counted_and_not_opened() throws Exception {
        Visitor reporter = Visitor.at(TestStack.report());
        reporter.get("/form/a");
        reporter.submit("form[action=/form/a]", Map.of("narrative", "queue", "step", "send"));
        Visitor amina = organisation.unlocked("amina");
        for (String change :
                new String[] {"day = day - 3650", "ticket = set_byte(ticket, 0, get_byte(ticket, 0) # 1)"}) {
            long damaged = damaged(amina);
            String id = text("select id from intake_report order by day, id limit 1");
            sql("create table kept_queue as select * from intake_report where id = '" + id + "'");
            sql("update intake_report set " + change + " where id = '" + id + "'");
            long lines = lines();
            assertEquals(damaged + 1, damaged(amina), change);
            assertFalse(amina.last().body().contains(id), change);
            assertEquals(lines + damaged + 1, lines(), change);
            assertEquals(500, amina.get("/desk/intake/" + id).statusCode(), change);
            sql("update intake_report r set day = k.day, ticket = k.ticket from kept_queue k where k.id = r.id");
            sql("drop table kept_queue");
            assertEquals(damaged, damaged(amina), change);
        }
    }

    @Test
    void a_flood_hides_no_report_every_page_is_opened_and_is_a_line() throws Exception {
        Visitor reporter = Visitor.at(TestStack.report());
        for (long i = count("intake_report"); i <= TriageDesk.PAGE; i++) {
            reporter.get("/form/a");
            reporter.submit("form[action=/form/a]", Map.of("narrative", "one of many", "step", "send"));
        }
        Visitor amina = organisation.unlocked("amina");
        long lines = count("audit_entry where act = 'intake.listed'");
        String pages = amina.getAll("/desk/intake");
        int shown = pages.split("</html>", -1).length - 1;
        assertTrue(shown >= 2, shown + " pages");
        assertEquals(lines + shown, count("audit_entry where act = 'intake.listed'"));
        for (String id :
                text("select string_agg(id::text, ' ') from intake_report").split(" ")) {
            assertEquals(2, pages.split("/desk/intake/" + id + "\"", -1).length, "once on one of the pages");
        }
        String before = amina.page().select("a[rel=prev]").attr("href");
        assertEquals(shown == 2 ? "/desk/intake" : "/desk/intake?page=" + (shown - 1), before);
        String last = amina.page().select("main table a").eachAttr("href").toString();
        assertEquals(200, amina.get("/desk/intake?page=99").statusCode());
        assertEquals(last, amina.page().select("main table a").eachAttr("href").toString(), "past the end: the last");
        assertEquals(200, amina.get("/desk/intake?page=nonsense").statusCode());
    }

    @Test
    void a_planted_report_with_nulls_is_damaged_and_hides_no_other() throws Exception {
        Visitor reporter = Visitor.at(TestStack.report());
        reporter.get("/form/a");
        reporter.submit("form[action=/form/a]", Map.of("narrative", "beside the planted ones", "step", "send"));
        Visitor amina = organisation.unlocked("amina");
        String before = amina.getAll("/desk/intake");
        long damaged = damaged(before);
        long opened = opened(before);
        Map<String, Object> noList = new HashMap<>();
        noList.put("danger_now", null);
        Map<String, Object> noName = new HashMap<>();
        noName.put("values", null);
        for (Object content : Arrays.asList(
                new Planted("rt.family_threat", "en", null, new byte[32]),
                new Planted("rt.family_threat", "en", Map.of("values", noList), new byte[32]),
                new Planted(
                        "rt.family_threat",
                        "en",
                        Map.of("values", Map.of("incidents", Arrays.asList("ft.home_search", null))),
                        new byte[32]),
                new Planted("rt.family_threat", "en", noName, new byte[32]),
                new Planted(null, "en", Map.of("values", Map.of()), new byte[32]),
                new Planted("rt.family_threat", null, Map.of("values", Map.of()), new byte[32]),
                new Planted("rt.family_threat", "en", Map.of("values", Map.of()), null),
                JsonNodeFactory.instance.nullNode())) {
            UUID id = plant(content);
            String queue = amina.getAll("/desk/intake");
            assertEquals(200, amina.last().statusCode(), content.toString());
            assertEquals(damaged + 1, damaged(queue), content.toString());
            assertEquals(opened, opened(queue), content.toString());
            assertEquals(500, amina.get("/desk/intake/" + id).statusCode());
            assertEquals("Opening refused", amina.text("h1"));
            sql("delete from intake_card where id = '" + id + "'");
            sql("delete from intake_report where id = '" + id + "'");
        }
        assertEquals(damaged, damaged(amina.getAll("/desk/intake")));
    }

    @Test
    void a_planted_report_with_foreign_codes_opens_and_becomes_a_case() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        UUID id = plant(new Planted(
                "rt.family_threat",
                "xx-foreign",
                Map.of(
                        "values",
                        Map.of(
                                "incidents", List.of("ft.home_search", "xx.foreign"),
                                "now_country", List.of("ZZ"),
                                "danger_now", List.of("perhaps"),
                                "start.month", List.of("13"),
                                "narrative", List.of("planted words"))),
                new byte[32]));
        assertEquals(200, amina.get("/desk/intake/" + id).statusCode());
        assertTrue(amina.text("main").contains("Not a word of ours"));
        assertTrue(amina.text("main").contains("planted words"));
        assertEquals(
                200,
                amina.submit("form[action$=/identity]", Map.of("reason", "ar.assigned_work"))
                        .statusCode());
        assertEquals(200, amina.submit("form[action$=/case]", Map.of()).statusCode());
        String address = amina.last().uri().getPath();
        assertTrue(address.startsWith("/desk/cases/"), address);
        for (String link : amina.page().select("main a[href^=" + address + "]").eachAttr("href")) {
            assertEquals(200, amina.get(link).statusCode(), link);
        }
        assertEquals(200, amina.get("/desk/cases").statusCode());
    }

    @Test
    void a_card_that_the_reporter_did_not_lay_there_gets_no_answer() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        byte[] proof = new byte[32];
        new SecureRandom().nextBytes(proof);
        Planted content = new Planted("rt.family_threat", "en", Map.of("values", Map.of()), Proof.hash(proof));
        for (boolean hers : List.of(true, false)) {
            byte[] laid = proof.clone();
            laid[31] ^= (byte) (hers ? 0 : 1);
            // Somebody's own mailbox, in the place of hers.
            UUID id = plant(content, new Card(false, laid, bytes(32), bytes(1216), bytes(32)));
            assertEquals(200, amina.get("/desk/intake/" + id).statusCode());
            assertEquals(200, amina.submit("form[action$=/case]", Map.of()).statusCode());
            String address = amina.last().uri().getPath();
            assertTrue(address.startsWith("/desk/cases/"), address);
            assertEquals(
                    hers ? 1 : 0, amina.page().select("form[action$=/reply]").size());
            HttpResponse<String> answer = amina.post(
                    address + "/reply",
                    Map.of(
                            "text",
                            "to whom?",
                            "ticket",
                            amina.page().select("input[name=ticket]").val()));
            assertTrue(hers || answer.statusCode() >= 400, "an answer went to the mailbox of somebody else");
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** What a report says, as somebody writes it who does not go by our forms. */
    record Planted(
            @Nullable String kind,
            @Nullable String language,
            @Nullable Object answers,
            byte @Nullable [] proofHash) {
        @Override
        public String toString() {
            return kind + " " + language + " " + answers;
        }
    }

    /** Seals to the public intake key and writes rows, secret and lines, as a writer of both databases can. */
    private UUID plant(Object content) throws Exception {
        return plant(content, Card.withoutNumber(new byte[32]));
    }

    private UUID plant(Object content, Card answered) throws Exception {
        UUID id = UUID.randomUUID();
        ManagedContext request = Arc.container().requestContext();
        request.activate();
        try {
            acting.reportDoor();
            SealedReport report = seals.seal(id, new ReportIdentity(Answers.NONE), content);
            byte[] card = seals.sealCard(id, 1, answered);
            byte[] ticket = new byte[16];
            new SecureRandom().nextBytes(ticket);
            UUID tenant = directory.tenant().orElseThrow();
            bracket.write(() -> {
                assertTrue(store.insert(id, tenant, ticket, LocalDate.now(ZoneOffset.UTC), report, card));
                log.record(List.of(
                        line(Act.REPORT_ACCEPTED, id, ReportStore.REPORTS),
                        line(Act.REPORT_CARD, id, ReportStore.CARDS)));
                return true;
            });
        } finally {
            request.terminate();
        }
        return id;
    }

    private AuditEvent line(Act act, UUID report, String table) {
        return AuditEvent.of(act).on(vault.nameInLog(report, table, report)).hash(rowHash.of(table, report));
    }

    private static long count(String what) throws Exception {
        return Long.parseLong(text("select count(*) from " + what));
    }

    private static long damaged(Visitor who) throws Exception {
        assertEquals(200, who.get("/desk/intake").statusCode());
        return damaged(who.last().body());
    }

    /** On all these pages together. */
    private static long damaged(String pages) {
        return DAMAGED.matcher(pages)
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    private static long opened(String pages) {
        return Jsoup.parse(pages).select("main table a[href^=/desk/intake/]").size();
    }

    private static long lines() throws Exception {
        return count("audit_entry where act = 'access.tampering'");
    }

    private static void sql(String statement) throws Exception {
        try (Connection db = TestStack.superuser("holdfast");
                Statement sql = db.createStatement()) {
            sql.execute(statement);
        }
    }

    private static String text(String question) throws Exception {
        try (Connection db = TestStack.superuser("holdfast");
                Statement sql = db.createStatement();
                ResultSet row = sql.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }
}
