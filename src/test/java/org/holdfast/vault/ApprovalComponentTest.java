// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.audit.Act;
import org.holdfast.audit.ActingNow;
import org.holdfast.crypto.Hashes;
import org.holdfast.crypto.ObjectType;
import org.holdfast.crypto.Words;
import org.holdfast.local.LocalStackResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nobody is let in but who was compared, as she asked: a request is held to the words that the supervisor saw and to the log. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class ApprovalComponentTest {
    private final Office office = new Office();
    private final UUID id = UUID.randomUUID();
    private UserKeys founder;
    private UserKeys newcomer;
    private int statements;

    @BeforeEach
    void ask() throws Exception {
        founder = office.founder();
        newcomer = UserKeys.generate(id);
        insert(row(newcomer, "caseworker"));
        statements = chain().number();
    }

    @AfterEach
    void takeBack() throws Exception {
        takeBack(id);
        newcomer.close();
        founder.close();
    }

    private void takeBack(UUID request) throws Exception {
        Office.as(
                founder,
                () -> Office.bean(Bracket.class)
                        .write(() -> Office.bean(RequestStore.class).delete(request, Act.ENROLMENT_ANSWERED)));
    }

    @Test
    void other_words_than_those_of_the_request_let_nobody_in() throws Exception {
        List<String> right = words(row(newcomer, "caseworker"));
        List<String> turned = new ArrayList<>(right);
        Collections.reverse(turned);
        for (List<String> wrong : List.of(List.<String>of(), right.subList(0, 7), turned)) {
            assertThrows(Problem.NotHere.class, () -> approve(wrong));
            nobodyCameIn();
        }
    }

    @Test
    void a_request_that_is_exchanged_between_the_page_and_the_click_lets_nobody_in() throws Exception {
        // The thief took her row away and her line before it had a number, and wrote his: nobody signs a newcomer's.
        UUID exchanged = UUID.randomUUID();
        try (UserKeys hers = UserKeys.generate(exchanged);
                UserKeys his = UserKeys.generate(exchanged)) {
            insert(row(his, "caseworker"));
            assertThrows(Problem.NotHere.class, () -> approve(exchanged, words(row(hers, "caseworker"))));
            nobodyCameIn(exchanged);
        } finally {
            takeBack(exchanged);
        }
    }

    @Test
    void a_request_that_is_not_what_was_written_lets_nobody_in_though_its_own_words_were_compared() throws Exception {
        RequestStore.Row more = row(newcomer, "supervisor");
        assertEquals(
                1,
                Office.alter(
                        "update enrolment_request set roles = ?, proof = ? where id = ?",
                        more.roles(),
                        more.proof(),
                        id));
        assertEquals(
                "enrolment.row",
                assertThrows(Problem.Tampering.class, () -> approve(words(more)))
                        .code());
        nobodyCameIn();
    }

    private void approve(List<String> compared) throws Exception {
        approve(id, compared);
    }

    private void approve(UUID request, List<String> compared) throws Exception {
        Office.as(founder, () -> {
            Office.bean(Staffing.class).approve(request, compared);
            return null;
        });
    }

    private void nobodyCameIn() throws Exception {
        nobodyCameIn(id);
    }

    private void nobodyCameIn(UUID request) throws Exception {
        assertEquals(statements, chain().number());
        assertEquals(0, Office.count("select count(*) from staff_name where staff_id = ?", request));
        assertEquals(1, Office.count("select count(*) from enrolment_request where id = ?", request));
    }

    private static Chain chain() throws Exception {
        return Office.inRequest(() -> Office.bean(Directory.class).known());
    }

    private static List<String> words(RequestStore.Row row) throws Exception {
        return Words.fingerprint(row.fingerprint(chain().tenant()), Enrolment.FINGERPRINT_WORDS);
    }

    /** As the server writes it for somebody who is not enrolled yet. */
    private static void insert(RequestStore.Row row) throws Exception {
        UUID tenant = chain().tenant();
        Office.inRequest(() -> {
            Office.bean(ActingNow.class).actor(null, false);
            Office.bean(Bracket.class)
                    .write(() -> Office.bean(RequestStore.class).insert(tenant, row));
            return null;
        });
    }

    private static RequestStore.Row row(UserKeys keys, String roles) throws Exception {
        Chain chain = chain();
        byte[] login = Hashes.sha256(Bytes.of(keys.staffId()));
        byte[] name = Hybrid.seal(
                ObjectType.FIELD,
                chain.newest(Statement.Kind.STAFF_KEY),
                Enrolment.nameContext(chain, keys.staffId()),
                "Somebody New".getBytes(StandardCharsets.UTF_8));
        byte[] proof = keys.sign(RequestStore.Row.signedBytes(
                chain.tenant(), keys.staffId(), login, roles, keys.signKey(), keys.wrapKey()));
        return new RequestStore.Row(
                keys.staffId(), login, roles, keys.signKey(), keys.wrapKey(), proof, name, LocalDate.of(2026, 11, 25));
    }
}
