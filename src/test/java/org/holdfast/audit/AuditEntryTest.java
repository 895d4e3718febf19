// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Signatures;
import org.holdfast.crypto.SigningKey;
import org.holdfast.tlog.Entry;
import org.holdfast.tlog.MerkleTree;
import org.junit.jupiter.api.Test;

class AuditEntryTest {
    private static final Instant NOW = Instant.parse("2026-11-25T20:31:59Z");
    private static final UUID ID = UUID.fromString("00112233-4455-4677-8899-aabbccddeeff");
    private static final UUID STAFF = UUID.fromString("ffeeddcc-bbaa-4988-b766-554433221100");
    private static final Pseudonym CASE = new Pseudonym(new byte[16]);

    @Test
    void an_entry_of_the_system_has_the_minute_and_its_own_id_as_nonce() {
        AuditEntry entry = AuditEntry.of(
                AuditEvent.of(Act.CASE_WRITTEN)
                        .inCase(CASE)
                        .on(CASE)
                        .hash(new byte[32])
                        .as(ID),
                null,
                NOW);
        assertEquals(
                "{\"v\":1,\"t\":\"2026-11-25T20:31Z\",\"a\":\"system\",\"e\":\"case.written\",\"c\":\"" + "0".repeat(32)
                        + "\",\"o\":\"" + "0".repeat(32) + "\",\"r\":\"done\",\"h\":\"" + "0".repeat(64)
                        + "\",\"x\":\"0011223344554677" + "8899aabbccddeeff\"}",
                new String(entry.body(), StandardCharsets.US_ASCII));
    }

    @Test
    void the_report_door_tells_the_day_and_nobody() {
        ActingNow acting = new ActingNow();
        acting.actor(STAFF, true);
        acting.reportDoor();
        String body = new String(
                AuditEntry.of(AuditEvent.of(Act.REPORT_ACCEPTED), acting, NOW).body(), StandardCharsets.US_ASCII);
        assertTrue(body.startsWith("{\"v\":1,\"t\":\"2026-11-25\",\"a\":\"report-door\",\"e\":\"report.accepted\""));
    }

    @Test
    void whoever_is_logged_in_and_not_enrolled_is_unknown() {
        ActingNow acting = new ActingNow();
        acting.actor(null, false);
        assertEquals("unknown", acting.name());
        acting.actor(STAFF, true);
        assertEquals("ffeeddccbbaa4988b766554433221100", acting.name());
    }

    @Test
    void an_unlocked_person_signs_with_number_and_session() throws Exception {
        try (SecretBytes seed = SecretBytes.of(new byte[32]);
                SigningKey key = SigningKey.fromSeed(seed)) {
            ActingNow acting = new ActingNow();
            acting.signatory(signatory(key));
            Entry entry = Entry.parse(AuditEntry.of(AuditEvent.of(Act.CASE_READ).refused("role"), acting, NOW)
                    .body());
            assertEquals(7, entry.counter());
            assertEquals("refused", entry.outcome());
            assertEquals("0101010101010101", entry.actorKey());
            byte[] signature = HexFormat.of().parseHex(entry.signature());
            assertTrue(Signatures.verifyEd25519(key.publicKey(), entry.signedBytes(), signature));
        }
    }

    private static Signatory signatory(SigningKey key) {
        return new Signatory() {
            @Override
            public UUID staffId() {
                return STAFF;
            }

            @Override
            public byte[] keyId() {
                byte[] id = new byte[8];
                Arrays.fill(id, (byte) 1);
                return id;
            }

            @Override
            public byte[] session() {
                return new byte[16];
            }

            @Override
            public int nextCounter() {
                return 7;
            }

            @Override
            public byte[] sign(byte[] entry) {
                return key.sign(entry);
            }
        };
    }

    @Test
    void a_changed_copy_is_named_by_its_column() {
        AuditEntry entry = AuditEntry.of(AuditEvent.of(Act.CASE_READ).inCase(CASE), null, NOW);
        AuditEntry.Copies c = entry.copies();
        byte[] leaf = MerkleTree.leafHash(entry.body());
        assertEquals(Optional.empty(), AuditEntry.trouble(entry.id(), entry.body(), c, leaf));
        AuditEntry.Copies moved = new AuditEntry.Copies(
                c.act(), c.actor(), new byte[15], c.objectName(), c.outcome(), c.day(), c.hash(), c.detailHash());
        assertEquals(
                Optional.of("the copy in column case_name was altered"),
                AuditEntry.trouble(entry.id(), entry.body(), moved, leaf));
        AuditEntry.Copies dated = new AuditEntry.Copies(
                c.act(),
                c.actor(),
                c.caseName(),
                c.objectName(),
                c.outcome(),
                c.day().plusDays(1),
                c.hash(),
                c.detailHash());
        assertEquals(
                Optional.of("the copy in column day was altered"),
                AuditEntry.trouble(entry.id(), entry.body(), dated, leaf));
        assertTrue(AuditEntry.trouble(ID, entry.body(), c, leaf).isPresent());
        assertTrue(AuditEntry.trouble(entry.id(), entry.body(), c, new byte[32]).isPresent());
    }

    @Test
    void free_text_cannot_enter_as_a_reason() {
        AuditEvent event = AuditEvent.of(Act.CASE_READ).because("she asked me to");
        assertThrows(IllegalArgumentException.class, () -> AuditEntry.of(event, null, NOW));
    }

    @Test
    void a_detail_is_kept_apart_and_only_its_hash_enters() throws Exception {
        byte[] sealed = {1, 2, 3};
        AuditEntry entry = AuditEntry.of(AuditEvent.of(Act.CASE_IDENTITY_READ).detail(sealed), null, NOW);
        assertArrayEquals(sealed, entry.detail());
        assertEquals(
                "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81",
                Entry.parse(entry.body()).detailHash());
    }
}
