// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.rules.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.holdfast.rules.report.Complaint.Problem;
import org.junit.jupiter.api.Test;

class ReportFieldsTest {

    /** What the field catalogue of the domain research asks of every incident, in its order. */
    private static final List<String> EVERY_KIND = List.of(
            "source",
            "received",
            "language",
            "incidents",
            "family",
            "start",
            "start_time",
            "end",
            "end_time",
            "precision",
            "zone",
            "occurrences",
            "span",
            "ongoing",
            "trigger",
            "since",
            "since_unit",
            "place_type",
            "place_precision",
            "country",
            "place",
            "channel",
            "demand",
            "leverage",
            "harm",
            "words",
            "words_language",
            "translation",
            "translator",
            "translation_version",
            "basis",
            "child",
            "did",
            "actions",
            "narrative",
            "help",
            "contact_preference",
            "device",
            "actors.type",
            "actors.agency",
            "actors.name",
            "actors.title",
            "actors.description",
            "actors.language",
            "actors.group",
            "actors.relation",
            "actors.basis",
            "actors.basis_text",
            "identifiers.type",
            "identifiers.value",
            "identifiers.country",
            "identifiers.first_seen",
            "identifiers.last_seen",
            "events.code",
            "events.date",
            "events.basis");

    private static final Map<ReportKind, List<String>> OF_A_KIND = Map.of(
            ReportKind.FAMILY_THREAT,
            List.of(
                    "call_present",
                    "held_since",
                    "held_where",
                    "paper_shown",
                    "speech",
                    "relative_words",
                    "last_contact",
                    "relatives.relationship",
                    "relatives.minor",
                    "relatives.country",
                    "relatives.situation"),
            ReportKind.AGENT_APPROACH,
            List.of(
                    "meetings.country",
                    "meetings.place",
                    "meetings.date",
                    "meetings.reply",
                    "asked",
                    "shown",
                    "agency",
                    "verified_with",
                    "verified_number",
                    "verified_result"),
            ReportKind.TRAVEL_RISK,
            List.of(
                    "points.country",
                    "points.crossing",
                    "points.kind",
                    "points.arrival",
                    "points.arrival_time",
                    "points.leaving",
                    "points.leaving_time",
                    "points.carrier",
                    "points.result",
                    "points.rules",
                    "points.data_version",
                    "document",
                    "induced",
                    "induced_by",
                    "departure",
                    "notice",
                    "status",
                    "origin_carrier"));

    private static final List<String> PERSON = List.of(
            "role",
            "names.name",
            "names.language",
            "names.kind",
            "born",
            "age_band",
            "gender",
            "nationalities",
            "former_nationality",
            "community",
            "profile",
            "status",
            "status_ends",
            "documents.kind",
            "documents.state",
            "documents.number",
            "documents.expiry",
            "phone",
            "email",
            "messenger",
            "address",
            "health",
            "fear.answer",
            "fear.asked",
            "fear.asked_by",
            "fear.wording",
            "fear.language",
            "fear.interpreter",
            "screening.question",
            "screening.answer",
            "relationship",
            "minor",
            "country",
            "place",
            "situation",
            "last_contact",
            "rhythm",
            "may_contact",
            "contact_through",
            "consent",
            "safe_hours",
            "zone",
            "safe_phrase",
            "danger_phrase",
            "trusted",
            "first_words",
            "never",
            "may_answer",
            "if_silent");

    @Test
    void what_ends_before_it_begins_is_named_as_far_as_both_days_are_known() {
        assertEquals(List.of(Problem.ENDS_EARLY), sense("start.year=2026 end.year=2025"));
        assertEquals(List.of(), sense("start.year=2026 start.month=5 end.year=2026"));
        assertEquals(List.of(), sense("start.year=2026 end.year=2026 end.month=1"));
        assertEquals(List.of(Problem.ENDS_EARLY), sense("start.year=2026 start.month=10 end.year=2026 end.month=9"));
        String day = "start.year=2026 start.month=5 start.day=14 end.year=2026 end.month=5 end.day=14";
        assertEquals(List.of(), sense(day + " end_time=02:00"));
        assertEquals(List.of(Problem.ENDS_EARLY), sense(day + " start_time=21:40 end_time=2:00"));
        assertEquals(List.of(), sense(day + " start_time=21:40 end_time=21:40"));
        assertEquals(
                List.of(Problem.SEEN_EARLY),
                sense("identifiers.2.first_seen.year=2026 identifiers.2.last_seen.year=2025"));
        assertEquals(List.of(Problem.LEAVES_EARLY), sense("points.1.arrival.year=2026 points.1.leaving.year=2025"));
        assertEquals(
                List.of(),
                sense("points.1.arrival.year=2026 points.2.leaving.year=2025"),
                "another point of the journey");
    }

