// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.oversight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.audit.Sequencer;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.holdfast.tlog.Bundle;
import org.holdfast.tlog.LogVerifier;
import org.holdfast.tlog.Verdict;
import org.holdfast.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(3)
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class OversightComponentTest {
    private static final String FILTER = "main form.filters";
    private static final String VERIFY = "main form[action=/oversight/log/verify]";

    @Inject
    AuditLog log;

    @Inject
    Vault vault;

    @Inject
    Sequencer sequencer;

    private Organisation organisation;

    @BeforeEach
    void found() {
        organisation = Organisation.ofTests();
        sequencer.run();
    }

    @Test
    void a_supervisor_reads_who_did_what_and_finds_her_own_reading_next_time() throws Exception {
        Visitor sara = organisation.unlocked("sara");
        sequencer.run();
        assertEquals(200, sara.get("/oversight/log").statusCode());
        assertTrue(sentences(sara).contains("Sara unlocked the keys."), sentences(sara));
        sequencer.run();
        sara.get("/oversight/log");
        assertTrue(sentences(sara).contains("Sara read the log."));
    }

    @Test
    void oversight_is_found_from_home_and_says_nought_where_there_is_none() throws Exception {
        for (String who : List.of("sara", "audrey")) {
            Visitor visitor = organisation.unlocked(who);
            visitor.get("/desk");
            assertEquals(1, visitor.page().select("nav a[href=/oversight]").size(), who);
            assertEquals(1, visitor.page().select("main a[href=/oversight]").size(), who);
            visitor.get("/oversight");
            assertEquals("Oversight", visitor.text("nav a[aria-current]"));
            assertFalse(visitor.page().text().contains("Not given"));
            visitor.page()
                    .select("dl.facts dd")
                    .forEach(count -> assertTrue(count.text().matches("[0-9]+")));
            visitor.get("/oversight/log");
            assertEquals("Log", visitor.text("nav a[aria-current]"));
        }
        Visitor amina = organisation.unlocked("amina");
        amina.get("/desk");
        assertEquals(0, amina.page().select("a[href=/oversight]").size());
    }

    @Test
    void the_log_is_filtered_by_person_kind_and_day() throws Exception {
        organisation.unlocked("amina");
        Visitor sara = organisation.unlocked("sara");
        sequencer.run();
        sara.get("/oversight/log");
        String amina = sara.option("#person", "Amina");
        sara.submit(FILTER, Map.of("person", amina));
        assertFalse(sara.page().select("tbody tr").isEmpty());
        assertTrue(sara.page().select("tbody bdi").eachText().stream().allMatch(text -> text.startsWith("Amina ")));
        sara.submit(FILTER, Map.of("person", amina, "kind", "session.unlocked"));
        assertTrue(sara.page().select("tbody bdi").eachText().stream().allMatch("Amina unlocked the keys."::equals));
        assertEquals(amina, sara.page().select("#person option[selected]").attr("value"));
        sara.submit(FILTER, Map.of("person", "", "kind", "", "from", "2001-01-01", "to", "2001-01-02"));
        assertTrue(sara.page().select("tbody tr").isEmpty());
    }

    @Test
    void a_day_that_is_none_is_named_and_stays_typed() throws Exception {
        Visitor sara = organisation.unlocked("sara");
        sara.get("/oversight/log");
        assertEquals(422, sara.submit(FILTER, Map.of("from", "yesterday")).statusCode());
        assertEquals("yesterday", sara.page().select("#from").attr("value"));
        assertTrue(sara.text("#problem").contains("first day"));
        assertFalse(sara.text("#problem").contains("saved"), "a filter saves nothing");
    }

    @Test
    void the_end_of_the_only_supervisor_is_not_offered() throws Exception {
        Visitor sara = organisation.unlocked("sara");
        sara.get("/oversight/people");
        assertTrue(sara.text("tr:contains(Sara \\(you\\))").contains("let another one in first"), sara.text("tbody"));
        assertEquals(0, sara.page().select("tr:contains(\\(you\\)) form").size());
        assertTrue(sara.page().select("tr:contains(Amina) form").size() > 0);
    }

    @Test
    void whoever_is_not_sure_is_not_told_of_something_typed() throws Exception {
        Visitor sara = organisation.unlocked("sara");
        sara.get("/oversight/people");
        assertEquals(422, sara.submit("form[action$=/end]", Map.of()).statusCode());
        assertTrue(sara.text("#problem").contains("Nothing was saved."), sara.text("#problem"));
        assertFalse(sara.text("#problem").contains("typed"));
    }

    @Test
    void days_in_the_wrong_order_are_named_and_stay_typed() throws Exception {
        Visitor sara = organisation.unlocked("sara");
        sara.get("/oversight/log");
        Map<String, String> days = Map.of("from", "2026-11-25", "to", "2026-11-01");
        assertEquals(422, sara.submit(FILTER, days).statusCode());
        assertTrue(sara.text("#problem").contains("The last day lies before the first day"), sara.text("#problem"));
        assertEquals("2026-11-25", sara.page().select("#from").attr("value"));
        assertEquals(200, sara.submit(FILTER, Map.of("to", "2026-11-25")).statusCode());
    }

    @Test
    void a_case_that_the_reader_does_not_hold_cannot_be_asked_for() throws Exception {
        Visitor sara = organisation.unlocked("sara");
        sara.get("/oversight/log");
        Map<String, String> form =
                Map.of("ticket", sara.page().select(FILTER + " [name=ticket]").attr("value"), "case", "0".repeat(32));
        assertEquals(404, sara.post("/oversight/log", form).statusCode());
    }

    @Test
    void whoever_may_not_or_is_locked_sees_nothing_and_a_refusal_is_a_line() throws Exception {
        Visitor noor = organisation.unlocked("noor");
        long refused = refusals();
        assertEquals(403, noor.get("/oversight/log").statusCode());
        for (int i = 0; i < 50 && refusals() == refused; i++) {
            Thread.sleep(100);
        }
        assertEquals(refused + 1, refusals());
        Visitor locked = organisation.signedIn("audrey");
        HttpResponse<String> answer = locked.get("/oversight/log");
        assertFalse(answer.body().contains("<tbody>"));
        assertTrue(answer.body().contains("/desk/unlock"));
        for (String name : new String[] {"sara", "audrey"}) {
            Visitor allowed = organisation.unlocked(name);
            assertEquals(200, allowed.get("/oversight").statusCode());
            assertEquals(200, allowed.get("/oversight/log").statusCode());
        }
    }

    @Test
    void free_text_is_read_by_a_supervisor_and_not_by_an_auditor() throws Exception {
        String text = "called her sister at her own wish";
        byte[] sealed = vault.sealDetail(text);
        QuarkusTransaction.requiringNew()
                .run(() -> log.record(AuditEvent.of(Act.POLICY_CHANGED).detail(sealed)));
        sequencer.run();
        Visitor sara = organisation.unlocked("sara");
        sara.get("/oversight/log");
        sara.submit(FILTER, Map.of("kind", "policy.changed"));
        assertTrue(sara.last().body().contains(text));
        Visitor audrey = organisation.unlocked("audrey");
        audrey.get("/oversight/log");
        audrey.submit(FILTER, Map.of("kind", "policy.changed"));
        assertTrue(audrey.page().select("tbody tr").size() > 0);
        assertFalse(audrey.last().body().contains(text));
    }

    @Test
    void the_page_says_sound_offers_the_checkpoint_and_takes_it_back() throws Exception {
        Visitor audrey = organisation.unlocked("audrey");
        audrey.get("/oversight/log");
        assertEquals(200, audrey.submit(VERIFY, Map.of()).statusCode());
        assertTrue(audrey.text("#verdict").startsWith("Sound up to"), audrey.text("main"));
        String checkpoint = audrey.page().select("#checkpoint").first().wholeText();
        assertTrue(audrey.text("main").contains("This page is produced by the server that you are checking"));
        audrey.submit(VERIFY, Map.of("kept", checkpoint));
        assertTrue(audrey.text("#verdict").startsWith("Sound up to"), audrey.text("main"));
        assertEquals(422, audrey.submit(VERIFY, Map.of("kept", "nonsense")).statusCode());
        sequencer.run();
        audrey.get("/oversight/log");
        assertTrue(sentences(audrey).contains("Audrey verified the log."));
        HttpResponse<byte[]> file = download(audrey, "/oversight/log/checkpoint");
        assertTrue(
                file.headers().firstValue("content-disposition").orElseThrow().startsWith("attachment"));
    }

    @Test
    void the_bundle_is_sound_offline_and_its_download_is_a_line() throws Exception {
        Visitor audrey = organisation.unlocked("audrey");
        HttpResponse<byte[]> file = download(audrey, "/oversight/log/bundle");
        assertEquals(
                "attachment; filename=\"holdfast-log.zip\"",
                file.headers().firstValue("content-disposition").orElseThrow());
        Verdict verdict = offline(file.body());
        assertEquals(List.of(), verdict.findings());
        assertTrue(verdict.counts().rows() > 0);
        assertTrue(verdict.counts().signatures() > 0);
        assertTrue(verdict.counts().statements() > 0);
        sequencer.run();
        audrey.get("/oversight/log");
        assertTrue(sentences(audrey).contains("Audrey downloaded the log as a bundle."));
    }

    @Test
    void one_byte_of_an_entry_is_named_by_the_page_and_by_the_bundle() throws Exception {
        Visitor sara = organisation.unlocked("sara");
        sara.get("/oversight/log");
        sara.submit(VERIFY, Map.of());
        String flip = "update audit_entry set body = set_byte(body, 14, get_byte(body, 14) # 1)"
                + " where id = (select id from audit_sequence where seq = 3)";
        past(flip);
        try {
            sara.get("/oversight/log");
            sara.submit(VERIFY, Map.of());
            assertTrue(sara.text("#finding").startsWith("Entry 3 is not"), sara.text("main"));
            Verdict verdict = offline(download(sara, "/oversight/log/bundle").body());
            assertEquals(3, verdict.first().orElseThrow().index());
        } finally {
            past(flip);
        }
        sara.get("/oversight/log");
        sara.submit(VERIFY, Map.of());
        assertTrue(sara.text("#verdict").startsWith("Sound up to"), sara.text("main"));
    }

    @Test
    void an_altered_name_and_an_altered_request_keep_nobody_from_ending_an_access() throws Exception {
        Visitor sara = organisation.unlocked("sara");
        sara.get("/oversight/people");
        int people = sara.page().select("form[action$=/end]").size();
        String flip = "update staff_name set sealed = set_byte(sealed, 99, get_byte(sealed, 99) # 1)"
                + " where id = (select id from staff_name order by id limit 1)";
        past(flip);
        past("insert into enrolment_request (id, tenant, login_tag, roles, sign_key, wrap_key, proof, sealed_name, day)"
                + " select gen_random_uuid(), tenant, sha256('a'), 'caseworker', sha256('b'),"
                + " decode(repeat('00', 1216), 'hex'), decode(repeat('00', 64), 'hex'),"
                + " decode(repeat('00', 1500), 'hex'), current_date from staff_name limit 1");
        try {
            assertEquals(200, sara.get("/oversight/people").statusCode());
            assertEquals("A request that was altered", sara.text(".request h3"));
            assertEquals(0, sara.page().select("form[action$=/approve]").size(), "it can be approved");
            assertEquals(people, sara.page().select("form[action$=/end]").size());
            sequencer.run();
            sara.get("/oversight/log");
            assertTrue(
                    sara.text("main").contains("the name in a request to be let in does not open"), sara.text("main"));
            assertTrue(sara.text("main").contains("the name of a colleague is not as last written"), sara.text("main"));
        } finally {
            past(flip);
            past("delete from enrolment_request where login_tag = sha256('a')");
        }
    }

    private static long refusals() throws Exception {
        try (Connection connection = TestStack.superuser("holdfast");
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery("select count(*) from audit_entry where act = 'access.refused'")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void past(String statement) throws Exception {
        try (Connection connection = TestStack.superuser("holdfast");
                Statement sql = connection.createStatement()) {
            sql.execute("set session_replication_role = replica");
            assertEquals(1, sql.executeUpdate(statement));
        }
    }

    private static Verdict offline(byte[] zip) throws Exception {
        Path file = Files.createTempFile("oversight", ".zip");
        try {
            Files.write(file, zip);
            try (Bundle bundle = Bundle.open(file)) {
                return new LogVerifier(bundle.policy()).withSignatures().verify(bundle);
            }
        } finally {
            Files.delete(file);
        }
    }

    private static HttpResponse<byte[]> download(Visitor visitor, String address) throws Exception {
        String cookies = visitor.cookieNames().stream()
                .map(name -> name + "=" + visitor.cookie(name))
                .collect(Collectors.joining("; "));
        HttpRequest request = HttpRequest.newBuilder(TestStack.desk().resolve(address))
                .header("Cookie", cookies)
                .build();
        HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(200, answer.statusCode());
        return answer;
    }

    private static String sentences(Visitor visitor) {
        return String.join("\n", visitor.page().select("tbody bdi").eachText());
    }
}
