// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.holdfast.local.DemonstrationLogin;
import org.holdfast.local.HoldfastServer;
import org.holdfast.local.LocalStack;
import org.holdfast.local.Organisation;
import org.holdfast.local.Steps;
import org.holdfast.local.Trouble;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The power cut, under load and with a database that writes through: PostgreSQL and the packaged server are killed without a word, ten
 * times each. After each round everything of which somebody was told that it is stored is there, once, nothing is there of which
 * somebody was told that it is not, and log and rows agree.
 */
class CrashIT {
    private static final int ROUNDS = 10;
    private static final int REPORTERS = 4;
    private static final Map<String, String> SETTINGS = Map.of("HOLDFAST_LOG_REPORT_DOOR", "at-once");

    private static LocalStack stack;
    private static HoldfastServer server;
    private static Organisation organisation;
    private static ReportLoad reports;
    private static EditLoad edits;
    private static Visitor auditor;

    @BeforeAll
    static void begin() throws Exception {
        Steps steps = new Steps(System.out);
        stack = LocalStack.forCrashTests(Path.of("target/crash-stack").toAbsolutePath(), steps);
        stack.start(steps);
        for (DemonstrationLogin login : DemonstrationLogin.ORGANISATION) {
            stack.addLogin(login);
        }
        server = HoldfastServer.on(stack);
        server.launch(SETTINGS);
        server.awaitReady();
        organisation = Organisation.found(URI.create(stack.deskUrl()));
        reports = new ReportLoad(URI.create(stack.reportUrl()));
        edits = new EditLoad(organisation);
    }

    @AfterAll
    static void end() throws Exception {
        if (server != null) {
            server.close();
        }
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void nothing_that_was_acknowledged_is_lost_when_postgresql_is_killed() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            underLoad(round, () -> {
                stack.postgres().kill();
                stack.postgres().start();
            });
            check("PostgreSQL, round " + round);
        }
    }

    @Test
    void nothing_that_was_acknowledged_is_lost_when_the_server_is_killed() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            underLoad(round, () -> {
                server.kill();
                server.launch(SETTINGS);
                server.awaitReady();
            });
            check("server, round " + round);
        }
    }

    private interface Cut {
        void cut() throws Exception;
    }

    private static void underLoad(int round, Cut cut) throws Exception {
        int before = reports.stored.size();
        int savedBefore = edits.saved;
        int sentBefore = edits.sent;
        List<Thread> threads = new ArrayList<>();
        reports.resume();
        edits.resume();
        for (int i = 0; i < REPORTERS; i++) {
            threads.add(new Thread(reports::run, "reporter " + i));
        }
        threads.add(new Thread(edits::run, "caseworker"));
        threads.forEach(Thread::start);
        for (int i = 0; (reports.stored.size() == before || edits.saved == savedBefore) && i < 300; i++) {
            Thread.sleep(50);
        }
        Thread.sleep(400 + new Random(round).nextInt(500));
        cut.cut();
        reports.stop();
        edits.stop();
        for (Thread thread : threads) {
            thread.join(30_000);
            assertFalse(thread.isAlive(), thread.getName() + " hangs");
        }
        assertTrue(reports.stored.size() > before, "no load in round " + round);
        assertTrue(edits.sent > sentBefore && edits.saved > savedBefore, "nobody worked at the desk in round " + round);
    }

    private static void check(String round) throws Exception {
        // Whoever was told nothing sends the same form again, as the page asks for.
        Visitor reporter = Visitor.at(URI.create(stack.reportUrl()));
        for (int i = 0; !reports.open.isEmpty(); i++) {
            assertTrue(i < 50, "still no answer to " + reports.open.size());
            for (String ticket : new ArrayList<>(reports.open.values())) {
                try {
                    reports.send(reporter, ticket);
                } catch (java.io.IOException notYet) {
                    Thread.sleep(100);
                }
            }
        }
        Set<String> there = tickets();
        Set<String> lost = new TreeSet<>(reports.stored);
        lost.removeAll(there);
        assertEquals(Set.of(), lost, round + ": told to be stored");
        Set<String> denied = new TreeSet<>(reports.notStored);
        denied.retainAll(there);
        assertEquals(Set.of(), denied, round + ": told not to be stored");
        assertEquals(reports.stored.size(), there.size(), round);

        int saved = edits.saved;
        int standing = edits.standing();
        assertTrue(
                saved <= standing && standing <= edits.sent,
                round + ": " + saved + " <= " + standing + " <= " + edits.sent);

        awaitNumbering();
        assertEquals(number("select count(*) from audit_entry"), number("select count(*) from audit_sequence"), round);
        assertEquals(
                number("select count(*) from audit_sequence"),
                number("select max(seq) + 1 from audit_sequence"),
                round);
        assertEquals(there.size(), number("select count(*) from audit_entry where act = 'report.accepted'"), round);
        assertEquals(Set.of(), verified(), round);
    }

    private static TreeSet<String> verified() throws Exception {
        URI desk = URI.create(stack.deskUrl());
        for (int i = 0; ; i++) {
            try {
                if (auditor == null) {
                    auditor = organisation.unlocked("audrey");
                }
                TreeSet<String> findings = Logbook.findings(desk, auditor);
                if (findings.stream().noneMatch(finding -> finding.startsWith("no bundle")) || i == 20) {
                    return findings;
                }
                auditor = null;
            } catch (IllegalStateException | Trouble loggedOut) {
                auditor = null;
                if (i == 20) {
                    throw loggedOut;
                }
            }
            Thread.sleep(100);
        }
    }

    private static void awaitNumbering() throws Exception {
        for (int i = 0; number("select count(*) from audit_pending") > 0; i++) {
            assertTrue(i < 100, "entries wait for their number");
            Thread.sleep(100);
        }
    }

    private static Set<String> tickets() throws Exception {
        Set<String> found = new HashSet<>();
        try (Connection connection = stack.postgres().connectAsSuperuser("holdfast");
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery("select encode(ticket, 'hex') from intake_report")) {
            while (rows.next()) {
                assertTrue(found.add(rows.getString(1)), "a report is there twice");
            }
        }
        return found;
    }

    private static long number(String question) throws Exception {
        return Long.parseLong(stack.postgres().ask("holdfast", question));
    }
}
