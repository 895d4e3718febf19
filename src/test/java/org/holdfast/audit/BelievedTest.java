// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.SigningKey;
import org.holdfast.tlog.Entry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BelievedTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String OLDER = "01".repeat(32);
    private static final String NEWER = "02".repeat(32);
    private static final String ONE = "a1".repeat(16);
    private static final String OTHER = "a2".repeat(16);

    private final UUID staff = UUID.randomUUID();
    private final SigningKey key = SigningKey.fromSeed(SecretBytes.random(SigningKey.SEED_LENGTH));
    private final SigningKey strange = SigningKey.fromSeed(SecretBytes.random(SigningKey.SEED_LENGTH));
    private final String keyId = HEX.formatHex(AuditEntry.sha256(key.publicKey()), 0, 8);
    private final StaffSigningKeys.Known known =
            (who, id) -> Optional.ofNullable(Map.of(staff, key.publicKey()).get(who));

    @AfterEach
    void forget() {
        key.close();
        strange.close();
    }

    private Entry line(SigningKey by, String session, int counter, String hash) {
        Entry draft = Entry.builder(
                        "2026-11-25T20:31Z",
                        AuditEntry.hex(staff),
                        "case.row-written",
                        AuditEntry.hex(UUID.randomUUID()))
                .object("77".repeat(16))
                .rowHash(hash)
                .actorKey(keyId)
                .session(session, counter)
                .build();
        return draft.withSignature(by.sign(draft.signedBytes()));
    }

    private void believed(String hash, List<Entry> lines) {
        assertArrayEquals(HEX.parseHex(hash), Believed.newest(lines, known).orElseThrow());
        assertArrayEquals(
                HEX.parseHex(hash), Believed.newestSigned(lines, known).orElseThrow());
    }

    private void refused(List<Entry> lines) {
        assertThrows(AlteredLog.class, () -> Believed.newest(lines, known));
        assertThrows(AlteredLog.class, () -> Believed.newestSigned(lines, known));
    }

    @Test
    void lines_of_one_session_about_one_row_that_changed_places_are_refused() {
        List<Entry> lines = new ArrayList<>(List.of(line(key, ONE, 4, OLDER), line(key, ONE, 9, NEWER)));
        believed(NEWER, lines);
        Collections.swap(lines, 0, 1);
        refused(lines);
        // Whatever else stands between them.
        lines.add(1, line(key, OTHER, 2, OLDER));
        refused(lines);
    }

    @Test
    void the_number_of_another_session_says_nothing() {
        believed(NEWER, List.of(line(key, ONE, 9, OLDER), line(key, OTHER, 4, NEWER)));
    }

    @Test
    void a_line_that_writes_what_was_deleted_is_refused() {
        List<Entry> lines = new ArrayList<>(List.of(line(key, ONE, 4, OLDER), line(key, OTHER, 1, Entry.DELETED)));
        believed(Entry.DELETED, lines);
        Collections.swap(lines, 0, 1);
        refused(lines);
    }

    @Test
    void a_row_has_as_many_signed_lines_as_it_says() {
        List<Entry> lines = List.of(line(key, ONE, 9, NEWER), line(key, OTHER, 4, OLDER));
        assertTrue(Believed.newest(lines, 2L, known).isPresent());
        assertTrue(Believed.newest(lines, null, known).isPresent());
        assertTrue(Believed.newest(lines, 1L, known).isEmpty(), "set back behind lines that changed places");
        assertTrue(Believed.newest(lines, 3L, known).isEmpty(), "a line is gone");
        List<Entry> planted = List.of(lines.get(0), line(strange, ONE, 2, OLDER), lines.get(1));
        assertTrue(Believed.newest(planted, 2L, known).isPresent(), "a line that she did not sign is no write");
    }

    @Test
    void a_planted_line_has_no_row_refused() {
        Entry newest = line(key, ONE, 9, NEWER);
        for (Entry planted : List.of(line(strange, ONE, 12, OLDER), line(strange, ONE, 12, Entry.DELETED))) {
            believed(NEWER, List.of(planted, newest));
            believed(NEWER, List.of(newest, planted));
        }
    }
}
