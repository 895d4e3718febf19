// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.Visitor;
import org.holdfast.rules.Codes;
import org.holdfast.rules.report.Field;
import org.holdfast.rules.report.Form;
import org.holdfast.rules.report.ReportFields;
import org.holdfast.rules.report.ReportKind;
import org.holdfast.rules.report.Section;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** Cases as caseworkers see them, through the pages and on the real servers. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class CaseComponentTest {

    private final Organisation organisation = Organisation.ofTests();

    @Test
    void a_case_gets_a_name_that_means_nothing_and_stands_in_the_list() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        amina.get("/desk/cases/new");
        assertTrue(amina.page().select("#working").attr("value").matches("[A-Z][a-z]+ [A-Z][a-z]+"));
        String id = CaseWork.create(amina, "Listed Lantern");
        String list = amina.getAll("/desk/cases");
        assertTrue(list.contains("/desk/cases/" + id));
        assertTrue(list.contains("Listed Lantern"));
    }

    @Test
    void filters_show_what_fits_and_say_when_nothing_does() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        String id = CaseWork.create(amina, "Filtered Ferry");
        amina.get("/desk/cases/" + id + "/edit");
        amina.submit("main form", Map.of("status", "st.monitoring", "urgency", "UG3", "language", "kk-Arab"));
        assertTrue(amina.getAll("/desk/cases?status=st.monitoring&urgency=UG3&language=kk-Arab")
                .contains("Filtered Ferry"));
        assertFalse(amina.getAll("/desk/cases?status=st.triage").contains("Filtered Ferry"));
        assertFalse(amina.getAll("/desk/cases?urgency=UG1").contains("Filtered Ferry"));
        assertTrue(amina.getAll("/desk/cases?owner=me&sort=code").contains("Filtered Ferry"));
    }

    @Test
    void one_report_of_each_kind_is_recorded_with_every_field_and_shown() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        String id = CaseWork.create(amina, "Threefold Thread");
        for (ReportKind kind : ReportKind.values()) {
            HttpResponse<String> page =
                    CaseWork.record(amina, id, kind.letter(), CaseWork.everyField(CaseWork.form(kind), "marked"));
            assertEquals(200, page.statusCode(), kind.name());
        }
        amina.get("/desk/cases/" + id);
        List<String> links = amina.page().select("main th a[href*=/reports/]").eachAttr("href");
        assertEquals(3, links.size());
        for (int i = 0; i < 3; i++) {
            String body = amina.get(links.get(i)).body();
            String text = Jsoup.parse(body).text();
            ReportKind kind = kindOf(text);
            for (String expected : CaseWork.everyText(CaseWork.form(kind), "marked")) {
                assertTrue(text.contains(expected), kind + ": " + expected);
            }
        }
        assertTrue(amina.getAll("/desk/cases?kind=rt.travel_risk").contains("Threefold Thread"));
    }

    @Test
    void reports_of_one_minute_stand_in_the_order_in_which_they_were_recorded() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        String id = CaseWork.create(amina, "Ordered Oar");
        List<String> years = List.of("2013", "2011", "2015", "2010", "2014", "2012");
        for (String year : years) {
            CaseWork.record(amina, id, "b", Map.of("incidents", List.of("aa.home_visit"), "start.year", List.of(year)));
        }
        amina.get("/desk/cases/" + id);
        assertEquals(years, amina.page().select("td[data-label=When]").eachText());
    }

    private static ReportKind kindOf(String text) {
        if (text.contains("Points of the journey")) {
            return ReportKind.TRAVEL_RISK;
        }
        return text.contains("Meeting places proposed") ? ReportKind.AGENT_APPROACH : ReportKind.FAMILY_THREAT;
    }

    @Test
    void a_report_with_every_row_of_every_list_full_is_kept() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        String id = CaseWork.create(amina, "Brimming Basket");
        Map<String, List<String>> fields = full(CaseWork.form(ReportKind.TRAVEL_RISK));
        fields.put("narrative", List.of("ئ".repeat(20_000)));
        HttpResponse<String> page = CaseWork.record(amina, id, "c", fields);
        assertEquals(200, page.statusCode(), amina.page().text());
        String report = CaseWork.rows("case_report", id).get(0).toString();
        String text = amina.get("/desk/cases/" + id + "/reports/" + report).body();
        assertTrue(text.contains("ئ".repeat(20_000)));
        assertEquals(24, text.split("x events\\.1\\.note", -1).length - 1);
    }

    @Test
    void no_form_can_send_more_values_than_a_form_may_have() {
        List<Form> forms = new ArrayList<>(List.of(ReportFields.person(), ReportFields.caseFile()));
        for (ReportKind kind : ReportKind.values()) {
            forms.add(CaseWork.form(kind));
        }
        for (Form form : forms) {
            int values = full(form).values().stream().mapToInt(List::size).sum();
            // Ticket, revision, step and how many rows were shown come on top.
            assertTrue(values + 20 < 1_000, form.name() + " sends " + values);
        }
    }

    /** Every row of every list filled and every box ticked. */
    private static Map<String, List<String>> full(Form form) {
        Map<String, List<String>> first = CaseWork.everyField(form, "x");
        Map<String, List<String>> fields = new LinkedHashMap<>(first);
        for (Section section : form.sections()) {
            String prefix = section.code() + ".1.";
            first.forEach((input, values) -> {
                for (int row = 2; input.startsWith(prefix) && row <= section.rows(); row++) {
                    fields.put(section.code() + "." + row + "." + input.substring(prefix.length()), values);
                }
            });
            for (Field field : section.fields()) {
                if (field.type() == Field.Type.CODES && !field.list().equals("country")) {
                    fields.put(
                            section.input(field, 1),
                            Codes.shipped().list(field.list()).stream()
                                    .map(Codes.Code::code)
                                    .toList());
                }
            }
        }
        return fields;
    }

    @Test
    void a_report_is_changed_and_keeps_what_was_not_touched() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        String id = CaseWork.create(amina, "Changed Candle");
        CaseWork.record(
                amina,
                id,
                "c",
                Map.of(
                        "incidents", List.of("te.planned_trip"),
                        "points.1.country", List.of("TR"),
                        "narrative", List.of("first words\r\nن‌ه second line")));
        String report = CaseWork.rows("case_report", id).get(0).toString();
        amina.get("/desk/cases/" + id + "/reports/" + report + "?edit=yes");
        amina.submit("main form", Map.of("route", "through Istanbul"));
        amina.get("/desk/cases/" + id + "/reports/" + report);
        String text = amina.page().wholeText();
        assertTrue(text.contains("through Istanbul"));
        assertTrue(text.contains("first words\nن‌ه second line"));
    }

    @Test
    void more_rows_come_on_request_and_nothing_typed_is_lost() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        String id = CaseWork.create(amina, "Growing Garden");
        amina.get("/desk/cases/" + id + "/reports/new/b");
        HttpResponse<String> page = amina.submitAll(
                "main form",
                Map.of(
                        "more",
                        List.of("meetings"),
                        "asked",
                        List.of("half a sentence"),
                        "incidents",
                        List.of("aa.home_visit")));
        assertEquals(200, page.statusCode());
        assertEquals(4, amina.page().select("select[name^=meetings.]").size());
        assertTrue(page.body().contains("half a sentence"));
        assertEquals(0, CaseWork.rows("case_report", id).size());
    }

    @Test
    void bad_input_is_named_in_words_stays_on_the_page_and_is_not_stored() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        String id = CaseWork.create(amina, "Faulty Field");
        HttpResponse<String> page = CaseWork.record(
                amina,
                id,
                "a",
                Map.of(
                        "incidents", List.of("ft.relative_detained", "ft.no_such_thing"),
                        "start.day", List.of("30"),
                        "start.month", List.of("2"),
                        "start.year", List.of("2026"),
                        "held_where", List.of("x".repeat(501)),
                        "narrative", List.of("kept words")));
        assertEquals(422, page.statusCode());
        String text = amina.page().text();
        assertTrue(text.contains("There is a problem"));
        assertTrue(text.contains("What happened: choose one of the values offered."));
        assertTrue(text.contains("Began on: there is no such day."));
        assertTrue(text.contains("Held where is too long: at most 500 characters."));
        assertEquals("30", amina.page().selectFirst("input[name=start.day]").attr("value"));
        assertTrue(page.body().contains("kept words"));
        assertEquals(0, CaseWork.rows("case_report", id).size());
        HttpResponse<String> empty = CaseWork.record(amina, id, "a", Map.of("narrative", List.of("nothing ticked")));
        assertEquals(422, empty.statusCode());
        assertTrue(amina.page().text().contains("What happened: make a choice."));
        assertTrue(empty.body().contains("nothing ticked"));
        CaseWork.record(amina, id, "c", Map.of());
        assertTrue(amina.page().text().contains("What is it about: make a choice."));
        assertEquals(1, amina.page().select("p a[href=#incidents]").size());
        assertEquals(
                200,
                CaseWork.record(amina, id, "c", Map.of("events.1.code", List.of("aa.home_visit")))
                        .statusCode(),
                "a row of the chain of events is enough, as the page says");
        amina.get("/desk/cases/" + id + "/edit");
        assertEquals(
                422,
                amina.submit("main form", Map.of("working", "", "status", "")).statusCode());
        assertTrue(amina.page().text().contains("Working name: this cannot stay empty."));
        assertTrue(amina.page().text().contains("Status: make a choice."));
    }

    @Test
    void what_cannot_be_true_together_is_named_stays_on_the_page_and_is_not_stored() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        String id = CaseWork.create(amina, "Crossed Calendar");
        Map<String, List<String>> typed = new LinkedHashMap<>(Map.of(
                "incidents", List.of("ft.relative_detained"),
                "start.month", List.of("5"),
                "start.year", List.of("2026"),
                "end.month", List.of("5"),
                "end.year", List.of("2025"),
                "received.year", List.of("2199"),
                "occurrences", List.of("-1"),
                "identifiers.1.actor", List.of("9"),
                "identifiers.1.value", List.of("kept identifier"),
                "narrative", List.of("kept words")));
        assertEquals(422, CaseWork.record(amina, id, "a", typed).statusCode());
        String text = amina.page().text();
        for (String fault : List.of(
                "Ended on: this is before it began.",
                "Received on: this day is still to come.",
                "How many times cannot be less than 0.",
                "row 1): there is no actor with this number above.")) {
            assertTrue(text.contains(fault), fault);
        }
        for (String input : List.of("end.year", "received.year", "occurrences", "identifiers.1.actor")) {
            assertEquals(
                    typed.get(input).get(0),
                    amina.page().selectFirst("input[name=" + input + "]").val());
        }
        assertTrue(amina.last().body().contains("kept identifier"));
        assertEquals(0, CaseWork.rows("case_report", id).size());
        amina.get("/desk/cases/" + id + "/edit");
        assertEquals(
                422, amina.submit("main form", Map.of("received.year", "2199")).statusCode());
        assertTrue(amina.page().text().contains("Received on: this day is still to come."));
    }

    @Test
    void two_editors_of_a_summary_see_both_texts_and_lose_none() throws Exception {
        Visitor first = organisation.unlocked("amina");
        String id = CaseWork.create(first, "Conflicted Compass");
        Visitor second = organisation.unlocked("amina");
        first.get("/desk/cases/" + id + "/edit");
        second.get("/desk/cases/" + id + "/edit");
        assertEquals(
                200,
                first.submit("main form", Map.of("summary", "what the first wrote"))
                        .statusCode());
        long read = CaseWork.lines("case.read", "done");
        HttpResponse<String> conflict = second.submit("main form", Map.of("summary", "what the second wrote"));
        assertEquals(409, conflict.statusCode());
        assertEquals(read + 1, CaseWork.lines("case.read", "done"), "both texts are shown: that is a reading");
        assertTrue(conflict.body().contains("what the first wrote"));
        assertTrue(second.page().selectFirst("textarea[name=summary]").text().contains("what the second wrote"));
        assertTrue(first.get("/desk/cases/" + id).body().contains("what the first wrote"));
        assertEquals(
                200, second.submit("main form", Map.of("summary", "both of it")).statusCode());
        assertTrue(first.get("/desk/cases/" + id).body().contains("both of it"));
    }

    @Test
    void two_editors_of_a_report_see_both_texts_and_lose_none() throws Exception {
        Visitor first = organisation.unlocked("amina");
        String id = CaseWork.create(first, "Contested Corner");
        CaseWork.record(first, id, "b", Map.of("incidents", List.of("aa.home_visit")));
        String form = "/desk/cases/" + id + "/reports/"
                + CaseWork.rows("case_report", id).get(0) + "?edit=yes";
        Visitor second = organisation.unlocked("amina");
        first.get(form);
        second.get(form);
        first.submit("main form", Map.of("asked", "asked for the address"));
        long read = CaseWork.lines("case.read", "done");
        HttpResponse<String> conflict = second.submit("main form", Map.of("asked", "asked for the key"));
        assertEquals(409, conflict.statusCode());
        assertEquals(read + 1, CaseWork.lines("case.read", "done"), "both texts are shown: that is a reading");
        assertTrue(conflict.body().contains("asked for the address"));
        assertTrue(conflict.body().contains("asked for the key"));
    }

    @Test
    void two_editors_of_a_person_see_both_texts_and_the_opening_is_a_line() throws Exception {
        Visitor first = organisation.unlocked("amina");
        String id = CaseWork.create(first, "Doubled Door");
        first.get("/desk/cases/" + id + "/person");
        first.submitAll("main form", CaseWork.everyField(ReportFields.person(), "veiled"));
        Visitor second = organisation.unlocked("amina");
        for (Visitor editor : List.of(first, second)) {
            editor.get("/desk/cases/" + id);
            editor.submit("form[action$=/identity]", Map.of("reason", "ar.assigned_work"));
            editor.submit("form:has(input[name=step])", Map.of());
        }
        assertEquals(
                200,
                first.submit("main form", Map.of("names.1.name", "a newer name"))
                        .statusCode());
        long opened = CaseWork.lines("case.identity-read", "done");
        HttpResponse<String> conflict = second.submit("main form", Map.of("names.1.name", "another name"));
        assertEquals(409, conflict.statusCode());
        assertTrue(conflict.body().contains("a newer name"));
        assertTrue(conflict.body().contains("another name"));
        assertEquals(opened + 1, CaseWork.lines("case.identity-read", "done"));
    }

    @Test
    void who_it_is_about_opens_with_a_reason_only_and_each_opening_is_a_line() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        String id = CaseWork.create(amina, "Masked Mirror");
        amina.get("/desk/cases/" + id + "/person");
        Map<String, List<String>> fields = CaseWork.everyField(ReportFields.person(), "veiled");
        assertEquals(200, amina.submitAll("main form", fields).statusCode());
        assertFalse(amina.get("/desk/cases/" + id).body().contains("veiled names.1.name"));
        long before = CaseWork.lines("case.identity-read", "done");
        String identity = "form[action$=/identity]";
        HttpResponse<String> without = amina.submit(identity, Map.of("reason", ""));
        assertEquals(422, without.statusCode());
        assertFalse(without.body().contains("veiled"));
        assertEquals(before, CaseWork.lines("case.identity-read", "done"));
        amina.get("/desk/cases/" + id);
        assertEquals(
                200,
                amina.submit(identity, Map.of("reason", "ar.assigned_work")).statusCode());
        String text = amina.page().text();
        for (String expected : CaseWork.everyText(ReportFields.person(), "veiled")) {
            assertTrue(text.contains(expected), expected);
        }
        assertEquals(before + 1, CaseWork.lines("case.identity-read", "done"));
        amina.submit("form:has(input[name=step])", Map.of());
        assertEquals(before + 2, CaseWork.lines("case.identity-read", "done"));
        assertEquals(
                200,
                amina.submit("main form", Map.of("names.1.name", "another name"))
                        .statusCode());
        amina.get("/desk/cases/" + id);
        amina.submit(identity, Map.of("reason", "ar.emergency"));
        assertTrue(amina.page().text().contains("another name"));
    }

    @Test
    void a_colleague_opens_what_she_was_given_and_a_third_sees_nothing() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        Visitor tenzin = organisation.unlocked("tenzin");
        Visitor noor = organisation.unlocked("noor");
        String id = CaseWork.full(amina, "Given Gate");
        String nothing = "/desk/cases/" + UUID.randomUUID();
        assertEquals(404, tenzin.get("/desk/cases/" + id).statusCode());
        amina.get("/desk/cases/" + id);
        String to =
                amina.page().select("select[name=to] option:contains(Tenzin)").attr("value");
        assertEquals(
                200, amina.submit("form[action$=/assign]", Map.of("to", to)).statusCode());
        assertTrue(amina.last().body().contains("Tenzin"));

        assertEquals(200, tenzin.get("/desk/cases/" + id).statusCode());
        assertTrue(tenzin.getAll("/desk/cases").contains("Given Gate"));
        String report = CaseWork.rows("case_report", id).get(0).toString();
        assertEquals(200, tenzin.get("/desk/cases/" + id + "/reports/" + report).statusCode());

        HttpResponse<String> refused = noor.get("/desk/cases/" + id);
        HttpResponse<String> missing = noor.get(nothing);
        assertEquals(404, refused.statusCode());
        assertEquals(404, missing.statusCode());
        assertEquals(
                CaseWork.plain(missing.body()).replace(nothing, ""),
                CaseWork.plain(refused.body()).replace("/desk/cases/" + id, ""));
        for (String below : List.of("/edit", "/person", "/reports/new/a", "/reports/" + report, "/original")) {
            assertEquals(404, noor.get("/desk/cases/" + id + below).statusCode(), below);
        }
        assertFalse(noor.getAll("/desk/cases").contains("Given Gate"));

        amina.get("/desk/cases/" + id);
        amina.submit("form[action$=/unassign]:has(input[value=" + to + "])", Map.of());
        assertEquals(404, tenzin.get("/desk/cases/" + id).statusCode());
    }

    @Test
    void the_last_who_can_open_a_case_cannot_give_it_back() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        String id = CaseWork.create(amina, "Lasting Ladder");
        amina.get("/desk/cases/" + id);
        HttpResponse<String> page = amina.submit("form[action$=/unassign]", Map.of());
        assertEquals(422, page.statusCode());
        assertTrue(page.body().contains("give it to a colleague first"));
        assertEquals(200, amina.get("/desk/cases/" + id).statusCode());
    }

    @Test
    void a_page_promises_what_was_typed_only_where_something_was_typed() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        String id = CaseWork.create(amina, "Promised Path");
        for (String form : List.of("form[action$=/assign]", "form[action$=/unassign]")) {
            amina.get("/desk/cases/" + id);
            assertEquals(422, amina.submit(form, Map.of()).statusCode());
            assertTrue(amina.text("#problem").contains("Nothing was saved."), form);
            assertFalse(amina.text("#problem").contains("typed"), form);
        }
        Visitor sara = organisation.unlocked("sara");
        sara.get("/desk/cases/" + id);
        sara.submit("form[action$=/ask]", Map.of("because", ""));
        assertFalse(sara.text("#problem").contains("typed"), sara.text("#problem"));
        sara.submit("form[action$=/ask]", Map.of("because", "", "words", "half a sentence"));
        assertTrue(sara.text("#problem").contains("What you typed is still here."));
        assertTrue(sara.text("#words").contains("half a sentence"));
    }

    @Test
    void a_supervisor_holds_the_summary_and_nothing_else() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        String id = CaseWork.full(amina, "Summed Signal");
        Visitor sara = organisation.unlocked("sara");
        HttpResponse<String> page = sara.get("/desk/cases/" + id);
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("You hold the summary of this case only"));
        String report = "/desk/cases/" + id + "/reports/"
                + CaseWork.rows("case_report", id).get(0);
        for (String address : List.of(report, report + "?edit=yes", "/desk/cases/" + id + "/original")) {
            boolean form = address.contains("edit");
            long refused = CaseWork.lines("access.refused", "refused");
            assertEquals(403, sara.get(address).statusCode(), address);
            assertEquals(refused + 1, CaseWork.lines("access.refused", "refused"), "and is a line");
            // Her role allows to read; what she lacks is the case, and she is the supervisor who could be asked.
            assertEquals(
                    form ? "Not for your role" : "You do not hold the reports of this case", sara.text("h1"), address);
            assertEquals(
                    form ? 0 : 1,
                    sara.page()
                            .select("main a[href=/desk/cases/" + id + "#access]")
                            .size());
        }
    }

    @Test
    void what_the_form_of_the_summary_stores_is_shown_on_the_page_of_the_case() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        String id = CaseWork.create(amina, "Filled Form");
        amina.get("/desk/cases/" + id);
        assertFalse(amina.page().text().contains("Reason for this level"), "what is empty is left out");
        Map<String, List<String>> fields = CaseWork.everyField(CaseDesk.FORM, "stored");
        amina.get("/desk/cases/" + id + "/edit");
        assertEquals(200, amina.submitAll("main form", fields).statusCode());
        amina.get("/desk/cases/" + id);
        String page = amina.page().text();
        for (var section : CaseDesk.FORM.sections()) {
            for (var field : section.fields()) {
                String value = fields.containsKey(field.code() + ".year")
                        ? "2025-09-14"
                        : Labels.value(field, field.code(), new org.holdfast.rules.report.Answers(fields));
                assertTrue(page.contains(value), field.code() + ": " + value);
            }
        }
        Visitor sara = organisation.unlocked("sara");
        sara.get("/desk/cases/" + id);
        for (String label : List.of(
                "Reason for this level",
                "How the report arrived",
                "Received on",
                "Origin state",
                "Origin territory",
                "Host country",
                "Region",
                "Language")) {
            assertEquals(
                    1,
                    sara.page().select("dl.facts dt").stream()
                            .filter(dt -> dt.text().equals(label))
                            .count(),
                    label);
        }
    }

    @Test
    void a_case_without_a_mailbox_says_that_there_is_no_way_to_answer() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        String id = CaseWork.create(amina, "Silent Station");
        assertTrue(amina.get("/desk/cases/" + id).body().contains("there is no way to answer here"));
        assertFalse(amina.page().text().contains("The reporter asked"), "there was no reporter");
        assertTrue(amina.page().text().contains("made at the desk"));
        assertEquals(0, amina.page().select("form[action$=/reply]").size());
    }

    @Test
    void every_act_on_a_case_is_a_line() throws Exception {
        Visitor amina = organisation.unlocked("amina");
        List<String> acts = List.of("case.created", "case.listed", "case.read", "case.written", "case.row-written");
        List<Long> before = new ArrayList<>();
        for (String act : acts) {
            before.add(CaseWork.lines(act, "done"));
        }
        long refused = CaseWork.lines("access.refused", "refused");
        String id = CaseWork.full(amina, "Lined Lamp");
        amina.get("/desk/cases");
        amina.get("/desk/cases/" + id + "/edit");
        amina.submit("main form", Map.of("summary", "now with a summary"));
        for (int i = 0; i < acts.size(); i++) {
            assertTrue(CaseWork.lines(acts.get(i), "done") > before.get(i), acts.get(i));
        }
        long named = CaseWork.refusalsInCases();
        organisation.unlocked("noor").get("/desk/cases/" + id);
        assertEquals(refused + 1, CaseWork.lines("access.refused", "refused"));
        assertEquals(named + 1, CaseWork.refusalsInCases(), "the line names the case that was asked for");
        organisation.unlocked("noor").get("/desk/cases/" + UUID.randomUUID());
        assertEquals(named + 1, CaseWork.refusalsInCases());
    }
}
