// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.access.Role;
import org.holdfast.audit.AuditLog;
import org.holdfast.crypto.Hashes;
import org.holdfast.crypto.ObjectType;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Share;
import org.holdfast.crypto.Shares;
import org.holdfast.crypto.Tampered;
import org.holdfast.crypto.Words;
import org.holdfast.crypto.Wrapper;
import org.holdfast.crypto.XWingKeyPair;
import org.holdfast.local.LocalStackResource;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Directory, slots and recovery against the strongest writer of the database. */
@Order(Integer.MAX_VALUE)
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class DirectoryComponentTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 25);

    private final Office office = new Office();

    @Test
    void a_statement_that_no_supervisor_signed_stops_the_directory_and_nothing_is_lost() throws Exception {
        Directory directory = Office.bean(Directory.class);
        Chain chain = known(directory);
        try (UserKeys caseworker = office.hire(Role.CASEWORKER);
                UserKeys thief = UserKeys.generate(UUID.randomUUID())) {
            Chain now = known(directory);
            byte[] login = new byte[32];
            Map<String, String> facts = Facts.person(thief, login, Set.of(Role.SUPERVISOR), DAY);
            for (UserKeys signer : List.of(thief, caseworker)) {
                Statement forged = now.next(Statement.Kind.PERSON, DAY, facts, signer);
                insert(forged);
                assertTampering("directory.signer", () -> known(directory));
                assertEquals(1, Office.alter("delete from directory_statement where number = ?", forged.number()));
            }
            Statement inHerName = now.next(Statement.Kind.PERSON, DAY, facts, office.founder());
            byte[] body = inHerName.body();
            body[body.length - 10] = (byte) (body[body.length - 10] == '0' ? '1' : '0');
            insert(inHerName.number(), body);
            assertTampering("directory.signature", () -> known(directory));
            Office.alter("delete from directory_statement where number = ?", inHerName.number());
        }
        assertEquals(chain.tenant(), known(directory).tenant());
    }

    @Test
    void another_public_key_in_the_place_of_a_colleagues_is_refused() throws Exception {
        try (UserKeys colleague = office.hire(Role.CASEWORKER);
                UserKeys thief = UserKeys.generate(UUID.randomUUID())) {
            int number = known(Office.bean(Directory.class)).number();
            byte[] honest =
                    Office.bean(DirectoryStore.class).after(number - 1).get(0).body();
            String text = new String(honest, java.nio.charset.StandardCharsets.US_ASCII)
                    .replace(Bytes.hex(colleague.wrapKey()), Bytes.hex(thief.wrapKey()));
            alter(number, Bytes.ascii(text));
            assertTampering("directory.signature", () -> known(fresh()));
            alter(number, honest);
            known(fresh());
        }
    }

    @Test
    void a_directory_that_lost_its_end_is_refused() throws Exception {
        office.hire(Role.AUDITOR).close();
        Directory directory = Office.bean(Directory.class);
        Chain chain = known(directory);
        Statement last =
                Office.bean(DirectoryStore.class).after(chain.number() - 1).get(0);
        Office.alter("delete from directory_statement where number = ?", last.number());
        assertTampering("directory.shortened", () -> known(directory));
        insert(last);
        assertEquals(chain.number(), known(directory).number());
    }

    @Test
    void a_request_sees_what_it_appends_at_once_and_no_longer_when_that_is_rolled_back() throws Exception {
        try (UserKeys newcomer = UserKeys.generate(UUID.randomUUID());
                UserKeys founder = office.founder()) {
            Office.as(founder, () -> {
                Directory directory = Office.bean(Directory.class);
                Bracket bracket = Office.bean(Bracket.class);
                Chain before = directory.known();
                byte[] login = Hashes.sha256(SecretBytes.random(32).copy());
                Statement statement = before.next(
                        Statement.Kind.PERSON,
                        DAY,
                        Facts.person(newcomer, login, Set.of(Role.AUDITOR), DAY),
                        Office.bean(UnlockedUser.class).keys());
                IllegalStateException undone = new IllegalStateException("to be rolled back");
                assertThrows(
                        IllegalStateException.class,
                        () -> bracket.write(() -> {
                            assertEquals(before.number(), directory.known().number());
                            directory.append(statement);
                            assertEquals(before.number() + 1, directory.known().number());
                            throw undone;
                        }));
                assertEquals(before.number(), directory.known().number());
                bracket.write(() -> directory.append(statement));
                assertEquals(before.number() + 1, directory.known().number());
                assertEquals(true, directory.person(newcomer.staffId()).active());
                return null;
            });
        }
    }

    @Test
    void a_directory_that_is_shortened_while_a_request_runs_is_refused_by_the_next_one() throws Exception {
        office.hire(Role.AUDITOR).close();
        Directory directory = Office.bean(Directory.class);
        Statement[] last = new Statement[1];
        Office.inRequest(() -> {
            Chain chain = directory.known();
            last[0] =
                    Office.bean(DirectoryStore.class).after(chain.number() - 1).get(0);
            Office.alter("delete from directory_statement where number = ?", last[0].number());
            return null;
        });
        assertTampering("directory.shortened", () -> known(directory));
        insert(last[0]);
        assertEquals(last[0].number(), known(directory).number());
    }

    @Test
    void a_server_that_was_restarted_with_a_shorter_directory_is_found_out_by_who_unlocks() throws Exception {
        try (UserKeys founder = office.founder()) {
            Chain chain = known(Office.bean(Directory.class));
            Memory memory = Office.bean(Memory.class);
            StaffStore.Row state = memory.begin(founder, chain);
            Chain shorter = chainUpTo(chain.number() - 1);
            assertTampering("directory.shortened", () -> memory.compare(founder, state, shorter));
            assertEquals(true, memory.compare(founder, state, chain).isEmpty());
        }
    }

    @Test
    void another_founding_statement_than_the_pinned_one_is_refused() throws Exception {
        try (UserKeys thief = UserKeys.generate(UUID.randomUUID());
                UserKeys founder = office.founder()) {
            Statement pinned = Office.bean(DirectoryStore.class).founding().orElseThrow();
            Map<String, String> facts = new java.util.LinkedHashMap<>();
            facts.put("tenant", pinned.text("tenant"));
            facts.put("root", Bytes.hex(thief.signKey()));
            facts.put("recovery", pinned.text("recovery"));
            facts.put("suites", "HF1");
            facts.put("need", "1");
            Statement own = Statement.signed(0, new byte[0], Statement.Kind.FOUNDING, DAY, facts, thief);
            assertTampering("directory.pin", () -> Chain.foundedBy(own, pinned.hash()));
            assertArrayEquals(
                    founder.signKey(),
                    Chain.foundedBy(pinned, pinned.hash())
                            .with(Office.bean(DirectoryStore.class).after(0).get(0))
                            .people()
                            .iterator()
                            .next()
                            .signKey());
        }
    }

    @Test
    void swapped_moved_and_planted_slots_are_refused() throws Exception {
        Slots slots = Office.bean(Slots.class);
        List<UUID> people = Office.bean(Directory.class).people().stream()
                .map(Person::staffId)
                .filter(id -> slotCount(id) == 4)
                .toList();
        UUID one = people.get(1);
        UUID two = people.get(2);
        String swap = "update staff_slot a set sealed = b.sealed from staff_slot b where a.staff_id in (?, ?)"
                + " and b.staff_id in (?, ?) and a.staff_id <> b.staff_id and a.position = b.position";
        Office.alter(swap, one, two, one, two);
        assertTampering("slot.row", () -> checked(slots, one));
        assertTampering("slot.row", () -> checked(slots, two));
        Office.alter(swap, one, two, one, two);
        assertEquals(4, checked(slots, one).size());

        String positions = "update staff_slot set position = (position + 2) % 4 + ? where staff_id = ?";
        Office.alter("alter table staff_slot drop constraint staff_slot_position_check");
        Office.alter(positions, 10, one);
        Office.alter("update staff_slot set position = position - 10 where staff_id = ?", one);
        assertTampering("slot.row", () -> checked(slots, one));
        Office.alter(positions, 10, one);
        Office.alter("update staff_slot set position = position - 10 where staff_id = ?", one);
        Office.alter("alter table staff_slot add check (position between 0 and 3)");
        assertEquals(4, checked(slots, one).size());

        try (UserKeys thief = UserKeys.generate(one);
                SecretBytes known = SecretBytes.random(64);
                SecretBytes kit = SecretBytes.random(20)) {
            UUID tenant = known(Office.bean(Directory.class)).tenant();
            Slots.Row planted = slots.make(tenant, thief, known, kit).get(0);
            Slots.Row honest = checked(slots, one).get(0);
            String put = "update staff_slot set id = ?, salt = ?, sealed = ? where staff_id = ? and position = 0";
            Office.alter(put, planted.id(), planted.salt(), planted.sealed(), one);
            assertTampering("slot.row", () -> checked(slots, one));
            Office.alter(put, honest.id(), honest.salt(), honest.sealed(), one);
            assertEquals(4, checked(slots, one).size());
        }
    }

    @Test
    void three_shares_open_what_recovery_keeps_and_two_do_not() throws Exception {
        List<Share> shares = new java.util.ArrayList<>();
        for (String printed : office.organisation().shares()) {
            shares.add(Share.parse(printed));
        }
        assertThrows(Tampered.class, () -> Shares.combine(shares.subList(0, 2)));
        try (UserKeys owner = office.hire(Role.CASEWORKER);
                SecretBytes seed = Shares.combine(List.of(shares.get(4), shares.get(0), shares.get(2)));
                XWingKeyPair recovery = XWingKeyPair.fromSeed(seed)) {
            UUID id = Office.newCase(owner);
            Chain chain = known(Office.bean(Directory.class));
            assertArrayEquals(chain.recoveryKey(), recovery.publicKey());
            List<GrantRow> kept = new Sql(Office.bean(DataSource.class))
                    .list(
                            "select g.*, null::bytea as copy from recovery_wrap g where object_id = ?",
                            GrantStore::read,
                            id);
            assertEquals(3, kept.size());
            for (GrantRow row : kept) {
                SecretBytes secret = Wrapper.unwrap(
                        ObjectType.RECOVERY_WRAP,
                        recovery,
                        GrantRow.wrapContext(chain.tenant(), GrantRow.RECOVERY_TABLE, row.id()),
                        row.wrap());
                Office.inRequest(() -> {
                    try (Secrets secrets = Office.bean(Grants.class).derive(secret, chain.tenant(), row)) {
                        assertArrayEquals(row.commitment(), secrets.commitment());
                    }
                    return null;
                });
            }
        }
    }

    @Test
    void a_new_supervisor_holds_the_summary_of_the_cases_that_are_there_already() throws Exception {
        try (UserKeys founder = office.founder();
                UserKeys colleague = UserKeys.generate(UUID.randomUUID())) {
            UUID caseId = Office.newCase(founder);
            Office.as(founder, () -> {
                Chain chain = Office.bean(Directory.class).known();
                RequestStore.Row row = request(chain, colleague, "supervisor");
                Office.bean(Bracket.class)
                        .write(() -> Office.bean(RequestStore.class).insert(chain.tenant(), row));
                Office.bean(Staffing.class)
                        .approve(
                                row.id(),
                                Words.fingerprint(row.fingerprint(chain.tenant()), Enrolment.FINGERPRINT_WORDS));
                return null;
            });
            try {
                Office.open(colleague, caseId, Compartment.SUMMARY);
                assertThrows(Problem.NotHere.class, () -> Office.open(colleague, caseId, Compartment.CONTENT));
            } finally {
                Office.as(founder, () -> {
                    Office.bean(Staffing.class).end(colleague.staffId());
                    return null;
                });
            }
        }
    }

    private static RequestStore.Row request(Chain chain, UserKeys keys, String roles) {
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

    @Test
    void nobody_ends_the_last_supervisor() throws Exception {
        try (UserKeys founder = office.founder()) {
            Problem.Refused refused = assertThrows(
                    Problem.Refused.class,
                    () -> Office.as(founder, () -> {
                        Office.bean(Staffing.class).end(founder.staffId());
                        return null;
                    }));
            assertEquals("last-supervisor", refused.code());
        }
    }

    private static Directory fresh() {
        return new Directory(
                Office.bean(DirectoryStore.class),
                Office.bean(Pin.class),
                Office.bean(AuditLog.class),
                Office.bean(DirectoryInRequest.class),
                Office.bean(TransactionSynchronizationRegistry.class));
    }

    /** As a request of its own sees it. */
    private static Chain known(Directory directory) throws Exception {
        return Office.inRequest(directory::known);
    }

    private static Chain chainUpTo(int number) {
        List<Statement> all = Office.bean(DirectoryStore.class).after(-1);
        Chain chain = Chain.foundedBy(all.get(0), all.get(0).hash());
        for (Statement statement : all.subList(1, number + 1)) {
            chain = chain.with(statement);
        }
        return chain;
    }

    private static List<Slots.Row> checked(Slots slots, UUID staffId) {
        return Office.bean(Bracket.class).read(() -> slots.checked(staffId));
    }

    private static long slotCount(UUID staffId) {
        return Office.bean(SlotStore.class).of(staffId).size();
    }

    private static void insert(Statement statement) throws Exception {
        insert(statement.number(), statement.body());
    }

    private static void insert(int number, byte[] body) throws Exception {
        Office.alter(
                "insert into directory_statement (number, id, body, entry_id) values (?, ?, ?, ?)",
                number,
                Bytes.uuid(Hashes.sha256(body)),
                body,
                UUID.randomUUID());
    }

    private static void alter(int number, byte[] body) throws Exception {
        Office.alter(
                "update directory_statement set body = ? where number = ?", Arrays.copyOf(body, body.length), number);
    }

    private static void assertTampering(String code, Executable work) {
        assertEquals(code, assertThrows(Problem.Tampering.class, work).code());
    }
}
