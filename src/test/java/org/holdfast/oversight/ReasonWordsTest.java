// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.oversight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.holdfast.rules.Codes;
import org.junit.jupiter.api.Test;

class ReasonWordsTest {
    private static final Path SOURCES = Path.of("src/main/java/org/holdfast");
    private static final Path DECISIONS = Path.of("src/docs/adr");

    /** Where a reason is named: a refusal, a tampering, a line that says why, and the helpers that pass one on. */
    private static final Pattern NAMED = Pattern.compile(
            "\\b(refused|tampering|tampered|because|finding|close|check|say|count)\\((?=[^;]*\")[^;]*;");

    private static final Pattern LITERAL = Pattern.compile("\"([a-z]+(?:[._-][a-z]+)*)\"");

    @Test
    void every_reason_that_the_code_writes_has_words() throws IOException {
        TreeSet<String> reasons = new TreeSet<>();
        for (Path source : files(SOURCES)) {
            Matcher named = NAMED.matcher(Files.readString(source));
            while (named.find()) {
                // Other literals in such a statement are words of queries and names of columns: they have no dot.
                Matcher literal = LITERAL.matcher(named.group());
                while (literal.find()) {
                    if (literal.group(1).contains(".") || isAlone(named.group(), literal.group(1))) {
                        reasons.add(literal.group(1));
                    }
                }
            }
        }
        assertTrue(reasons.size() > 60, "the sources are read: " + reasons);
        assertTrue(
                reasons.containsAll(List.of("role", "not-here", "row.missing", "grant.after-end", "idle", "recovery")));
        reasons.removeIf(reason -> ReasonWords.of(reason).isPresent());
        assertEquals(new TreeSet<>(), reasons);
    }

    private static boolean isAlone(String statement, String literal) {
        return statement.matches("(?s)(refused|tampering|because)\\(\\s*(?:[^\";]*\\? null : )?\"" + literal + "\".*")
                || statement.matches("(?s)close\\(.*, \"" + literal + "\"\\).*");
    }

    @Test
    void every_finding_of_a_verification_has_words() throws IOException {
        TreeSet<String> findings = new TreeSet<>(List.of("sound"));
        for (String decision : List.of("0005-log-format.md", "0009-log-in-the-database.md")) {
            Matcher code = Pattern.compile(
                            "`((?:entry|tile|root|checkpoint|kept|signature|row|copy|queue|detail)\\.[a-z-]+)`")
                    .matcher(Files.readString(DECISIONS.resolve(decision)));
            while (code.find()) {
                findings.add(code.group(1));
            }
        }
        assertTrue(findings.size() > 25, findings.toString());
        findings.removeIf(finding -> ReasonWords.of(finding).isPresent());
        assertEquals(new TreeSet<>(), findings);
    }

    @Test
    void chosen_reasons_numbers_places_and_parts_are_put_into_words() {
        Codes.shipped()
                .list("access_reason")
                .forEach(code -> assertEquals(Optional.of(code.label()), ReasonWords.of(code.code())));
        assertEquals(Optional.of("6 opened"), ReasonWords.of("opened.6"));
        assertEquals(Optional.of("1 line shown"), ReasonWords.of("lines.1"));
        assertEquals(Optional.of("50 lines shown"), ReasonWords.of("lines.50"));
        assertEquals(
                Optional.of("who it is about, reports and answers, summary"),
                ReasonWords.of("identity.content.summary"));
        assertEquals(Optional.of("reports and answers"), ReasonWords.of("content"));
        assertEquals(
                Optional.of("a sealed value does not open (case person names)"),
                ReasonWords.of("field.case-person.names"));
        assertEquals(Optional.of("a row is not as last written (case file)"), ReasonWords.of("row.case-file"));
    }

    @Test
    void a_reason_of_a_newer_version_has_none() {
        assertEquals(Optional.empty(), ReasonWords.of("newer.thing"));
        assertEquals(Optional.empty(), ReasonWords.of(""));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
