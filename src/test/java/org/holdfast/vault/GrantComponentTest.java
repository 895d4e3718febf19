// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.access.Role;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.audit.KeysDue;
import org.holdfast.audit.Pseudonym;
import org.holdfast.local.LocalStackResource;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Grants against the strongest writer of the database. */
@Order(Integer.MAX_VALUE)
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class GrantComponentTest {

    private static final String OF_OBJECT = " where object_id = ? and compartment = 2 and grantee_key = ?";

    private final Office office = new Office();

    @Test
    void a_case_opens_for_its_owner_and_for_whom_it_is_shared_with_and_for_nobody_else() throws Exception {
        try (UserKeys owner = office.hire(Role.CASEWORKER);
                UserKeys second = office.hire(Role.CASEWORKER);
                UserKeys third = office.hire(Role.CASEWORKER)) {
            UUID id = Office.newCase(owner);
            Office.open(owner, id, Compartment.IDENTITY);
            assertThrows(Problem.NotHere.class, () -> Office.open(second, id, Compartment.CONTENT));
            share(owner, id, second);
            Office.open(second, id, Compartment.CONTENT);
            assertThrows(Problem.NotHere.class, () -> Office.open(second, id, Compartment.IDENTITY));
            assertThrows(Problem.NotHere.class, () -> Office.open(third, id, Compartment.CONTENT));
        }
    }

    @Test
    void the_second_opening_goes_by_the_copy_that_the_first_one_made() throws Exception {
        try (UserKeys owner = office.hire(Role.CASEWORKER)) {
            UUID id = Office.newCase(owner);
            String copies =
                    "select count(*) from grant_copy c join access_grant g on g.id = c.id where g.object_id = ?";
            assertEquals(0, Office.count(copies, id));
            Office.open(owner, id, Compartment.CONTENT);
            assertEquals(1, Office.count(copies, id));
            Office.open(owner, id, Compartment.CONTENT);
            Office.alter(
                    "update grant_copy c set sealed = set_byte(sealed, 100, get_byte(sealed, 100) # 1)"
                            + " from access_grant g where g.id = c.id and g.object_id = ?",
                    id);
            assertTampering("grant.copy", () -> Office.open(owner, id, Compartment.CONTENT));
        }
    }

    @Test
    void a_changed_or_moved_grant_is_refused() throws Exception {
        try (UserKeys owner = office.hire(Role.CASEWORKER);
                UserKeys thief = office.hire(Role.CASEWORKER)) {
            UUID mine = Office.newCase(owner);
            UUID hers = Office.newCase(thief);
            Office.alter("update access_grant set object_id = ?" + OF_OBJECT, mine, hers, thief.keyId());
            assertTampering("grant.unknown", () -> Office.open(thief, mine, Compartment.CONTENT));
            UUID other = Office.newCase(owner);
            Office.alter(
                    "update access_grant set commitment = set_byte(commitment, 0, get_byte(commitment, 0) # 1)"
                            + OF_OBJECT,
                    other,
                    owner.keyId());
            assertTampering("grant.unknown", () -> Office.open(owner, other, Compartment.CONTENT));
        }
    }

    @Test
    void swapped_wraps_are_refused() throws Exception {
        try (UserKeys owner = office.hire(Role.CASEWORKER)) {
            UUID one = Office.newCase(owner);
            UUID two = Office.newCase(owner);
            Office.alter(
                    "update access_grant g set wrap = o.wrap from access_grant o where g.object_id in (?, ?)"
                            + " and o.object_id in (?, ?) and g.object_id <> o.object_id and g.compartment = o.compartment",
                    one,
                    two,
                    one,
                    two);
            assertTampering("grant.unknown", () -> Office.open(owner, one, Compartment.CONTENT));
            assertTampering("grant.unknown", () -> Office.open(owner, two, Compartment.SUMMARY));
        }
    }

    @Test
    void a_grant_planted_together_with_a_forged_line_is_refused_by_its_signature() throws Exception {
        try (UserKeys owner = office.hire(Role.CASEWORKER);
                UserKeys thief = office.hire(Role.CASEWORKER);
                UserKeys stranger = UserKeys.generate(UUID.randomUUID())) {
            UUID id = Office.newCase(owner);
            GrantRow planted = forged(stranger, stranger.keyId(), thief, id);
            plant(thief, planted);
            assertTampering("grant.granter", () -> Office.open(thief, id, Compartment.CONTENT));
            UUID other = Office.newCase(owner);
            plant(thief, forged(stranger, owner.keyId(), thief, other));
            assertTampering("grant.signature", () -> Office.open(thief, other, Compartment.CONTENT));
        }
    }

    @Test
    void a_secret_that_does_not_fit_its_commitment_is_refused() throws Exception {
        try (UserKeys owner = office.hire(Role.CASEWORKER);
                UserKeys second = office.hire(Role.CASEWORKER)) {
            UUID id = Office.newCase(owner);
            // A colleague who signs rightly, but for a key of her own making.
            GrantRow wrong = Office.as(owner, () -> {
                UUID tenant = Office.bean(Directory.class).known().tenant();
                GrantRow made = forged(owner, owner.keyId(), second, id);
                byte[] another = new byte[32];
                return new GrantRow(
                                made.id(),
                                id,
                                made.kind(),
                                made.compartment(),
                                made.epoch(),
                                made.granteeKey(),
                                made.granterKey(),
                                made.wrap(),
                                another,
                                made.signature(),
                                made.entry(),
                                made.day(),
                                null)
                        .signedBy(owner, tenant);
            });
            plant(owner, wrong);
            assertTampering("grant.commitment", () -> Office.open(second, id, Compartment.CONTENT));
        }
    }

    @Test
    void a_revoked_grant_that_is_put_back_stays_dead() throws Exception {
        try (UserKeys owner = office.hire(Role.CASEWORKER);
                UserKeys second = office.hire(Role.CASEWORKER)) {
            UUID id = Office.newCase(owner, second);
            Office.open(second, id, Compartment.CONTENT);
            Office.alter("create table if not exists stolen_grant as select * from access_grant where false");
            Office.alter("insert into stolen_grant select * from access_grant" + OF_OBJECT, id, second.keyId());
            Office.as(owner, () -> {
                Office.bean(Bracket.class)
                        .write(() -> Office.bean(Vault.class)
                                .revoke(id, second.staffId(), EnumSet.allOf(Compartment.class)));
                return null;
            });
            assertThrows(Problem.NotHere.class, () -> Office.open(second, id, Compartment.CONTENT));
            Office.alter("insert into access_grant select * from stolen_grant where object_id = ?", id);
            assertThrows(Problem.NotHere.class, () -> Office.open(second, id, Compartment.CONTENT));
            assertEquals(1, Office.count("select count(*) from access_grant" + OF_OBJECT, id, second.keyId()));
            Office.alter("delete from access_grant" + OF_OBJECT, id, second.keyId());
        }
    }

    @Test
    void what_a_colleague_gave_before_she_left_stays_and_what_is_signed_with_her_key_later_does_not() throws Exception {
        try (UserKeys leaver = office.hire(Role.CASEWORKER);
                UserKeys second = office.hire(Role.CASEWORKER);
                UserKeys third = office.hire(Role.CASEWORKER)) {
            UUID id = Office.newCase(leaver, second);
            Office.as(office.founder(), () -> {
                Office.bean(Staffing.class).end(leaver.staffId());
                return null;
            });
            Office.open(second, id, Compartment.CONTENT);
            assertThrows(Problem.NotHere.class, () -> Office.open(leaver, id, Compartment.CONTENT));
            plant(third, forged(leaver, leaver.keyId(), third, id));
            assertTampering("grant.after-end", () -> Office.open(third, id, Compartment.CONTENT));
        }
    }

    @Test
    void the_cases_of_a_colleague_who_leaves_wait_for_new_keys_and_no_others() throws Exception {
        try (UserKeys owner = office.hire(Role.CASEWORKER);
                UserKeys leaver = office.hire(Role.CASEWORKER)) {
            KeysDue due = Office.bean(KeysDue.class);
            Office.newCase(owner, leaver);
            Office.newCase(owner, leaver);
            Office.newCase(owner);
            long before = due.cases();
            Office.as(office.founder(), () -> {
                Office.bean(Staffing.class).end(leaver.staffId());
                return null;
            });
            assertEquals(before + 2, due.cases());
            Office.newCase(owner);
            assertEquals(before + 2, due.cases(), "a new case has new keys");
        }
    }

    @Test
    void a_part_that_is_taken_leaves_the_others() throws Exception {
        try (UserKeys owner = office.hire(Role.CASEWORKER);
                UserKeys second = office.hire(Role.CASEWORKER)) {
            UUID id = Office.newCase(owner, second);
            Office.as(owner, () -> {
                Office.bean(Bracket.class)
                        .write(() -> Office.bean(Vault.class)
                                .revoke(id, second.staffId(), Set.of(Compartment.CONTENT, Compartment.IDENTITY)));
                return null;
            });
            Office.open(second, id, Compartment.SUMMARY);
            assertThrows(Problem.NotHere.class, () -> Office.open(second, id, Compartment.CONTENT));
            assertThrows(Problem.NotHere.class, () -> Office.open(second, id, Compartment.IDENTITY));
            Office.open(owner, id, Compartment.IDENTITY);
        }
    }

    private static void share(UserKeys owner, UUID id, UserKeys with) throws Exception {
        Office.as(owner, () -> {
            Vault vault = Office.bean(Vault.class);
            Bracket bracket = Office.bean(Bracket.class);
            Grant mine = bracket.read(() -> vault.grant(ObjectKind.CASE, id, Compartment.CONTENT));
            Sharing sharing = vault.share(List.of(mine), with.staffId());
            bracket.write(sharing::store);
            return null;
        });
    }

    /** A grant of a secret of the forger's own, signed with a key she has, in the name of another key. */
    private static GrantRow forged(UserKeys signer, byte[] inTheNameOf, UserKeys to, UUID object) throws Exception {
        return Office.inRequest(() -> {
            Grants grants = Office.bean(Grants.class);
            Chain chain = Office.bean(Directory.class).known();
            Person grantee = chain.person(to.staffId()).orElseThrow();
            try (Secrets secrets = grants.derive(
                    org.holdfast.crypto.SecretBytes.random(32), chain.tenant(), object, Compartment.CONTENT, 1)) {
                GrantRow made = grants.give(
                        signer, chain.tenant(), grantee, ObjectKind.CASE, object, Compartment.CONTENT, 1, secrets);
                return new GrantRow(
                                made.id(),
                                object,
                                made.kind(),
                                made.compartment(),
                                1,
                                made.granteeKey(),
                                inTheNameOf,
                                made.wrap(),
                                made.commitment(),
                                made.signature(),
                                made.entry(),
                                made.day(),
                                null)
                        .signedBy(signer, chain.tenant());
            }
        });
    }

    /** A writer of the database can add rows and unsigned lines; she cannot sign for anybody. */
    /** Somebody with keys of her own and the database to write to puts in a grant, and a line that she signs. */
    private static void plant(UserKeys writer, GrantRow row) throws Exception {
        Office.as(writer, () -> {
            UUID tenant = Office.bean(Directory.class).known().tenant();
            byte[] hash = row.hash(tenant);
            Office.bean(Bracket.class).write(() -> {
                Office.bean(AuditLog.class)
                        .record(AuditEvent.of(Act.GRANT_GIVEN)
                                .on(Pseudonym.ofHash(hash))
                                .hash(hash)
                                .as(row.entry()));
                Office.bean(GrantStore.class).insert(GrantRow.TABLE, tenant, row);
            });
            return null;
        });
    }

    private static void assertTampering(String code, Executable work) {
        assertEquals(code, assertThrows(Problem.Tampering.class, work).code());
    }
}
