// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The formats of this version, frozen: whatever an organisation has stored must open with every later build. */
class GoldenTest {

    @Test
    void the_frozen_envelopes_open_and_come_out_the_same() throws Exception {
        List<Golden> blocks = Golden.read("envelopes.txt");
        assertEquals(17 * 7, blocks.size());
        for (Golden block : blocks) {
            ObjectType type = ObjectType.of((byte) block.number("type"));
            Context context = block.context();
            byte[] content = Samples.content(block.number("content-length"));
            try (SecretBytes key = block.secret("key");
                    SealingKey prepared = SealingKey.of(key)) {
                byte[] sealed =
                        Sealer.seal(type, block.number("epoch"), prepared, context, content, block.bytes("salt"));
                assertArrayEquals(block.bytes("key-id"), prepared.keyId());
                assertArrayEquals(block.bytes("context"), context.bytes(Envelope.parse(sealed)));
                if (block.has("sealed")) {
                    assertArrayEquals(block.bytes("sealed"), sealed);
                    assertArrayEquals(content, Sealer.open(type, key, context, block.bytes("sealed")));
                } else {
                    assertArrayEquals(block.bytes("sealed-sha256"), Hashes.sha256(sealed));
                    assertArrayEquals(content, Sealer.open(type, key, context, sealed));
                }
            }
        }
    }

    @Test
    void the_frozen_wraps_open() throws Exception {
        List<Golden> blocks = Golden.read("wraps.txt");
        assertEquals(17, blocks.size());
        for (Golden block : blocks) {
            ObjectType type = ObjectType.of((byte) block.number("type"));
            byte[] wrapped = block.bytes("wrapped");
            try (SecretBytes seed = block.secret("seed");
                    XWingKeyPair keys = XWingKeyPair.fromSeed(seed);
                    SecretBytes secret = Wrapper.unwrap(type, keys, block.context(), wrapped)) {
                assertArrayEquals(block.bytes("secret"), secret.copy());
                assertArrayEquals(block.bytes("public-key-sha256"), Hashes.sha256(keys.publicKey()));
                assertArrayEquals(block.bytes("key-id"), keys.keyId());
                assertEquals(
                        new Envelope(Suite.HF1, type, block.number("epoch"), keys.keyId()), Envelope.parse(wrapped));
            }
        }
    }

    @Test
    void keys_and_signatures_are_the_same() throws Exception {
        int fieldKeys = 0;
        int signers = 0;
        for (Golden block : Golden.read("keys.txt")) {
            if (block.has("field-key")) {
                try (SecretBytes grant = block.secret("grant");
                        SecretBytes shred = block.secret("shred");
                        SecretBytes key = Kdf.fieldKey(
                                grant,
                                shred,
                                block.bytes("tenant"),
                                UUID.fromString(block.text("object")),
                                block.number("compartment"),
                                block.number("epoch"))) {
                    assertArrayEquals(block.bytes("field-key"), key.copy());
                    assertArrayEquals(block.bytes("commitment"), Kdf.commitment(key));
                    fieldKeys++;
                }
            } else {
                byte[] message = block.bytes("message");
                try (SecretBytes seed = block.secret("seed");
                        SigningKey ed = SigningKey.fromSeed(seed);
                        MlDsaKey ml = MlDsaKey.fromSeed(seed)) {
                    assertArrayEquals(block.bytes("ed25519-public-key"), ed.publicKey());
                    assertArrayEquals(block.bytes("ed25519-signature"), ed.sign(message));
                    assertArrayEquals(block.bytes("ml-dsa-44-public-key-sha256"), Hashes.sha256(ml.publicKey()));
                    assertTrue(Signatures.verifyMlDsa44(ml.publicKey(), message, block.bytes("ml-dsa-44-signature")));
                    signers++;
                }
            }
        }
        assertEquals(8, fieldKeys);
        assertEquals(2, signers);
    }

    @Test
    void what_people_printed_is_still_read() throws Exception {
        int sets = 0;
        int others = 0;
        for (Golden block : Golden.read("printed.txt")) {
            if (block.has("share-1")) {
                List<Share> shares = new ArrayList<>();
                for (int i = 1; block.has("share-" + i); i++) {
                    shares.add(Share.parse(block.text("share-" + i)));
                }
                int threshold = block.number("threshold");
                for (int from = 0; from + threshold <= shares.size(); from++) {
                    try (SecretBytes secret = Shares.combine(shares.subList(from, from + threshold))) {
                        assertArrayEquals(block.bytes("secret"), secret.copy());
                    }
                }
                sets++;
            } else {
                try (SecretBytes code = RecoveryCode.parse(block.text("recovery-code"))) {
                    assertArrayEquals(block.bytes("code"), code.copy());
                    assertEquals(
                            block.text("recovery-code"),
                            RecoveryCode.toText(code).replace('\n', ' '));
                }
                assertEquals(block.text("words"), String.join(" ", Words.fingerprint(block.bytes("hash"), 8)));
                assertTrue(ReturnNumber.parse(block.text("return-number")).isSound());
                others++;
            }
        }
        assertEquals(2, sets);
        assertEquals(3, others);
    }
}
