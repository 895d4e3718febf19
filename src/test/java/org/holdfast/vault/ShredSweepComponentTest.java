// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.holdfast.access.Bracket;
import org.holdfast.access.Role;
import org.holdfast.audit.Act;
import org.holdfast.audit.ActingNow;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.audit.PlantedLines;
import org.holdfast.audit.Pseudonym;
import org.holdfast.audit.RowHash;
import org.holdfast.crypto.Hashes;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A store of shred secrets that cannot erase when a report becomes a case: the case is made, and the secret goes later. */
@Order(Integer.MAX_VALUE)
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class ShredSweepComponentTest {

    private static final String SHRED = "holdfast_shred";
    /** The lock under which entries get their numbers. */
    private static final long SEQUENCER = 0x68662d6c6f67L;

    private final Organisation organisation = Organisation.ofTests();

    @AfterEach
    void allow() throws Exception {
        shred("grant delete on shred_secret to holdfast_shred");
    }

    @Test
    void a_secret_that_could_not_be_erased_is_erased_by_the_sweep_with_a_line_and_the_case_is_made() throws Exception {
        UUID report = report();
        UUID waiting = report();
        UUID beingMade = UUID.randomUUID();
        shred("insert into shred_secret (object_id, secret) values ('" + beingMade + "', sha256('just made'))");
        Visitor amina = organisation.unlocked("amina");
        assertEquals(200, amina.get("/desk/intake/" + report).statusCode());
        shred("revoke delete on shred_secret from holdfast_shred");
        HttpResponse<String> made = amina.submit("form[action$=/case]", Map.of());
        assertEquals(200, made.statusCode());
        assertTrue(made.uri().getPath().startsWith("/desk/cases/"), made.uri().getPath());
        assertEquals(1, secrets(report));

        long lines = lines();
        Office.inRequest(() -> {
            Office.bean(ShredSweep.class).sweep();
            return null;
        });
        assertEquals(1, secrets(report));
        assertEquals(lines, lines(), "a line of an erasure that was none");

        shred("grant delete on shred_secret to holdfast_shred");
        assertTrue(Office.inRequest(() -> Office.bean(ShredSweep.class).run()) >= 1);
        assertEquals(0, secrets(report));
        assertTrue(lines() > lines);
        for (UUID kept :
                List.of(waiting, beingMade, UUID.fromString(made.uri().getPath().replaceFirst(".*/", "")))) {
            assertEquals(1, secrets(kept), "erased what is in use or being made");
        }
        assertEquals(0, Office.inRequest(() -> Office.bean(ShredSweep.class).run()));
        assertEquals(200, amina.get(made.uri().getPath()).statusCode());
        shred("delete from shred_secret where object_id = '" + beingMade + "'");
    }

    @Test
    void a_secret_that_is_erased_while_the_sweep_runs_does_not_keep_the_others_from_being_erased() throws Exception {
        UUID gone = report();
        UUID left = report();
        Visitor amina = organisation.unlocked("amina");
        shred("revoke delete on shred_secret from holdfast_shred");
        assertEquals(200, amina.get("/desk/intake/" + left).statusCode());
        assertEquals(200, amina.submit("form[action$=/case]", Map.of()).statusCode());
        shred("grant delete on shred_secret to holdfast_shred");
        // Read with the portion, and made a case before its turn came.
        assertEquals(200, amina.get("/desk/intake/" + gone).statusCode());
        assertEquals(200, amina.submit("form[action$=/case]", Map.of()).statusCode());
        assertEquals(0, secrets(gone));
        assertEquals(1, Office.inRequest(() -> Office.bean(ShredSweep.class).portion(List.of(gone, left))));
        assertEquals(0, secrets(left));
    }

    @Test
    void what_a_database_writer_took_away_keeps_its_secret() throws Exception {
        UUID report = report();
        Office.alter("create table taken as select * from intake_report where id = '" + report + "'");
        Office.alter("create table taken_card as select * from intake_card where id = '" + report + "'");
        Office.alter("delete from intake_report where id = ?", report);
        // He says in the log, too, that it went as answers go that were delivered; he can write, but not sign.
        Office.inRequest(() -> {
            record(AuditEvent.of(Act.REPLY_CLEARED).on(called(report)).hash(RowHash.gone()));
            return Office.bean(ShredSweep.class).run();
        });
        assertEquals(1, secrets(report), "a deletion that a backup can mend was made final");
        Office.alter("insert into intake_report select * from taken");
        Office.alter("insert into intake_card select * from taken_card");
        Office.alter("drop table taken, taken_card");
    }

    @Test
    void a_line_put_in_front_of_the_one_of_the_door_does_not_pass_a_report_off_as_an_answer() throws Exception {
        try (Connection writer = TestStack.superuser("holdfast");
                Statement sql = writer.createStatement()) {
            // Nothing gets a number until this connection ends: what waits goes by an order that a writer can choose.
            sql.execute("select pg_advisory_lock(" + SEQUENCER + ")");
            UUID report = report();
            sql.execute("create temp table taken as select * from intake_report where id = '" + report + "'");
            sql.execute("delete from intake_report where id = '" + report + "'");
            List<UUID> planted = Office.inRequest(() -> {
                ActingNow door = Office.bean(ActingNow.class);
                door.reportDoor();
                AuditEvent laid = AuditEvent.of(Act.REPLY_DELIVERED).on(called(report));
                AuditEvent removed = AuditEvent.of(Act.REPLY_REMOVED).on(called(report));
                return PlantedLines.insert(
                        writer, door, laid.hash(Hashes.sha256(new byte[0])), removed.hash(RowHash.gone()));
            });
            String lines = "('" + planted.get(0) + "', '" + planted.get(1) + "')";
            sql.execute("create temp table front as select ord - 1000000 as ord, id from audit_pending where id in "
                    + lines);
            sql.execute("delete from audit_pending where id in " + lines);
            sql.execute("insert into audit_pending (ord, id) overriding system value select ord, id from front");
            Office.inRequest(() -> Office.bean(ShredSweep.class).run());
            long left = secrets(report);
            sql.execute("insert into intake_report select * from taken");
            sql.execute("delete from audit_pending where id in " + lines);
            sql.execute("set session_replication_role = replica");
            sql.execute("delete from audit_entry where id in " + lines);
            assertEquals(1, left, "a deletion that nobody signed was believed");
        }
    }

    @Test
    void a_forged_line_makes_nobody_erase_the_secret_of_a_case_or_of_a_shared_key() throws Exception {
        try (UserKeys keys = new Office().hire(Role.CASEWORKER)) {
            UUID ofCase = Office.newCase(keys);
            UUID epoch = Office.bean(Directory.class)
                    .known()
                    .newest(org.holdfast.vault.Statement.Kind.INTAKE_EPOCH)
                    .id();
            for (UUID object : List.of(ofCase, epoch)) {
                assertEquals(1, secrets(object));
                String its = " access_grant where object_id = '" + object + "'";
                Office.alter("create table taken as select * from" + its);
                Office.alter("delete from" + its);
                // Word for word what a writer of the main database would put there: the line of the system has no
                // signature.
                Office.inRequest(() -> record(AuditEvent.of(Act.REPLY_CLEARED)
                        .on(Pseudonym.ofRow(object))
                        .hash(RowHash.gone())));
                Office.inRequest(() -> Office.bean(ShredSweep.class).run());
                Office.alter("insert into access_grant select * from taken");
                Office.alter("drop table taken");
                assertEquals(1, secrets(object), "a writer of one database erased in the other");
            }
        }
    }

    private static List<UUID> record(AuditEvent... events) {
        return Office.bean(Bracket.class)
                .write(() -> Office.bean(AuditLog.class).record(List.of(events)));
    }

    /** What the log calls a report; a writer reads it there. */
    private static Pseudonym called(UUID report) {
        return Office.bean(Names.class).of(report, IntakeVault.TABLE, report);
    }

    /** A report that waits in the queue. */
    private static UUID report() throws Exception {
        Visitor reporter = Visitor.at(TestStack.report());
        reporter.get("/form/a");
        reporter.submit("form[action=/form/a]", Map.of("narrative", "to be swept", "step", "send"));
        return UUID.fromString(reporter.page().selectFirst("input[name=report]").val());
    }

    private static long lines() throws SQLException {
        return Office.count("select count(*) from audit_entry where act = 'secret.erased'");
    }

    private static long secrets(UUID object) throws SQLException {
        try (Connection connection = TestStack.superuser(SHRED);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*) from shred_secret where object_id = '" + object + "'")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void shred(String text) throws SQLException {
        try (Connection connection = TestStack.superuser(SHRED);
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}
