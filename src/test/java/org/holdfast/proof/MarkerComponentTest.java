// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.holdfast.local.DemonstrationLogin;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.Test;

/**
 * Words that exist nowhere else are typed into every field of every form, from the report door to the answer; then everything that a
 * thief of the machine finds is searched for them: database files and write-ahead log, every row as a dump shows it, the logs of the
 * server, of PostgreSQL and of Keycloak, their temporary files, metrics and health. The login name is not among them: Keycloak keeps for a
 * week who tried to log in, on purpose.
 */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class MarkerComponentTest {
    /** Forms of which every value is chosen, but for the first start, whose words {@code FirstStartIT} types. */
    private static final Set<String> WITHOUT_TEXT = Set.of(
            "/desk/cases/{id}/give",
            "/desk/cases/{id}/unassign",
            "/desk/lock",
            "/desk/logout",
            "/desk/start",
            "/leave",
            "/oversight/people/{request}/decline",
            "/oversight/people/{staff}/end");

    private final Markers markers = new Markers();
    private final Typist typist = new Typist(markers);
    private final TreeSet<String> read = new TreeSet<>();
    private final List<String> sent = new ArrayList<>();
    private final Instant begin = Instant.now();
    private final int before = Visitor.posted().size();

    @Test
    void two_hundred_marker_words_are_readable_on_the_desk_and_found_nowhere_in_clear() throws Exception {
        Organisation organisation = Organisation.ofTests();
        List.of("sara", "amina", "tenzin").forEach(name -> {
            markers.alsoLookFor(organisation.passphrase(name));
            markers.alsoLookFor(organisation.kit(name).strip());
        });
        organisation.shares().forEach(share -> markers.alsoLookFor(share.strip()));

        String number = reportAtTheDoor("a", true);
        reportAtTheDoor("b", false);
        reportAtTheDoor("c", false);
        Visitor newcomer = enrolSomebody(organisation);
        Visitor amina = organisation.unlocked("amina");
        String withMailbox = workOnReports(amina, number);
        workOnACase(amina);
        wrongWordsAtTheOtherDoors(organisation, newcomer);
        assertTrue(markers.count() >= 200, "only " + markers.count());
        assertTrue(read.size() >= 150, "only " + read.size() + " were readable again: " + read);
        assertFalse(withMailbox.isEmpty());
        assertEquals(List.of(), formsNobodyFilled());

        assertEquals(List.of(), whereMarkersAre());
        theSearchFindsWhatLiesInClear();
    }

    private String reportAtTheDoor(String letter, boolean withNumber) throws Exception {
        Visitor reporter = Visitor.at(TestStack.report());
        reporter.get("/form/" + letter);
        String form = "form[action=/form/" + letter + "]";
        HttpResponse<String> review = typist.fill(reporter, form, "report " + letter, Map.of("step", "review"));
        assertEquals(200, review.statusCode());
        reporter.submit(form, Map.of("step", "edit"));
        reporter.submit(form, Map.of("step", "review"));
        assertEquals(200, reporter.submit(form, Map.of("step", "send")).statusCode());
        sent.add(reporter.page().select("input[name=report]").val());
        if (!withNumber) {
            return "";
        }
        assertEquals(200, reporter.submit(form, Map.of()).statusCode());
        String number = reporter.text("#number").strip();
        markers.alsoLookFor(number);
        markers.alsoLookFor(number.replaceAll("\\s", ""));
        return number;
    }

    /** The display name, twice: as the person types it, and as the supervisor reads it. */
    private Visitor enrolSomebody(Organisation organisation) throws Exception {
        Visitor visitor = Visitor.at(TestStack.desk());
        visitor.signIn(DemonstrationLogin.NEWCOMERS.get(0));
        visitor.get("/desk/enrol");
        visitor.submit("main form", Map.of());
        String words = visitor.text("#passphrase-shown");
        markers.alsoLookFor(words);
        markers.alsoLookFor(visitor.text("#kit").strip());
        assertEquals(
                422,
                visitor.submit("main form", Map.of("passphrase", markers.word("mistyped words"), "name", ""))
                        .statusCode());
        String name = markers.word("display name");
        assertEquals(
                200,
                visitor.submit("main form", Map.of("passphrase", words, "name", name))
                        .statusCode());
        Visitor sara = organisation.unlocked("sara");
        look(sara.get("/oversight/people"));
        sara.submit(".request:contains(" + name + ") form", Map.of("compared", "yes"));
        look(sara.get("/oversight/people"));
        Organisation.unlock(visitor, words);
        assertFalse(visitor.cookie("__Host-hfk").isEmpty());
        look(visitor.get("/desk"));
        return visitor;
    }

    /** Reads the queue, makes a case of each report that was sent here, and answers the one that can be answered. */
    private String workOnReports(Visitor amina, String number) throws Exception {
        String withMailbox = "";
        assertEquals(200, amina.get("/desk/intake").statusCode());
        for (String id : sent) {
            String report = "/desk/intake/" + id;
            look(amina.get(report));
            look(amina.submit(
                    "form[action$=/identity]",
                    Map.of("reason", firstChoice(amina, "form[action$=/identity]", "reason"))));
            amina.get(report);
            HttpResponse<String> file = amina.submit("form[action$=/case]", Map.of());
            assertEquals(200, file.statusCode());
            look(file);
            String address = file.uri().getPath();
            look(amina.get(address + "/original"));
            amina.get(address);
            look(amina.submit(
                    "form[action$=/identity]",
                    Map.of("reason", firstChoice(amina, "form[action$=/identity]", "reason"))));
            amina.get(address);
            if (amina.page().selectFirst("form[action$=/reply]") != null) {
                withMailbox = address;
                HttpResponse<String> answered = typist.fill(amina, "form[action$=/reply]", "answer", Map.of());
                assertEquals(200, answered.statusCode());
                look(answered);
                readTheAnswer(number);
            }
        }
        return withMailbox;
    }

    private void readTheAnswer(String number) throws Exception {
        Visitor reporter = Visitor.at(TestStack.report());
        for (int i = 0; i < 60; i++) {
            reporter.get("/reply");
            HttpResponse<String> page = reporter.submit("form[action=/reply]", Map.of("number", number));
            if (!markers.placesIn(page.body()).isEmpty()) {
                look(page);
                String remove = "form:has(input[name=remove])";
                String mistyped = markers.number("number to remove by");
                assertEquals(
                        422, reporter.submit(remove, Map.of("number", mistyped)).statusCode());
                look(reporter.last());
                reporter.get("/reply");
                reporter.submit("form[action=/reply]", Map.of("number", number));
                assertEquals(
                        200, reporter.submit(remove, Map.of("number", number)).statusCode());
                return;
            }
            Thread.sleep(500);
        }
        throw new AssertionError("the answer did not come");
    }

    /** A case from the desk: its forms with every row that a list may have. */
    private void workOnACase(Visitor amina) throws Exception {
        amina.get("/desk/cases/new");
        HttpResponse<String> file = typist.fill(amina, "main form[action=/desk/cases]", "new case", Map.of());
        String address = file.uri().getPath();
        look(file);
        amina.get(address + "/edit");
        look(typist.fill(amina, "main form", "case", Map.of()));
        for (int i = 1; i <= 2; i++) {
            amina.get(address + "/person");
            look(typist.fill(amina, "main form", "person " + i, Map.of()));
        }
        for (String letter : List.of("a", "b", "c")) {
            amina.get(address + "/reports/new/" + letter);
            for (String more : amina.page().select("button[name=more]").eachAttr("value")) {
                amina.submit("main form", Map.of("more", more));
            }
            assertEquals(
                    200,
                    typist.fill(amina, "main form", "record " + letter, Map.of())
                            .statusCode());
        }
        amina.get(address);
        String last = "";
        for (String report : amina.page().select("a[href*=/reports/]").eachAttr("href")) {
            look(amina.get(report));
            last = report.contains("/new/") ? last : report.replaceFirst("\\?.*", "");
        }
        amina.get(last + "?edit=yes");
        look(typist.fill(amina, "main form", "record again", Map.of()));
        amina.get(address);
        look(amina.submit("form[action$=/identity]", Map.of("reason", markers.word("reason"))));
        amina.get(address);
        look(amina.submit(
                "form[action$=/identity]", Map.of("reason", firstChoice(amina, "form[action$=/identity]", "reason"))));
        amina.get(address);
        amina.submit("form[action$=/assign]", Map.of("to", markers.word("assign to")));
        Visitor sara = Organisation.ofTests().unlocked("sara");
        sara.get(address);
        look(typist.fill(sara, "form[action$=/ask]", "ask for the case", Map.of()));
        amina.get(address);
        typist.fill(amina, "form[action$=/decline]", "decline", Map.of());
        look(sara.get(address));
        look(amina.get("/desk/cases?sort=opened"));
        amina.get("/desk/cases?status=" + markers.word("filter") + "&owner=" + markers.word("filter"));
        amina.get("/desk/cases/" + markers.word("address"));
    }

    /** What people type in the wrong place is theirs all the same. */
    private void wrongWordsAtTheOtherDoors(Organisation organisation, Visitor newcomer) throws Exception {
        Organisation.unlock(organisation.signedIn("noor"), markers.word("wrong words"));
        Visitor byKit = organisation.signedIn("tenzin");
        Organisation.unlock(byKit, organisation.kit("tenzin"));
        assertFalse(byKit.cookie("__Host-hfk").isEmpty());
        Visitor.at(TestStack.report()).get("/form/" + markers.word("address of a form"));
        Visitor.at(TestStack.report()).post("/reply", Map.of("number", markers.number("mistyped number")));
        Visitor.at(TestStack.report())
                .post(
                        "/form/a",
                        Map.of("ticket", markers.word("ticket"), "narrative", markers.word("forged"), "step", "send"));
        Visitor.at(TestStack.desk()).post("/desk/cases", Map.of("working", markers.word("after the login ended")));
        newcomer.post(
                "/desk/cases",
                Map.of("ticket", markers.word("desk ticket"), "working", markers.word("forged at the desk")));
        newcomer.post("/desk/cases/" + UUID.randomUUID() + "/edit", Map.of(markers.word("name of a field"), "x"));
        Visitor audrey = organisation.unlocked("audrey");
        if (audrey.get("/oversight/log").statusCode() == 200) {
            audrey.submit(
                    "form[action=/oversight/log]",
                    Map.of(
                            "person",
                            markers.word("filter"),
                            "case",
                            markers.word("filter"),
                            "kind",
                            markers.word("filter"),
                            "from",
                            markers.word("filter"),
                            "to",
                            markers.word("filter")));
        }
        audrey.get("/oversight/log");
        audrey.submit("form[action=/oversight/log/verify]", Map.of("kept", markers.word("kept checkpoint")));
        if (audrey.get("/oversight/log").statusCode() == 200) {
            audrey.submit(
                    "form[action=/oversight/log/verify]",
                    Map.of("kept", "holdfast.example/log\n1\n" + markers.word("kept checkpoint")));
        }
    }

    /** Addresses that take a form, where somebody can type, and that were sent none here. */
    private List<String> formsNobodyFilled() {
        List<String> sent = Visitor.posted();
        List<String> left = new ArrayList<>();
        for (String route : Routes.ofTheCode()) {
            String path = route.replaceFirst("POST ", "");
            String pattern = path.replaceAll("\\{[^}]+}", "[^/]+");
            boolean filled = sent.subList(before, sent.size()).stream().anyMatch(address -> address.matches(pattern));
            if (route.startsWith("POST ") && !filled && !WITHOUT_TEXT.contains(path)) {
                left.add(route);
            }
        }
        return left;
    }

    private void look(HttpResponse<String> page) {
        read.addAll(markers.placesIn(page.body()));
    }

    private static String firstChoice(Visitor who, String form, String field) {
        return who.page()
                .select(form)
                .select("select[name=" + field + "] option[value]:not([value=''])")
                .get(0)
                .val();
    }

    /** Everything that lies about, after everything is on the disk. */
    private List<String> whereMarkersAre() throws Exception {
        flush();
        List<String> found = new ArrayList<>(markers.inFilesBelow(TestStack.data()));
        for (Dump.Value value : Dump.values()) {
            if (markers.in(value.bytes())) {
                found.add(value.toString());
            }
        }
        for (String address : List.of("/q/metrics", "/q/health")) {
            String page = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(TestStack.management().resolve(address))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            if (markers.in(page.getBytes(StandardCharsets.UTF_8))) {
                found.add(address);
            }
        }
        for (Path file : temporaryFiles()) {
            try {
                if (markers.in(file) >= 0) {
                    found.add(file.toString());
                }
            } catch (NoSuchFileException gone) {
                // Of another program.
            }
        }
        return found;
    }

    private List<Path> temporaryFiles() throws IOException {
        FileTime since = FileTime.from(begin);
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(Path.of(System.getProperty("java.io.tmpdir")), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes about) {
                // Databases of other programs are none of ours, and large. In the reports of a build stand the settings
                // of
                // this very process, in which the test classes hand each other the words of the organisation.
                return Files.exists(folder.resolve("PG_VERSION")) || folder.endsWith("surefire-reports")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
                if (about.isRegularFile() && about.lastModifiedTime().compareTo(since) >= 0 && Files.isReadable(file)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException notOurs) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException vanished) {
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private static void flush() throws Exception {
        try (Connection connection = TestStack.superuser("holdfast");
                Statement sql = connection.createStatement()) {
            sql.execute("checkpoint");
        }
    }

    /** The same search finds a word that is put into the database, the log of PostgreSQL and the log of the server on purpose. */
    private void theSearchFindsWhatLiesInClear() throws Exception {
        Markers control = new Markers();
        try (Connection connection = TestStack.superuser("holdfast");
                Statement sql = connection.createStatement()) {
            sql.execute("create table planted as select '" + control.word("planted") + "'::text as word");
            sql.execute("checkpoint");
            List<String> found = control.inFilesBelow(TestStack.data());
            assertTrue(found.stream().anyMatch(place -> place.contains("/base/")), found.toString());
            assertTrue(found.stream().anyMatch(place -> place.contains("/pg_wal/")), found.toString());
            List<String> inRows = Dump.values().stream()
                    .filter(value -> control.in(value.bytes()))
                    .map(value -> value.column().full())
                    .toList();
            assertEquals(List.of("planted.word"), inRows);
            sql.execute("drop table planted");
            sql.execute("do $$ begin raise warning '" + control.word("planted in a log") + "'; end $$");
        }
        org.jboss.logging.Logger.getLogger(MarkerComponentTest.class).warn(control.word("planted in a log"));
        List<String> logs = control.inFilesBelow(TestStack.data().resolve("log"));
        assertTrue(logs.stream().anyMatch(place -> place.contains("postgres.log")), logs.toString());
        assertTrue(logs.stream().anyMatch(place -> place.contains("application.log")), logs.toString());
    }
}
