// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.holdfast.access.Problem;
import org.holdfast.rules.report.Answers;
import org.holdfast.rules.report.Form;
import org.holdfast.rules.report.ReportFields;
import org.holdfast.rules.report.ReportKind;
import org.holdfast.web.Ids;
import org.junit.jupiter.api.Test;

class ViewsTest {

    private static final Form TRAVEL = ReportFields.of(ReportKind.TRAVEL_RISK);

    @Test
    void a_form_shows_again_everything_that_was_typed_right_or_wrong() {
        Map<String, List<String>> typed = Map.of(
                "incidents", List.of("te.planned_trip", "nonsense"),
                "start.day", List.of("31"),
                "start.month", List.of("2"),
                "start.year", List.of("2026"),
                "points.3.country", List.of("TR"),
                "narrative", List.of("words"));
        FormView view = FormView.of(TRAVEL, typed, TRAVEL.check(typed).complaints());
        assertEquals(
                List.of("te.planned_trip", "nonsense"), input(view, "incidents").chosen());
        assertEquals("31", input(view, "start").day());
        assertEquals("TR", input(view, "points.3.country").value());
        assertEquals("words", input(view, "narrative").value());
        assertEquals(2, view.errors().items().size());
        assertTrue(view.errors().has("start"));
    }

    @Test
    void a_list_of_rows_grows_on_request_and_never_beyond_its_end() {
        FormView first = FormView.of(TRAVEL, Map.of(), List.of());
        assertEquals(1, section(first, "points").shown());
        Map<String, List<String>> more = Map.of("rows.points", List.of("1"), "more", List.of("points"));
        assertTrue(FormView.asksForMore(more));
        assertEquals(4, section(FormView.of(TRAVEL, more, List.of()), "points").shown());
        FormView full = FormView.of(TRAVEL, Map.of("rows.points", List.of("99")), List.of());
        assertEquals(12, section(full, "points").shown());
        assertFalse(section(full, "points").grows());
    }

    @Test
    void a_record_is_read_in_words_and_without_its_empty_fields() {
        Answers answers = new Answers(Map.of(
                "incidents", List.of("te.planned_trip"),
                "departure.year", List.of("2026"),
                "departure.month", List.of("9"),
                "points.1.country", List.of("TR"),
                "points.1.kind", List.of("sk.airside_transit")));
        ShownView view = ShownView.of(TRAVEL, answers);
        List<String> sections =
                view.sections().stream().map(ShownView.ShownSection::label).toList();
        assertEquals(List.of("What happened", "The journey", "Points of the journey"), sections);
        assertEquals(
                "2026-09", view.sections().get(1).rows().get(0).fields().get(0).value());
        assertEquals(2, view.sections().get(2).rows().get(0).fields().size());
    }

    @Test
    void a_conflict_names_the_fields_that_differ_with_both_texts() {
        Answers theirs = new Answers(Map.of("narrative", List.of("theirs"), "route", List.of("same")));
        Answers mine =
                new Answers(Map.of("narrative", List.of("mine"), "route", List.of("same"), "purpose", List.of("new")));
        List<ConflictView.Difference> differences =
                ConflictView.of(TRAVEL, theirs, mine).differences();
        assertEquals(2, differences.size());
        assertEquals(new ConflictView.Difference("Purpose of the journey", "", "new"), differences.get(0));
        assertEquals("theirs", differences.get(1).theirs());
        assertEquals("mine", differences.get(1).mine());
    }

    @Test
    void an_address_that_is_no_id_is_answered_like_a_case_that_is_not_there() {
        assertThrows(Problem.NotHere.class, () -> Ids.of("1"));
        assertThrows(Problem.NotHere.class, () -> Ids.of("1-1-1-1-1"));
        UUID id = UUID.randomUUID();
        assertEquals(id, Ids.of(id.toString()));
        assertThrows(Problem.NotHere.class, () -> Ids.of(id.toString().toUpperCase(java.util.Locale.ROOT)));
    }

    @Test
    void names_that_are_offered_are_two_words_and_codes_are_short() {
        Set<String> codes = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            assertTrue(WorkingName.offer().matches("[A-Z][a-z]+ [A-Z][a-z]+"));
            String code = WorkingName.code();
            assertTrue(code.matches("[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{4}"), code);
            codes.add(code);
        }
        assertEquals(500, codes.size());
    }

    private static FormView.SectionView section(FormView view, String code) {
        return view.sections().stream()
                .filter(s -> s.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static FormView.InputView input(FormView view, String name) {
        return view.sections().stream()
                .flatMap(s -> s.rows().stream())
                .flatMap(r -> r.inputs().stream())
                .filter(i -> i.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
