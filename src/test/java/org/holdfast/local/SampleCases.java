// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.rules.Codes;
import org.holdfast.rules.report.Form;
import org.holdfast.rules.report.ReportFields;
import org.holdfast.rules.report.ReportKind;

/**
 * The invented cases of {@code src/test/resources/demonstration}, as the fields of the desk's forms. What the three kinds of
 * report do not hold stands in the narrative, in words.
 */
final class SampleCases {

    private static final List<String> NAMES =
            List.of("AC-01", "AC-04", "AC-07", "AC-09", "AC-13", "AC-16", "AC-19", "AC-23");
    private static final Map<String, String> KIND_OF_LIST =
            Map.of("family_threat", "a", "agent_approach", "b", "travel_event", "c");
    private static final List<String> REST =
            List.of("evidence", "consent", "referrals", "fear_detail", "return_intention", "return_date");

    private SampleCases() {}

    /**
     * A case.
     *
     * @param self whether the exile writes it at the report door
     * @param file the fields of the case itself
     * @param person the fields of the person at risk, none when nothing is known of one
     * @param reports letter of the kind to the fields of the report
     */
    record Sample(
            String name,
            boolean self,
            Map<String, List<String>> file,
            Map<String, List<String>> person,
            Map<String, Map<String, List<String>>> reports,
            Map<String, List<String>> contact) {}

    /** What the report door asks of all that; the rest is for caseworkers. */
    static Map<String, List<String>> atTheDoor(Sample sample, String letter) {
        ReportKind kind = ReportKind.ofLetter(letter).orElseThrow();
        Form door = ReportFields.door(kind);
        Map<String, List<String>> fields = new LinkedHashMap<>();
        sample.reports().get(letter).forEach((input, values) -> {
            String field = input.replaceFirst("\\.(day|month|year)$", "");
            if (door.single().containsKey(field)) {
                fields.put(input, values);
            }
        });
        fields.putAll(sample.contact());
        return fields;
    }

    /** The form that somebody of this language fills in, where it is offered; another one is answered in English. */
    static String form(Sample sample, String letter) {
        return "/form/" + letter + "?lang=" + sample.file().get("language").get(0);
    }

