// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WelcomeTest {
    @TempDir
    private Path data;

    @Test
    void an_empty_start_says_who_founds_and_where() throws IOException {
        String said = said(true);
        assertTrue(
                said.contains("log in as sara, who founds the organisation at http://localhost:8080/desk/start"), said);
        assertFalse(said.contains("is kept"), said);
        assertFalse(said.contains("Demonstration"), said);
    }

    @Test
    void an_organisation_founded_by_hand_is_not_called_the_demonstration_on_any_later_start() throws IOException {
        Files.writeString(data.resolve("directory.pin"), "0".repeat(64));
        for (boolean empty : new boolean[] {false, true}) {
            String said = said(empty);
            assertTrue(said.contains("The organisation that was founded here by hand is kept."), said);
            assertTrue(said.contains("the words that the desk showed them then"), said);
            assertFalse(said.contains("Demonstration logins"), said);
            assertFalse(said.contains("Nothing is set up yet"), said);
            assertTrue(said.contains("stop, delete " + data + ", and start again"), said);
        }
    }

    @Test
    void the_demonstration_is_told_with_its_words_and_when_it_is_in_the_way_of_an_empty_start() throws IOException {
        Files.writeString(data.resolve("directory.pin"), "0".repeat(64));
        Files.writeString(
                data.resolve("demonstration.properties"),
                "pin=" + "0".repeat(64) + "\nloaded=yes\nwords.sara=one two three four five six\nnumber.AC-13=1234\n");
        String said = said(false);
        assertTrue(said.contains("Demonstration logins"), said);
        assertTrue(said.contains("one two three four five six"), said);
        assertTrue(said.contains("who has an answer: 1234"), said);
        assertFalse(said.contains("is kept here"), said);
        assertTrue(said(true).contains("The demonstration organisation is kept here from an earlier start"));
    }

    private String said(boolean empty) throws IOException {
        return String.join("\n", new Welcome("http://127.0.0.1:8080", "http://localhost:8080", data, empty).lines());
    }
}
