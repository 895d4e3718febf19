// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.holdfast.rules.report.Answers;
import org.holdfast.rules.report.ReportContent;
import org.junit.jupiter.api.Test;

class QueueViewTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 26);

    @Test
    void a_line_says_what_was_ticked_and_from_where_and_nothing_of_the_account() {
        QueueView.Line line = line(
                "rt.family_threat",
                Map.of(
                        "danger_now", List.of("yes"),
                        "incidents", List.of("ft.home_search"),
                        "now_country", List.of("CZ"),
                        "narrative", List.of("marker words")));
        assertTrue(line.urgent());
        assertEquals("Czechia", line.country());
        assertEquals("2026-11-26", line.day());
        assertTrue(!line.what().isEmpty() && !line.toString().contains("marker"), line.what());
    }

    @Test
    void a_report_without_ticks_has_an_empty_line() {
        QueueView.Line line = line("rt.travel_risk", Map.of("narrative", List.of("words")));
        assertEquals("", line.what() + line.country() + line.danger());
    }

    @Test
    void a_report_that_was_sealed_with_foreign_codes_hides_no_other() {
        QueueView.Line line = line(
                "rt.foreign",
                Map.of(
                        "danger_now", List.of("perhaps"),
                        "incidents", List.of("xx.foreign"),
                        "now_country", List.of("ZZ")));
        assertEquals("Not a word of ours", line.kind());
        assertEquals("Not a word of ours", line.what());
        assertEquals("Not a word of ours", line.country());
    }

    private static QueueView.Line line(String kind, Map<String, List<String>> answers) {
        return QueueView.Line.of(
                UUID.randomUUID(), DAY, new ReportContent(kind, "en", new Answers(answers), new byte[32]), "English");
    }
}
