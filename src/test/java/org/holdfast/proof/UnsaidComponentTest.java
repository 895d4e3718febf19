// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.Test;

/** What neither a page nor a log says when something goes wrong: the six words, what a library said, what was typed. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class UnsaidComponentTest {
    private static final String WORDS = "stapler battery horse correct umbrella violet";
    private static final String NAME = "Nadia Newname";

    private final Organisation organisation = Organisation.ofTests();

    @Test
    void a_passphrase_is_on_no_page_that_says_why_a_form_was_not_accepted() throws Exception {
        Visitor sara = organisation.signedIn("sara");
        String subject = TestStack.subject("sara");
        for (String path : List.of("/desk/unlock", "/desk/enrol", "/desk/start")) {
            String fresh = TicketForger.desk(subject, path, Duration.ZERO);
            HttpResponse<String> ended = Visitor.at(TestStack.desk()).post(path, form(fresh));
            assertEquals("gone", Outcome.of(ended), path);
            silent(path, ended);
            for (String ticket : List.of("", "x", "A".repeat(48))) {
                HttpResponse<String> forged = sara.post(path, form(ticket));
                assertEquals("ticket", Outcome.of(forged), path);
                silent(path, forged);
            }
            HttpResponse<String> late = sara.post(path, form(TicketForger.desk(subject, path, Duration.ofHours(25))));
            assertEquals("The form is too old", Outcome.heading(late.body()), path);
            silent(path, late);
        }
    }

    private static void silent(String path, HttpResponse<String> page) {
        assertTrue(page.body().contains(NAME), path + " gives nothing back: " + Outcome.heading(page.body()));
        for (String word : WORDS.split(" ")) {
            assertFalse(page.body().contains(word), path + ": " + Outcome.heading(page.body()));
        }
    }

    private static Map<String, String> form(String ticket) {
        return Map.of("ticket", ticket, "passphrase", WORDS, "name", NAME, "draft", "x");
    }

    @Test
    void a_fault_is_in_the_log_of_the_server_without_what_it_said_and_without_what_was_typed() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        amina.get("/desk/cases/new");
        String address = amina.submit("main form[action=/desk/cases]", Map.of("working", "Muted Mallard"))
                .uri()
                .getPath();
        Path file = TestStack.data().resolve("log/application.log");
        int before = Files.readString(file).length();
        try (Tamperer database = new Tamperer("holdfast")) {
            database.run("""
                    create or replace function speak() returns trigger language plpgsql as $$
                    begin raise exception 'librarywhisper %', tg_table_name; end $$;
                    create trigger speak before update on case_file for each row execute function speak();
                    create trigger speak before insert on intake_report for each row execute function speak();
                    """);
            try {
                amina.get(address + "/edit");
                HttpResponse<String> page = amina.submit("main form", Map.of("summary", "typedsecretly"));
                assertEquals(500, page.statusCode());
                assertTrue(page.body().contains("typedsecretly"), "the text comes back");
                assertFalse(page.body().contains("librarywhisper"));
                Visitor reporter = Visitor.at(TestStack.report());
                reporter.get("/form/a");
                String ticket = reporter.page()
                        .select("form[action=/form/a] input[name=ticket]")
                        .val();
                HttpResponse<String> door = reporter.post(
                        "/form/a", Map.of("ticket", ticket, "step", "send", "narrative", "typedsecretly"));
                assertTrue(door.statusCode() >= 500, Outcome.heading(door.body()));
                assertFalse(door.body().contains("librarywhisper"));
            } finally {
                database.run("drop function speak() cascade");
            }
        }
        String said = Files.readString(file, StandardCharsets.UTF_8).substring(before);
        assertTrue(said.contains("fault "), "nobody would find it");
        assertFalse(said.contains("librarywhisper"), said);
        assertFalse(said.contains("typedsecretly"), said);
        assertFalse(said.contains("Muted Mallard"), said);
    }
}
