// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.holdfast.access.Problem;
import org.holdfast.crypto.Signatures;
import org.junit.jupiter.api.Test;

class StatementTest {

    private final UserKeys keys = UserKeys.generate(new UUID(1, 2));

    private Statement statement() {
        return Statement.signed(
                7,
                new byte[32],
                Statement.Kind.PERSON_ENDED,
                LocalDate.of(2026, 11, 25),
                Map.of("staff", "0123456789abcdef0123456789abcdef"),
                keys);
    }

    @Test
    void a_statement_reads_back_as_it_was_written() {
        Statement statement = statement();
        Statement read = Statement.parse(statement.body());
        assertArrayEquals(statement.hash(), read.hash());
        assertEquals(7, read.number());
        assertEquals(Statement.Kind.PERSON_ENDED, read.kind());
        assertEquals(LocalDate.of(2026, 11, 25), read.day());
    }

    @Test
    void the_signature_is_over_the_line_without_it() {
        Statement statement = statement();
        String line = new String(statement.body(), StandardCharsets.US_ASCII);
        String unsigned = line.substring(0, line.indexOf(",\"g\":")) + "}";
        assertArrayEquals(unsigned.getBytes(StandardCharsets.US_ASCII), statement.signedBytes());
        assertEquals(true, Signatures.verifyEd25519(keys.signKey(), statement.signedBytes(), statement.signature()));
    }

    @Test
    void any_other_spelling_is_refused() {
        String line = new String(statement().body(), StandardCharsets.US_ASCII);
        for (String other : new String[] {
            line + " ",
            " " + line,
            line.replace("\"n\":7", "\"n\":07"),
            line.replace("\"v\":1", "\"v\":2"),
            line.replace(",\"k\"", ", \"k\""),
            line.replace("person-ended", "person-gone"),
            line.replace("abcdef", "ABCDEF"),
            line.replace("2026-11-25", "2026-13-25"),
            line.replace("}", ",\"x\":\"1\"}"),
            "",
            "{}"
        }) {
            assertThrows(
                    RuntimeException.class, () -> Statement.parse(other.getBytes(StandardCharsets.ISO_8859_1)), other);
        }
        assertThrows(Problem.Tampering.class, () -> Statement.parse(new byte[0]));
    }

    @Test
    void facts_of_another_kind_are_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Statement.signed(
                        7,
                        new byte[32],
                        Statement.Kind.PERSON,
                        LocalDate.of(2026, 11, 25),
                        Map.of("staff", "00"),
                        keys));
    }
}