    static List<Sample> all() throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (String name : NAMES) {
            try (InputStream in = SampleCases.class.getResourceAsStream("/demonstration/" + name + ".json")) {
                samples.add(sample(name, new ObjectMapper().readTree(in)));
            }
        }
        return samples;
    }

    private static Sample sample(String name, JsonNode json) {
        JsonNode input = json.get("input");
        JsonNode person = input.path("person");
        Map<String, List<String>> file = new LinkedHashMap<>();
        put(file, "summary", json.get("title").asText());
        put(file, "status", "st.open");
        put(file, "urgency", json.at("/expected/urgency").asText());
        put(file, "level", json.at("/expected/risk_level").asText());
        put(file, "level_reason", "Set by the caseworker who recorded the case");
        put(file, "source", input.path("report_source").asText());
        put(file, "origin", input.path("origin_state").asText());
        put(file, "host", person.path("host_country").asText());
        put(file, "language", input.path("language").asText());
        String assessed = json.path("assessed_on").asText();
        // A clock that is behind the samples must not refuse them: nothing is received on a day to come.
        String today = LocalDate.now(Clock.systemUTC()).toString();
        date(file, "received", assessed.compareTo(today) > 0 ? today : assessed);
        Map<String, Map<String, List<String>>> reports = new LinkedHashMap<>();
        String main = main(input);
        for (String letter : List.of("a", "b", "c")) {
            Map<String, List<String>> report = report(letter, letter.equals(main), json);
            if (letter.equals(main) || report.containsKey("incidents") || report.containsKey("points.1.country")) {
                reports.put(letter, report);
            }
        }
        return new Sample(
                name,
                input.path("report_source").asText().equals("rs.self_report"),
                file,
                person(person, input),
                reports,
                contact(input.path("contact")));
    }

    /** The kind under which the case is told: its own where there is one, else the first that its incidents belong to. */
    private static String main(JsonNode input) {
        return switch (input.path("report_type").asText()) {
            case "rt.family_threat" -> "a";
            case "rt.agent_approach" -> "b";
            case "rt.travel_risk" -> "c";
            default -> {
                for (JsonNode incident : input.path("incidents")) {
                    String letter = letter(incident.path("code").asText());
                    if (!letter.isEmpty()) {
                        yield letter;
                    }
                }
                yield "c";
            }
        };
    }

    private static String letter(String code) {
        return KIND_OF_LIST.entrySet().stream()
                .filter(e -> Codes.shipped().contains(e.getKey(), code))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static Map<String, List<String>> report(String letter, boolean main, JsonNode json) {
        JsonNode input = json.get("input");
        Map<String, List<String>> report = new LinkedHashMap<>();
        List<String> codes = new ArrayList<>();
        int row = 0;
        int meeting = 0;
        for (JsonNode incident : input.path("incidents")) {
            String code = incident.path("code").asText();
            if (letter(code).equals(letter) && !codes.contains(code)) {
                if (codes.isEmpty()) {
                    date(report, "start", incident.path("date").asText());
                    put(report, "precision", incident.path("time_precision").asText());
                }
                codes.add(code);
            }
            if (main || letter(code).equals(letter)) {
                row++;
                event(report, "events." + row + ".", incident);
            }
            if (letter.equals("b") && incident.has("place_country_proposed")) {
                meeting++;
                put(report, "meetings." + meeting + ".country", first(incident.get("place_country_proposed")));
                date(
                        report,
                        "meetings." + meeting + ".date",
                        incident.path("date").asText());
            }
        }
        if (!codes.isEmpty()) {
            report.put("incidents", codes);
        }
        put(report, "now_country", input.at("/person/host_country").asText());
        put(report, "source", input.path("report_source").asText());
        put(report, "language", input.path("language").asText());
        if (letter.equals("a")) {
            relatives(report, input.path("family"));
        }
        if (letter.equals("c")) {
            journey(report, input);
        }
        if (main) {
            put(report, "trigger", input.path("trigger").asText());
            all(report, "demand", input.path("demand"));
            all(report, "leverage", input.path("leverage"));
            all(report, "harm", input.path("harm"));
            all(report, "help", input.path("help_requested"));
            all(report, "actions", input.path("protective_actions"));
            all(report, "contact_preference", input.at("/contact/preference"));
            put(report, "device", input.at("/contact/device").asText());
            actors(report, input.path("actors"));
            put(report, "narrative", narrative(json));
        }
        return report;
    }

    private static void event(Map<String, List<String>> report, String row, JsonNode incident) {
        put(report, row + "code", incident.path("code").asText());
        date(report, row + "date", incident.path("date").asText());
        put(report, row + "precision", incident.path("time_precision").asText());
        put(report, row + "channel", incident.path("contact_channel").asText());
        put(report, row + "place_type", incident.path("place_type").asText());
        put(report, row + "country", incident.path("country").asText());
        put(report, row + "basis", incident.path("info_confidence").asText());
        put(report, row + "occurrences", incident.path("occurrences").asText());
        if (incident.has("ongoing")) {
            put(report, row + "ongoing", incident.get("ongoing").asBoolean() ? "yes" : "no");
        }
        List<String> notes = new ArrayList<>();
        for (String key :
                List.of("note", "minutes_after_trigger", "deadline", "days", "asking_body", "offence_category")) {
            if (incident.has(key)) {
                notes.add(
                        key.equals("note") ? incident.get(key).asText() : words(key) + ": " + said(incident.get(key)));
            }
        }
        put(report, row + "note", String.join("; ", notes));
    }

    private static void relatives(Map<String, List<String>> report, JsonNode family) {
        int row = 0;
        List<String> affected = new ArrayList<>();
        for (JsonNode relative : family) {
            row++;
            put(
                    report,
                    "relatives." + row + ".relationship",
                    relative.path("relationship").asText());
            put(report, "relatives." + row + ".number", relative.path("count").asText());
            put(
                    report,
                    "relatives." + row + ".country",
                    relative.path("country").asText());
            affected.add(relative.path("relationship").asText());
        }
        if (!affected.isEmpty()) {
            report.put("affected", affected);
        }
    }

    private static void journey(Map<String, List<String>> report, JsonNode input) {
        JsonNode itinerary = input.path("itinerary");
        date(report, "departure", itinerary.path("departure").asText());
        put(report, "document", input.at("/person/travel_document").asText());
        put(report, "status", input.at("/person/protection_status").asText());
        put(report, "notice", input.path("notice_status").asText());
        put(report, "induced", answer(itinerary.path("induced")));
        put(report, "origin_carrier", answer(itinerary.path("origin_carrier")));
        int row = 0;
        for (JsonNode point : itinerary.path("points")) {
            row++;
            put(report, "points." + row + ".country", point.path("country").asText());
            put(report, "points." + row + ".kind", point.path("kind").asText());
        }
    }

    private static void actors(Map<String, List<String>> report, JsonNode actors) {
        int row = 0;
        int mark = 0;
        for (JsonNode actor : actors) {
            row++;
            put(report, "actors." + row + ".type", actor.path("actor_type").asText());
            put(report, "actors." + row + ".agency", actor.path("actor_agency").asText());
            put(report, "actors." + row + ".group", actor.path("group_size").asText());
            put(report, "actors." + row + ".description", actor.path("note").asText());
            for (JsonNode identifier : actor.path("identifiers")) {
                mark++;
                put(report, "identifiers." + mark + ".actor", String.valueOf(row));
                put(
                        report,
                        "identifiers." + mark + ".type",
                        identifier.path("type").asText());
                put(
                        report,
                        "identifiers." + mark + ".value",
                        identifier.path("value").asText());
            }
        }
    }

    private static Map<String, List<String>> person(JsonNode person, JsonNode input) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        String name = person.path("fictional_name").asText();
        if (name.isEmpty() || name.startsWith("(")) {
            return fields;
        }
        put(fields, "role", "pr.person_at_risk");
        put(fields, "names.1.name", name);
        put(fields, "names.1.kind", "current");
        all(fields, "nationalities", person.path("nationalities"));
        put(fields, "status", person.path("protection_status").asText());
        put(fields, "documents.1.kind", person.path("travel_document").asText());
        all(fields, "profile", person.path("profile"));
        put(fields, "community", person.path("community").asText());
        put(fields, "age_band", person.path("age_band").asText());
        put(fields, "fear.1.answer", input.path("fear_answer").asText());
        return fields;
    }

    private static Map<String, List<String>> contact(JsonNode contact) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        put(fields, "safe_hours", contact.path("safe_hours").asText());
        put(fields, "timezone", contact.path("timezone").asText());
        return fields;
    }

    private static String narrative(JsonNode json) {
        JsonNode input = json.get("input");
        if (input.has("text")) {
            // The person's own words, kept as they are.
            return input.get("text").asText();
        }
        StringBuilder words = new StringBuilder(json.get("story").asText().replaceFirst("^Seed rows?: [^.]*\\. ", ""));
        for (String key : REST) {
            if (input.has(key) && !input.get(key).isEmpty() || input.path(key).isTextual()) {
                words.append('\n').append(words(key)).append(": ").append(said(input.get(key)));
            }
        }
        return words.toString();
    }

    /** A value in words: labels for codes, pairs and lists one after the other. */
    private static String said(JsonNode value) {
        List<String> parts = new ArrayList<>();
        if (value.isObject()) {
            value.properties().forEach(f -> parts.add(label(f.getKey()) + " " + said(f.getValue())));
            return String.join(", ", parts);
        }
        if (value.isArray()) {
            value.forEach(element -> parts.add(said(element)));
            return String.join("; ", parts);
        }
        return label(value.asText());
    }

    private static String label(String code) {
        return Codes.shipped().published().stream()
                .filter(list -> Codes.shipped().contains(list, code))
                .findFirst()
                .map(list -> Codes.shipped().label(list, code))
                .orElse(code.replace('_', ' '));
    }

    private static String words(String key) {
        return Character.toUpperCase(key.charAt(0)) + key.substring(1).replace('_', ' ');
    }

    private static String first(JsonNode value) {
        return value.isArray() ? value.path(0).asText() : value.asText();
    }

    private static String answer(JsonNode truth) {
        return truth.isBoolean() ? (truth.asBoolean() ? "yes" : "no") : "";
    }

    private static void all(Map<String, List<String>> fields, String name, JsonNode values) {
        List<String> list = new ArrayList<>();
        values.forEach(value -> list.add(value.asText()));
        if (!list.isEmpty()) {
            fields.put(name, list);
        }
    }

    private static void put(Map<String, List<String>> fields, String name, String value) {
        if (!value.isEmpty()) {
            fields.put(name, List.of(value));
        }
    }

    private static void date(Map<String, List<String>> fields, String name, String iso) {
        if (!iso.isEmpty()) {
            LocalDate day = LocalDate.parse(iso);
            put(fields, name + ".day", String.valueOf(day.getDayOfMonth()));
            put(fields, name + ".month", String.valueOf(day.getMonthValue()));
            put(fields, name + ".year", String.valueOf(day.getYear()));
        }
    }
}
