// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Map;
import java.util.UUID;
import org.holdfast.crypto.ReturnNumber;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.holdfast.rules.report.MailboxReply;
import org.holdfast.vault.Mailbox;
import org.holdfast.vault.MailboxKeys;
import org.holdfast.web.RawHttp;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the page behind a number shows to who typed it, and to who counts its bytes. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class AnswerComponentTest {
    private static final String TRUE_WORDS = "Call us on Monday.";
    private static final String DAMAGED = "One answer cannot be shown";
    private static final int PAGE = 32 * 1024;

    @Inject
    MailboxKeys keys;

    private String number = "";
    private UUID answer = new UUID(0, 0);

    /** A report with a number, made a case and answered. */
    @BeforeEach
    void answered() throws Exception {
        Organisation organisation = Organisation.ofTests();
        Visitor reporter = Visitor.at(TestStack.report());
        reporter.get("/form/a");
        String ticket = reporter.page()
                .select("form[action=/form/a] input[name=ticket]")
                .val();
        reporter.post("/form/a", Map.of("ticket", ticket, "step", "send", "narrative", "words"));
        String report = reporter.page().select("input[name=report]").val();
        reporter.submit("form:has(input[name=proof])", Map.of());
        number = reporter.text("#number").replaceAll("\\s", "");
        Visitor amina = organisation.unlocked("amina");
        amina.get("/desk/intake/" + report);
        amina.submit("form[action$=/case]", Map.of());
        amina.submit("form[action$=/reply]", Map.of("text", TRUE_WORDS));
        String id = "";
        for (int i = 0; id.isEmpty(); i++) {
            assertTrue(i < 60, "the answer does not come");
            Thread.sleep(500);
            id = asked().select("input[name=remove]").val();
        }
        answer = UUID.fromString(id);
    }

    @Test
    void an_answer_that_was_changed_is_not_shown_until_it_is_as_it_was() throws Exception {
        alter("update reply set day = day - 1 where id = ?", answer);
        assertFalse(asked().text().contains(TRUE_WORDS));
        assertTrue(asked().text().contains(DAMAGED));
        alter("update reply set day = day + 1 where id = ?", answer);
        assertTrue(asked().text().contains(TRUE_WORDS));
        assertFalse(asked().text().contains(DAMAGED));
    }

    @Test
    void an_answer_that_was_planted_is_not_shown_and_hides_no_other() throws Exception {
        UUID planted = UUID.randomUUID();
        try (Mailbox mailbox = keys.find(number).orElseThrow()) {
            // Sealed as a caseworker's: who reads the card of the case, or is given the number, can do that.
            byte[] sealed = keys.sealReply(
                    mailbox.card(new byte[32]), planted, new MailboxReply("Come to the station.", "2026-11-25", 2));
            alter(
                    "insert into reply (id, lookup, sealed, day) values (?, ?, ?, current_date)",
                    planted,
                    mailbox.lookup(),
                    sealed);
        }
        String page = asked().text();
        assertFalse(page.contains("Come to the station."), page);
        assertTrue(page.contains(TRUE_WORDS), page);
        assertTrue(page.contains(DAMAGED), page);
        alter("delete from reply where id = ?", planted);
        assertFalse(asked().text().contains(DAMAGED));
    }

    @Test
    void an_answer_that_was_removed_is_not_shown_again_when_it_is_put_back() throws Exception {
        alter("create table kept_reply as select * from reply where id = ?", answer);
        try {
            RawHttp.post(TestStack.report(), "/reply", "number=" + number + "&remove=" + answer);
            assertTrue(asked().text().contains("No message under this number"));
            alter("insert into reply select * from kept_reply");
            String page = asked().text();
            assertFalse(page.contains(TRUE_WORDS), page);
            assertTrue(page.contains(DAMAGED), page);
        } finally {
            alter("drop table kept_reply");
            alter("delete from reply where id = ?", answer);
        }
    }

    @Test
    void every_page_about_a_number_has_one_size_with_an_answer_and_without() throws Exception {
        assertEquals(PAGE, RawHttp.get(TestStack.report(), "/reply").body().length, "the question");
        RawHttp.Answer found = post("number=" + number);
        assertTrue(found.text().contains(TRUE_WORDS));
        assertEquals(PAGE, found.body().length, "an answer");
        assertEquals(PAGE, post("number=" + ReturnNumber.generate()).body().length, "no message");
        assertEquals(PAGE, post("number=12").body().length, "a mistyped number");
        alter("update reply set day = day - 1 where id = ?", answer);
        assertEquals(PAGE, post("number=" + number).body().length, "an answer that cannot be shown");
        alter("update reply set day = day + 1 where id = ?", answer);
        RawHttp.Answer removed = post("number=" + number + "&remove=" + answer);
        assertTrue(removed.text().contains("The answer is deleted"));
        assertEquals(PAGE, removed.body().length, "a removed answer");
    }

    private Document asked() throws Exception {
        return Jsoup.parse(post("number=" + number).text());
    }

    private static RawHttp.Answer post(String form) throws Exception {
        return RawHttp.post(TestStack.report(), "/reply", form);
    }

    private static void alter(String sql, Object... values) throws Exception {
        try (Connection db = TestStack.superuser("holdfast");
                PreparedStatement statement = db.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        }
    }
}
