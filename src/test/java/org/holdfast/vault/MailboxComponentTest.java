// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.access.Role;
import org.holdfast.local.LocalStackResource;
import org.junit.jupiter.api.Test;

/** Reports, their cards and the mailboxes behind return numbers. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class MailboxComponentTest {

    private final Office office = new Office();

    record Words(String text) {}

    @Test
    void a_report_opens_in_its_two_parts_for_who_holds_the_epoch_and_for_nobody_else() throws Exception {
        UUID id = UUID.randomUUID();
        IntakeVault intake = Office.bean(IntakeVault.class);
        SealedReport sealed =
                Office.inRequest(() -> intake.seal(id, new Words("who it is"), new Words("what happened")));
        Office.as(office.founder(), () -> {
            try (OpenReport open = intake.open(epoch(sealed), id, sealed.wrap())) {
                assertEquals(
                        "who it is",
                        open.openIdentity(sealed.identity(), Words.class).text());
                assertEquals(
                        "what happened",
                        open.openContent(sealed.content(), Words.class).text());
                assertThrows(Problem.Tampering.class, () -> open.openContent(sealed.identity(), Words.class));
            }
            Grant epoch = epoch(sealed);
            assertThrows(Problem.Tampering.class, () -> intake.open(epoch, UUID.randomUUID(), sealed.wrap()));
            return null;
        });
        try (UserKeys auditor = office.hire(Role.AUDITOR)) {
            assertThrows(Problem.NotHere.class, () -> Office.as(auditor, () -> epoch(sealed)));
        }
    }

    @Test
    void full_and_empty_cards_have_one_size_and_open_at_their_revision_only() throws Exception {
        UUID id = UUID.randomUUID();
        IntakeVault intake = Office.bean(IntakeVault.class);
        byte[] proof = new byte[32];
        proof[0] = 7;
        try (Mailbox mailbox = issue().mailbox()) {
            SealedReport sealed = Office.inRequest(() -> intake.seal(id, new Words(""), new Words("")));
            byte[] empty = Office.inRequest(() -> intake.sealCard(id, 1, Card.withoutNumber(proof)));
            byte[] full = Office.inRequest(() -> intake.sealCard(id, 2, mailbox.card(proof)));
            assertEquals(empty.length, full.length);
            Office.as(office.founder(), () -> {
                try (OpenReport open = intake.open(epoch(sealed), id, sealed.wrap())) {
                    assertTrue(open.openCard(1, empty).empty());
                    Card card = open.openCard(2, full);
                    assertFalse(card.empty());
                    assertArrayEquals(mailbox.lookup(), card.lookup());
                    assertArrayEquals(proof, card.proof());
                    assertThrows(Problem.Tampering.class, () -> open.openCard(2, empty));
                }
                return null;
            });
        }
    }

    @Test
    void a_reply_opens_with_the_number_as_typed_in_any_script_and_with_no_other() throws Exception {
        MailboxKeys keys = Office.bean(MailboxKeys.class);
        MailboxKeys.Issued issued = issue();
        UUID reply = UUID.randomUUID();
        byte[] sealed = keys.sealReply(issued.mailbox().card(new byte[32]), reply, new Words("call us on Monday"));
        StringBuilder persian = new StringBuilder();
        issued.number()
                .chars()
                .forEach(c -> persian.append(Character.isDigit(c) ? (char) ('\u06f0' + (c - '0')) : (char) c));
        try (Mailbox again = keys.find(persian.toString()).orElseThrow();
                Mailbox other = issue().mailbox()) {
            assertArrayEquals(issued.mailbox().lookup(), again.lookup());
            assertEquals(
                    "call us on Monday",
                    again.openReply(reply, sealed, Words.class).text());
            assertThrows(Problem.Tampering.class, () -> again.openReply(UUID.randomUUID(), sealed, Words.class));
            assertThrows(Problem.Tampering.class, () -> other.openReply(reply, sealed, Words.class));
        }
    }

    @Test
    void short_and_longer_replies_have_one_size() throws Exception {
        MailboxKeys keys = Office.bean(MailboxKeys.class);
        Card card = issue().mailbox().card(new byte[32]);
        assertEquals(
                keys.sealReply(card, UUID.randomUUID(), new Words("yes")).length,
                keys.sealReply(card, UUID.randomUUID(), new Words("x".repeat(3000))).length);
    }

    @Test
    void a_mistyped_number_is_told_at_once() {
        MailboxKeys keys = Office.bean(MailboxKeys.class);
        assertTrue(keys.find("1234").isEmpty());
        assertFalse(keys.isWellFormed("not a number"));
    }

    private static MailboxKeys.Issued issue() {
        return Office.bean(MailboxKeys.class).issue();
    }

    private static Grant epoch(SealedReport report) {
        Vault vault = Office.bean(Vault.class);
        return Office.bean(Bracket.class)
                .read(() -> vault.grant(ObjectKind.INTAKE_EPOCH, report.epochId(), Compartment.WHOLE));
    }
}
