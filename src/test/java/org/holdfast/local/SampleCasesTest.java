// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.holdfast.rules.report.Checked;
import org.holdfast.rules.report.ReportFields;
import org.holdfast.rules.report.ReportKind;
import org.junit.jupiter.api.Test;

class SampleCasesTest {

    @Test
    void every_sample_fits_into_the_forms_of_the_desk() throws IOException {
        List<SampleCases.Sample> samples = SampleCases.all();
        assertEquals(8, samples.size());
        for (SampleCases.Sample sample : samples) {
            sound(sample.name(), ReportFields.caseFile().check(sample.file()));
            sound(sample.name(), ReportFields.person().check(sample.person()));
            assertFalse(sample.reports().isEmpty(), sample.name());
            sample.reports().forEach((letter, fields) -> {
                Checked checked = ReportFields.of(ReportKind.ofLetter(letter).orElseThrow())
                        .check(fields);
                sound(sample.name() + letter, checked);
                // Nothing may fall out on the way: what is sent is what is kept.
                assertEquals(fields.keySet(), checked.answers().values().keySet(), sample.name() + letter);
            });
        }
    }

    @Test
    void the_reporter_s_own_words_are_kept_byte_for_byte() throws IOException {
        Map<String, List<String>> report = SampleCases.all().stream()
                .filter(s -> s.name().equals("AC-19"))
                .findFirst()
                .orElseThrow()
                .reports()
                .get("a");
        assertTrue(report.get("narrative").get(0).startsWith("上个星期我转发了一篇文章。"));
    }

    @Test
    void whoever_writes_chinese_fills_in_the_chinese_form() throws IOException {
        SampleCases.Sample sample = SampleCases.all().stream()
                .filter(s -> s.name().equals("AC-19"))
                .findFirst()
                .orElseThrow();
        assertEquals("/form/a?lang=zh-Hans", SampleCases.form(sample, "a"));
    }

    @Test
    void what_a_sample_says_at_the_report_door_is_taken_there() throws IOException {
        for (SampleCases.Sample sample : SampleCases.all()) {
            sample.reports()
                    .keySet()
                    .forEach(letter -> sound(
                            sample.name(),
                            ReportFields.door(ReportKind.ofLetter(letter).orElseThrow())
                                    .check(SampleCases.atTheDoor(sample, letter))));
        }
    }

    @Test
    void two_samples_come_in_at_the_report_door() throws IOException {
        assertEquals(
                2, SampleCases.all().stream().filter(SampleCases.Sample::self).count());
    }

    private static void sound(String name, Checked checked) {
        assertTrue(checked.sound(), () -> name + ": " + checked.complaints());
    }
}
