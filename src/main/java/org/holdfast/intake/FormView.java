// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.holdfast.rules.report.Field;
import org.holdfast.rules.report.ReportKind;
import org.holdfast.rules.report.Section;
import org.holdfast.web.Language;
import org.jspecify.annotations.Nullable;

/**
 * A form as a page of the report door shows it, empty, filled or with faults. Labels are keys of the bundle {@code intake}; words of
 * codes are in the page's language already.
 *
 * @param letter the form's address
 * @param ticket to be sent along
 * @param locale of the page, for numbers
 * @param blocks the questions under their headings
 * @param faults what is wrong, in the order of the questions
 */
record FormView(String letter, String ticket, Locale locale, List<Block> blocks, List<ReportForm.Fault> faults) {
    private static final Set<String> HINTS = Set.of(
            "device",
            "incidents",
            "now_country",
            "start",
            "affected",
            "departure",
            "route",
            "narrative",
            "help",
            "contact_preference",
            "name",
            "address",
            "relatives");

    /** Characters in a line of a phone, and lines of a text that nobody scrolls past without end. */
    private static final int NARROW = 36;

    private static final int MOST_ROWS = 60;

    private static final Set<String> UNHEADED =
            Set.of("sec_what", "sec_when", "sec_where", "sec_report", "sec_pressure", "sec_family", "sec_response");

    private static final Set<String> NEEDS_ADDRESS = Set.of("cp.signal", "cp.new_email", "cp.voice_ok", "cp.no_voice");
    private static final Set<String> ADDRESSES = Set.of("phone", "address");

    /** Questions under one heading. */
    record Block(String headingKey, List<Question> questions) {
        /** Whether the heading says more than the first question below it. */
        public boolean headed() {
            return !UNHEADED.contains(headingKey);
        }
    }

    /** A word that can be chosen. */
    record Option(String code, String label, boolean chosen) {}

    /**
     * One question.
     *
     * @param name of the input, and its id
     * @param look checks, radios, select, date, long or text
     * @param options for checks, radios and select; all that are offered
     * @param parts what was typed: one text, or day, month and year
     * @param fault what is wrong with it, or null
     */
    record Question(
            String name, String look, List<Option> options, List<Part> parts, ReportForm.@Nullable Fault fault) {

        public String labelKey() {
            return "q_" + name;
        }

        /** Whether there is a sentence below the label. */
        public boolean hint() {
            return HINTS.contains(name);
        }

        public String hintKey() {
            return "h_" + name;
        }

        public boolean answered() {
            return parts.stream().anyMatch(part -> !part.text().isBlank())
                    || options.stream().anyMatch(Option::chosen);
        }

        public List<Option> chosen() {
            return options.stream().filter(Option::chosen).toList();
        }

        public String text() {
            return parts.isEmpty() ? "" : parts.get(0).text();
        }
    }

    /** An input of a question and what was typed into it. */
    record Part(String input, String labelKey, String text) {
        /**
         * Lines that the text will roughly take on a phone, for a field that is shown whole where the browser cannot fit it to
         * its content.
         */
        public int rows() {
            long breaks = text.chars().filter(c -> c == '\n').count();
            return (int) Math.min(MOST_ROWS, breaks + 1 + text.length() / NARROW);
        }
    }

    static FormView of(
            ReportForm form, Language language, CodeTexts codes, String ticket, List<ReportForm.Fault> faults) {
        List<Block> blocks = new ArrayList<>();
        Block last = null;
        for (Section section : ReportForm.sections(form.kind())) {
            List<Question> questions = section.fields().stream()
                    .map(field -> question(field, form, language, codes, faults))
                    .toList();
            Block block = new Block("sec_" + section.code(), questions);
            if (section.code().equals("report")) {
                // About the device: a last question, not the first thing somebody in fear is asked.
                last = block;
            } else {
                blocks.add(block);
            }
        }
        if (last != null) {
            blocks.add(last);
        }
        List<String> order = blocks.stream()
                .flatMap(block -> block.questions().stream())
                .map(Question::name)
                .toList();
        List<ReportForm.Fault> inOrder = faults.stream()
                .sorted(Comparator.comparingInt(fault -> order.indexOf(fault.field())))
                .toList();
        return new FormView(form.kind().letter(), ticket, language.locale(), blocks, inOrder);
    }

    /** All questions in the order shown. */
    public List<Question> questions() {
        return blocks.stream().flatMap(block -> block.questions().stream()).toList();
    }

    public List<Question> answered() {
        return questions().stream().filter(Question::answered).toList();
    }

    public List<Question> unanswered() {
        return questions().stream().filter(question -> !question.answered()).toList();
    }

    /** How many questions are unanswered, in the digits of the page's language. */
    public String unansweredCount() {
        return NumberFormat.getIntegerInstance(locale).format(unanswered().size());
    }

    /** Whether a way to answer is allowed that takes a number or an address, and neither was given. */
    public boolean unreachable() {
        List<Question> questions = questions();
        return questions.stream()
                        .filter(question -> question.name().equals("contact_preference"))
                        .flatMap(question -> question.chosen().stream())
                        .anyMatch(way -> NEEDS_ADDRESS.contains(way.code()))
                && questions.stream()
                        .filter(question -> ADDRESSES.contains(question.name()))
                        .noneMatch(Question::answered);
    }

    /** Key of the heading of the whole form. */
    public String headingKey() {
        return "head_" + letter;
    }

    static FormView blank(ReportKind kind, Language language, CodeTexts codes, String ticket) {
        return of(ReportForm.blank(kind), language, codes, ticket, List.of());
    }

    private static Question question(
            Field field, ReportForm form, Language language, CodeTexts codes, List<ReportForm.Fault> faults) {
        ReportForm.Fault fault = faults.stream()
                .filter(f -> f.field().equals(field.code()))
                .findFirst()
                .orElse(null);
        List<Option> options = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        String look = switch (field.type()) {
            case CODES -> ReportForm.ONE_ANSWER.contains(field.code()) ? "select" : "checks";
            case CODE -> field.list().equals("answer") ? "radios" : "select";
            case DATE -> "date";
            case LONG -> "long";
            default -> "text";
        };
        if (look.equals("checks") || look.equals("radios") || look.equals("select")) {
            for (CodeTexts.Word word : codes.offered(language, field.list())) {
                options.add(new Option(word.code(), word.label(), form.has(field.code(), word.code())));
            }
        } else {
            for (String input : ReportForm.inputs(field)) {
                String end = input.substring(input.lastIndexOf('.') + 1);
                parts.add(new Part(input, look.equals("date") ? end : "q_" + field.code(), form.one(input)));
            }
        }
        return new Question(field.code(), look, List.copyOf(options), List.copyOf(parts), fault);
    }
}