    @Test
    void what_has_happened_is_not_still_to_come() {
        assertEquals(List.of(Problem.IN_FUTURE), sense("received.year=2027"));
        assertEquals(List.of(Problem.IN_FUTURE), sense("received.year=2026 received.month=7"));
        assertEquals(List.of(), sense("received.year=2026 received.month=6"));
        assertEquals(
                List.of(), sense("received.year=2026 received.month=6 received.day=11"), "it is that day elsewhere");
        assertEquals(List.of(Problem.IN_FUTURE), sense("received.year=2026 received.month=6 received.day=12"));
        assertEquals(List.of(), sense("start.year=2027 departure.year=2027"), "a journey may be planned");
    }

    @Test
    void an_identifier_belongs_to_an_actor_that_is_there_and_goes_with_it_when_empty_rows_are_left_out() {
        assertEquals(List.of(Problem.NO_SUCH_ACTOR), sense("identifiers.1.actor=1"));
        assertEquals(List.of(Problem.NO_SUCH_ACTOR), sense("actors.1.name=x identifiers.1.actor=0"));
        String gap = "actors.1.name=first actors.3.name=third identifiers.2.actor=";
        assertEquals(List.of(Problem.NO_SUCH_ACTOR), sense(gap + "2"));
        assertEquals(List.of(), sense(gap + "3"));
        Answers kept = checked(gap + "3").answers();
        assertEquals("third", kept.one("actors.2.name"));
        assertEquals("2", kept.one("identifiers.1.actor"));
        Complaint named = only(checked(gap + "9"));
        assertEquals("identifiers.2.actor", named.input());
        assertTrue(named.label().contains("row 2"), named.label());
    }

    @Test
    void a_number_below_zero_is_a_whole_number_and_still_wrong() {
        assertEquals(List.of(Problem.NEGATIVE), sense("occurrences=-1"));
        assertEquals(List.of(Problem.NEGATIVE), sense("occurrences=\u2212\u06f3"));
        assertEquals(List.of(Problem.NO_NUMBER), sense("occurrences=1.5"));
    }

    private static List<Problem> sense(String typed) {
        return checked(typed).complaints().stream().map(Complaint::problem).toList();
    }

