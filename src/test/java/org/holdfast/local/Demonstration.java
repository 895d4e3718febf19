// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * What a local stack is filled with after its first start: the demonstration organisation, its people enrolled, and the invented
 * sample cases. Everything goes through the pages, as people do it; the server has no other way in.
 *
 * <p>What the pages show once is kept in {@code demonstration.properties} beside the data, for this stack holds invented cases
 * only. A folder that has this file is not filled again; a start that was broken off goes on after the last case it finished.
 */
final class Demonstration {

    private static final String FILE = "demonstration.properties";
    /** The cases that come in at the report door: these stay in the queue, and another one is answered. */
    private static final List<String> IN_THE_QUEUE = List.of("AC-19", "AC-23");

    private static final String ANSWERED = "AC-13";
    private static final String ANSWER =
            "Thank you for telling us. You need not answer these messages, and you need not name anybody. Keep what they"
                    + " sent you. We will look for a quiet time to talk; say here when that is.";

    private final URI desk;
    private final URI door;
    private final Path file;
    private final Properties kept;

    private Demonstration(URI desk, URI door, Path data) throws IOException {
        this.desk = desk;
        this.door = door;
        this.file = data.resolve(FILE);
        this.kept = kept(data);
    }

    /** What a data folder keeps of the demonstration; nothing where none was founded. */
    static Properties kept(Path data) throws IOException {
        Properties kept = new Properties();
        Path file = data.resolve(FILE);
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                kept.load(in);
            }
        }
        return kept;
    }

    static void load(LocalStack stack, Steps steps) throws IOException, InterruptedException {
        Demonstration demonstration =
                new Demonstration(URI.create(stack.deskUrl()), URI.create(stack.reportUrl()), stack.data());
        if (!demonstration.kept.containsKey("pin")) {
            if (demonstration.isFounded()) {
                steps.say("This organisation was founded by hand: no demonstration is loaded into it");
                return;
            }
            steps.step("Organisation founded, six people enrolled", demonstration::found);
        }
        if (!demonstration.kept.containsKey("loaded")) {
            steps.step("Sample cases entered at both doors", demonstration::cases);
        }
    }

    /** Enters the sample cases into an organisation that a test has founded. Gives the return number of the one that is answered. */
    static String intoTestStack(Organisation organisation, Path data) throws IOException, InterruptedException {
        Demonstration demonstration = new Demonstration(TestStack.desk(), TestStack.report(), data);
        demonstration.remember(organisation);
        demonstration.cases();
        return demonstration.kept.getProperty("number." + ANSWERED, "");
    }

    /** The six words of each login, and the return number under which an answer waits; nothing where it is not loaded. */
    static List<String> words(Properties kept) {
        if (!kept.containsKey("loaded")) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("  Words that unlock the keys, after the login");
        for (DemonstrationLogin login : DemonstrationLogin.ORGANISATION) {
            lines.add(String.format("    %-10s %s", login.name(), kept.getProperty("words." + login.name(), "")));
        }
        lines.add("  Return number of a reporter who has an answer: " + kept.getProperty("number." + ANSWERED, "none"));
        return lines;
    }

    private boolean isFounded() throws IOException, InterruptedException {
        Visitor supervisor = Visitor.at(desk);
        supervisor.signIn(DemonstrationLogin.ORGANISATION.get(0));
        supervisor.get("/desk/start");
        return supervisor.page().selectFirst("main form input[name=step][value=keys]") == null;
    }

    private Organisation found() throws IOException, InterruptedException {
        Organisation organisation = Organisation.found(desk);
        remember(organisation);
        return organisation;
    }

    private void remember(Organisation organisation) throws IOException {
        for (DemonstrationLogin login : DemonstrationLogin.ORGANISATION) {
            kept.setProperty("words." + login.name(), organisation.passphrase(login.name()));
            kept.setProperty("kit." + login.name(), organisation.kit(login.name()));
        }
        for (int i = 0; i < organisation.shares().size(); i++) {
            kept.setProperty("share." + (i + 1), organisation.shares().get(i));
        }
        keep("pin", organisation.pin());
    }

    private Demonstration cases() throws IOException, InterruptedException {
        Visitor amina = unlocked("amina");
        Visitor tenzin = unlocked("tenzin");
        int turn = 0;
        // The answered one first: then it is alone in the queue.
        List<SampleCases.Sample> samples = new ArrayList<>(SampleCases.all());
        samples.sort(Comparator.comparing(s -> !s.name().equals(ANSWERED)));
        for (SampleCases.Sample sample : samples) {
            if (kept.containsKey("done." + sample.name())) {
                continue;
            }
            if (IN_THE_QUEUE.contains(sample.name())) {
                report(sample);
            } else if (sample.name().equals(ANSWERED)) {
                answered(sample, amina);
            } else {
                Visitor worker = turn++ % 2 == 0 ? amina : tenzin;
                String id = enter(sample, worker);
                if (turn == 2) {
                    assign(worker, id, "Amina");
                }
            }
            keep("done." + sample.name(), "yes");
        }
        keep("loaded", "yes");
        return this;
    }

    /** A case as a caseworker enters it after an interview. */
    private String enter(SampleCases.Sample sample, Visitor worker) throws IOException, InterruptedException {
        expect(worker.get("/desk/cases/new"), "the form of a new case");
        HttpResponse<String> page = expect(worker.submitAll("form[action=/desk/cases]", sample.file()), sample.name());
        String id = page.uri().getPath().substring("/desk/cases/".length());
        complete(sample, worker, id);
        return id;
    }

    private void complete(SampleCases.Sample sample, Visitor worker, String id)
            throws IOException, InterruptedException {
        expect(worker.get("/desk/cases/" + id + "/edit"), "the form of the summary");
        expect(worker.submitAll("main form", sample.file()), sample.name() + ", summary");
        if (!sample.person().isEmpty()) {
            expect(worker.get("/desk/cases/" + id + "/person"), "the form of a person");
            expect(worker.submitAll("main form", sample.person()), sample.name() + ", person");
        }
        for (Map.Entry<String, Map<String, List<String>>> report :
                sample.reports().entrySet()) {
            expect(worker.get("/desk/cases/" + id + "/reports/new/" + report.getKey()), "the form of a report");
            expect(worker.submitAll("main form", report.getValue()), sample.name() + ", report " + report.getKey());
        }
    }

    private static void assign(Visitor worker, String id, String colleague) throws IOException, InterruptedException {
        worker.get("/desk/cases/" + id);
        String to = worker.page()
                .select("select[name=to] option:contains(" + colleague + ")")
                .attr("value");
        expect(worker.submit("form[action$=/assign]", Map.of("to", to)), "assigning a case");
    }

    /** A report at the report door, sent without an account. Gives the visitor, who still sees the confirmation. */
    private Visitor report(SampleCases.Sample sample) throws IOException, InterruptedException {
        String letter = sample.reports().keySet().iterator().next();
        Visitor exile = Visitor.at(door);
        expect(exile.get(SampleCases.form(sample, letter)), "the report form");
        expect(
                exile.submitAll("main form", step(offered(exile, SampleCases.atTheDoor(sample, letter)), "review")),
                "the review");
        HttpResponse<String> stored = expect(exile.submitAll("main form", step(Map.of(), "send")), sample.name());
        if (!stored.body().contains("name=\"proof\"")) {
            throw new Trouble("The report of " + sample.name() + " was not stored.");
        }
        return exile;
    }

    /** What can be ticked or chosen on the page; the rest of a sample is recorded at the desk. */
    private static Map<String, List<String>> offered(Visitor exile, Map<String, List<String>> fields) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        fields.forEach((input, values) -> {
            List<String> codes = exile.page()
                    .select("[type=checkbox][name=" + input + "], [type=radio][name=" + input + "], select[name="
                            + input + "] option")
                    .eachAttr("value");
            boolean one = !exile.page()
                    .select("select[name=" + input + "]:not([multiple])")
                    .isEmpty();
            kept.put(
                    input,
                    codes.isEmpty()
                            ? values
                            : values.stream()
                                    .filter(codes::contains)
                                    .limit(one ? 1 : codes.size())
                                    .toList());
        });
        return kept;
    }

    /** A report that asked for a return number, was made a case and has an answer. */
    private void answered(SampleCases.Sample sample, Visitor worker) throws IOException, InterruptedException {
        Visitor exile = report(sample);
        String address =
                "/desk/intake/" + exile.page().select("input[name=report]").val();
        expect(exile.submit("form:has(input[name=proof])", Map.of()), "the return number");
        kept.setProperty(
                "number." + sample.name(), exile.text("#number").strip().replaceAll("\\s+", " "));
        expect(worker.get("/desk/intake"), "the queue");
        expect(worker.get(address), "a report in the queue");
        HttpResponse<String> made = expect(worker.submit("form[action$=/case]", Map.of()), "making a case");
        String id = made.uri().getPath().substring("/desk/cases/".length());
        expect(worker.submit("form[action$=/reply]", Map.of("text", ANSWER)), "the answer");
        expect(worker.get("/desk/cases/" + id + "/edit"), "the form of the summary");
        expect(worker.submitAll("main form", sample.file()), sample.name() + ", summary");
    }

    private static Map<String, List<String>> step(Map<String, List<String>> fields, String step) {
        Map<String, List<String>> all = new LinkedHashMap<>(fields);
        all.put("step", List.of(step));
        return all;
    }

    private Visitor unlocked(String name) throws IOException, InterruptedException {
        Visitor visitor = Visitor.at(desk);
        expect(visitor.signIn(Organisation.login(name)), "the login of " + name);
        expect(Organisation.unlock(visitor, kept.getProperty("words." + name, "")), "the words of " + name);
        return visitor;
    }

    private void keep(String key, String value) throws IOException {
        kept.setProperty(key, value);
        try (Writer out = Files.newBufferedWriter(file)) {
            kept.store(out, "The demonstration organisation of this folder: invented people, invented cases.");
        }
    }

    private static HttpResponse<String> expect(HttpResponse<String> answer, String what) {
        if (answer.statusCode() != 200) {
            throw new Trouble("The server answers " + answer.statusCode() + " to " + what + ".");
        }
        return answer;
    }
}