    private static Checked checked(String typed) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String input : typed.split(" ")) {
            values.put(input.substring(0, input.indexOf('=')), List.of(input.substring(input.indexOf('=') + 1)));
        }
        return ReportFields.of(ReportKind.TRAVEL_RISK).check(values, LocalDate.of(2026, 6, 10));
    }

    @Test
    void each_kind_has_every_field_of_the_catalogue() {
        for (ReportKind kind : ReportKind.values()) {
            Set<String> names = names(ReportFields.of(kind));
            List<String> missing = new ArrayList<>(EVERY_KIND);
            missing.addAll(OF_A_KIND.get(kind));
            missing.removeAll(names);
            assertEquals(List.of(), missing, kind.name());
        }
        List<String> missing = new ArrayList<>(PERSON);
        missing.removeAll(names(ReportFields.person()));
        assertEquals(List.of(), missing);
    }

    @Test
    void no_input_name_stands_twice_in_a_form() {
        for (Form form : forms()) {
            Set<String> seen = new HashSet<>();
            form.sections().forEach(s -> s.fields().forEach(f -> assertTrue(seen.add(s.input(f, 1)), s.input(f, 1))));
        }
    }

    @Test
    void texts_have_a_limit_and_free_text_is_never_coarse() {
        for (Form form : forms()) {
            for (Section section : form.sections()) {
                for (Field field : section.fields()) {
                    boolean text = field.type() == Field.Type.TEXT || field.type() == Field.Type.LONG;
                    assertEquals(text || field.type() == Field.Type.NUMBER, field.max() > 0, field.code());
                    assertFalse(field.type() == Field.Type.LONG && field.mark() != Field.Mark.E, field.code());
                }
            }
        }
    }

    @Test
    void the_report_door_shows_about_twelve_fields() {
        for (ReportKind kind : ReportKind.values()) {
            int shown = ReportFields.door(kind).single().size();
            assertTrue(shown >= 11 && shown <= 16, kind + " shows " + shown);
        }
        assertEquals(6, ReportFields.contact().single().size());
    }

    @Test
    void what_was_typed_is_kept_letter_by_letter() {
        String text = " می‌خواهم\r\nབོད་  ئۇ ";
        Checked checked = ReportFields.of(ReportKind.FAMILY_THREAT)
                .check(Map.of(
                        "narrative",
                        List.of(text),
                        "start.day",
                        List.of("۱۴"),
                        "start.month",
                        List.of("Sept"),
                        "start.year",
                        List.of("2026"),
                        "start_time",
                        List.of("٩:05")));
        assertTrue(checked.sound(), checked.complaints().toString());
        assertEquals(text.replace("\r\n", "\n"), checked.answers().one("narrative"));
        assertEquals("14", checked.answers().one("start.day"));
        assertEquals("9", checked.answers().one("start.month"));
        assertEquals("09:05", checked.answers().one("start_time"));
    }

    @Test
    void what_is_wrong_with_a_date_is_said_by_its_part() {
        assertEquals(Problem.NO_DAY, date("31", "2", "2026"));
        assertEquals(Problem.NO_DAY, date("29", "Feb", "2026"));
        assertEquals(Problem.NO_DAY, date("0", "2", "2026"));
        assertEquals(Problem.NO_DAY, date("111", "2", "2026"));
        assertEquals(Problem.NO_MONTH, date("3", "13", "2026"));
        assertEquals(Problem.NO_MONTH, date("", "0", "2026"));
        assertEquals(Problem.NO_YEAR, date("3", "2", "26"));
        assertEquals(Problem.NO_YEAR, date("", "", "1799"));
        assertEquals(Problem.NO_YEAR, date("", "", "22000"));
        assertEquals(Problem.NO_DATE, date("3", "", "2026"));
        assertEquals(Problem.NO_DATE, date("3", "2", ""));
        assertEquals(Problem.NO_DATE, date("third", "2", "2026"));
        assertEquals(Problem.NO_DATE, date("3", "Neverember", "2026"));
        assertTrue(ReportFields.of(ReportKind.TRAVEL_RISK)
                .check(typed("29", "2", "2028"))
                .sound());
    }

    private static Problem date(String day, String month, String year) {
        return only(ReportFields.of(ReportKind.TRAVEL_RISK).check(typed(day, month, year)))
                .problem();
    }

    private static Map<String, List<String>> typed(String day, String month, String year) {
        return Map.of("start.day", List.of(day), "start.month", List.of(month), "start.year", List.of(year));
    }

    @Test
    void a_partial_date_is_a_date_and_an_impossible_one_is_not() {
        Form form = ReportFields.of(ReportKind.TRAVEL_RISK);
        assertTrue(form.check(Map.of("start.year", List.of("2026"))).sound());
        assertTrue(form.check(Map.of("start.year", List.of("2026"), "start.month", List.of("2")))
                .sound());
        assertEquals(
                Problem.NO_DAY,
                only(form.check(Map.of(
                                "start.day",
                                List.of("30"),
                                "start.month",
                                List.of("2"),
                                "start.year",
                                List.of("2026"))))
                        .problem());
        assertEquals(
                Problem.NO_DATE,
                only(form.check(Map.of("start.day", List.of("3"), "start.year", List.of("2026"))))
                        .problem());
        assertEquals(
                Problem.NO_DATE,
                only(form.check(Map.of("start.month", List.of("5")))).problem());
    }

    @Test
    void every_wrong_value_is_named_by_its_field_and_never_repeated() {
        Form form = ReportFields.of(ReportKind.AGENT_APPROACH);
        assertComplaint(form, "channel", "ch.marker", Problem.UNKNOWN_CODE);
        assertComplaint(form, "agency", "marker", Problem.UNKNOWN_CODE);
        assertComplaint(form, "occurrences", "marker", Problem.NO_NUMBER);
        assertComplaint(form, "occurrences", "123456", Problem.TOO_LONG);
        assertComplaint(form, "start_time", "25:00", Problem.NO_TIME);
        assertComplaint(form, "zone", "Mars/Marker", Problem.NO_ZONE);
        assertComplaint(form, "claimed", "m".repeat(501), Problem.TOO_LONG);
        assertComplaint(form, "meetings.1.country", "ZZ", Problem.UNKNOWN_CODE);
    }

    @Test
    void characters_are_counted_not_half_characters() {
        Form form = ReportFields.of(ReportKind.AGENT_APPROACH);
        assertTrue(form.check(Map.of("claimed", List.of("𐤀".repeat(500)))).sound());
    }

    @Test
    void empty_rows_are_left_out_and_the_others_keep_their_order() {
        Form form = ReportFields.of(ReportKind.AGENT_APPROACH);
        Map<String, List<String>> typed = new LinkedHashMap<>();
        typed.put("meetings.3.country", List.of("JP"));
        typed.put("meetings.1.country", List.of("US"));
        typed.put("meetings.2.country", List.of(" "));
        typed.put("meetings.3.date.year", List.of("2026"));
        Answers answers = form.check(typed).answers();
        assertEquals("US", answers.one("meetings.1.country"));
        assertEquals("JP", answers.one("meetings.2.country"));
        assertEquals("2026", answers.one("meetings.2.date.year"));
        assertEquals(3, answers.values().size());
    }

    @Test
    void more_rows_than_allowed_are_refused() {
        Form form = ReportFields.of(ReportKind.AGENT_APPROACH);
        assertEquals(
                Problem.TOO_MANY_ROWS,
                only(form.check(Map.of("meetings.13.country", List.of("JP")))).problem());
        assertTrue(form.check(Map.of("meetings.1234.country", List.of("JP")))
                .answers()
                .values()
                .isEmpty());
    }

    @Test
    void the_columns_together_hold_every_answer_and_nothing_twice() {
        Form form = ReportFields.of(ReportKind.TRAVEL_RISK);
        Map<String, List<String>> typed = new LinkedHashMap<>();
        form.sections().forEach(s -> s.fields().forEach(f -> typed.putAll(filled(f, s.input(f, 1)))));
        Checked checked = form.check(typed);
        assertTrue(checked.sound(), checked.complaints().toString());
        int parts = 0;
        Answers whole = Answers.NONE;
        for (String column : form.columns()) {
            Answers part = form.column(column, checked.answers());
            parts += part.values().size();
            whole = whole.and(part);
        }
        assertEquals(checked.answers().values().size(), parts);
        assertEquals(checked.answers().values().keySet(), whole.values().keySet());
    }

    /** A value that the field takes. */
    static Map<String, List<String>> filled(Field field, String input) {
        return switch (field.type()) {
            case CODE, CODES ->
                Map.of(
                        input,
                        List.of(org.holdfast.rules.Codes.shipped()
                                .list(field.list())
                                .get(0)
                                .code()));
            case TEXT, LONG -> Map.of(input, List.of("text of " + input));
            case NUMBER -> Map.of(input, List.of("3"));
            case TIME -> Map.of(input, List.of("21:40"));
            case ZONE -> Map.of(input, List.of("Asia/Almaty"));
            case DATE ->
                Map.of(input + ".day", List.of("14"), input + ".month", List.of("9"), input + ".year", List.of("2026"));
        };
    }

    private static void assertComplaint(Form form, String input, String value, Problem problem) {
        Complaint complaint = only(form.check(Map.of(input, List.of(value))));
        assertEquals(problem, complaint.problem());
        assertEquals(input, complaint.input());
        assertFalse(complaint.sentence().contains("arker"), complaint.sentence());
    }

    private static Complaint only(Checked checked) {
        assertEquals(1, checked.complaints().size());
        return checked.complaints().get(0);
    }

    private static Set<String> names(Form form) {
        Set<String> names = new HashSet<>();
        form.sections()
                .forEach(s -> s.fields().forEach(f -> names.add(s.repeats() ? s.code() + "." + f.code() : f.code())));
        return names;
    }

    private static List<Form> forms() {
        List<Form> forms = new ArrayList<>(List.of(ReportFields.person(), ReportFields.contact()));
        for (ReportKind kind : ReportKind.values()) {
            forms.add(ReportFields.of(kind));
        }
        return forms;
    }
}
