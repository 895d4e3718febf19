// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SignaturesTest {

    private final byte[] message = Samples.content(300);

    @Test
    void ed25519_signs_as_rfc_8032_section_7_1_test_2() {
        try (SecretBytes seed = SecretBytes.of(
                        Samples.HEX.parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
                SigningKey key = SigningKey.fromSeed(seed)) {
            assertEquals(
                    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                    Samples.HEX.formatHex(key.publicKey()));
            assertEquals(
                    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
                    Samples.HEX.formatHex(key.sign(new byte[] {0x72})));
        }
    }

    @Test
    void wycheproof_ed25519_151_of_151() throws Exception {
        int passed = 0;
        for (Vectors.Case c : Vectors.wycheproof("ed25519_test.json")) {
            byte[] publicKey =
                    Samples.HEX.parseHex(c.group().get("publicKey").get("pk").asText());
            assertEquals(c.isValid(), Signatures.verifyEd25519(publicKey, c.bytes("msg"), c.bytes("sig")), c.name());
            passed++;
        }
        assertEquals(151, passed);
    }

    @Test
    void wycheproof_ml_dsa_44_180_of_180() throws Exception {
        int passed = 0;
        for (Vectors.Case c : Vectors.wycheproof("mldsa_44_verify_test.json")) {
            byte[] context = c.bytes("ctx");
            assertEquals(
                    c.isValid(),
                    Signatures.verifyMlDsa44(c.bytes("publicKey"), c.bytes("msg"), context, c.bytes("sig")),
                    c.name());
            passed++;
        }
        assertEquals(180, passed);
    }

    @Test
    void an_ed25519_signature_holds_for_its_message_and_key_only() {
        try (SecretBytes seed = Samples.key("signer");
                SigningKey key = SigningKey.fromSeed(seed)) {
            byte[] signature = key.sign(message);
            assertEquals(SigningKey.SIGNATURE_LENGTH, signature.length);
            assertTrue(Signatures.verifyEd25519(key.publicKey(), message, signature));
            assertFlipsFail(message, m -> Signatures.verifyEd25519(key.publicKey(), m, signature));
            assertFlipsFail(signature, s -> Signatures.verifyEd25519(key.publicKey(), message, s));
            assertFlipsFail(key.publicKey(), k -> Signatures.verifyEd25519(k, message, signature));
        }
    }

    @Test
    void an_ml_dsa_signature_holds_for_its_message_and_key_only() {
        try (SecretBytes seed = Samples.key("signer");
                MlDsaKey key = MlDsaKey.fromSeed(seed)) {
            byte[] signature = key.sign(message);
            assertEquals(MlDsaKey.SIGNATURE_LENGTH, signature.length);
            assertEquals(MlDsaKey.PUBLIC_KEY_LENGTH, key.publicKey().length);
            assertTrue(Signatures.verifyMlDsa44(key.publicKey(), message, signature));
            assertFlipsFail(message, m -> Signatures.verifyMlDsa44(key.publicKey(), m, signature));
            assertFlipsFail(signature, s -> Signatures.verifyMlDsa44(key.publicKey(), message, s));
            assertFlipsFail(key.publicKey(), k -> Signatures.verifyMlDsa44(k, message, signature));
            assertFalse(Arrays.equals(signature, key.sign(message)), "signing is hedged");
        }
    }

    @Test
    void malformed_keys_and_signatures_are_not_valid_and_throw_nothing() {
        SplittableRandom random = new SplittableRandom(5);
        for (int length = 0; length < 100; length++) {
            byte[] junk = new byte[length];
            random.nextBytes(junk);
            assertFalse(Signatures.verifyEd25519(junk, message, new byte[64]));
            assertFalse(Signatures.verifyEd25519(new byte[32], message, junk));
            assertFalse(Signatures.verifyMlDsa44(junk, message, new byte[2420]));
            assertFalse(Signatures.verifyMlDsa44(new byte[1312], message, junk));
        }
        byte[] ones = new byte[2420];
        Arrays.fill(ones, (byte) 0xff);
        byte[] key = new byte[1312];
        Arrays.fill(key, (byte) 0xff);
        assertFalse(Signatures.verifyMlDsa44(key, message, ones));
        assertFalse(Signatures.verifyEd25519(Arrays.copyOf(key, 32), message, Arrays.copyOf(ones, 64)));
    }

    /** For a key of small order one signature would fit many messages, and its owner could deny what was signed. */
    @Test
    void a_key_of_small_order_signs_nothing() {
        String[] keys = {
            "01" + "00".repeat(31),
            "ec" + "ff".repeat(30) + "7f",
            "00".repeat(32),
            "00".repeat(31) + "80",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
        };
        // The point R is the neutral element and S is zero: right for every message whose hash is a multiple of the
        // order.
        byte[] signature = new byte[64];
        signature[0] = 1;
        for (String key : keys) {
            for (int i = 0; i < 64; i++) {
                byte[] text = Samples.content(i);
                assertFalse(Signatures.verifyEd25519(Samples.HEX.parseHex(key), text, signature), key);
            }
        }
    }

    @Test
    void the_same_seed_gives_the_same_keys() {
        try (SecretBytes seed = Samples.key("same");
                SigningKey one = SigningKey.fromSeed(seed);
                SigningKey two = SigningKey.fromSeed(seed);
                MlDsaKey three = MlDsaKey.fromSeed(seed);
                MlDsaKey four = MlDsaKey.fromSeed(seed)) {
            assertArrayEquals(one.publicKey(), two.publicKey());
            assertArrayEquals(three.publicKey(), four.publicKey());
        }
    }

    @Test
    void closed_keys_sign_nothing() {
        SigningKey ed;
        MlDsaKey ml;
        try (SecretBytes seed = Samples.key("closed")) {
            ed = SigningKey.fromSeed(seed);
            ml = MlDsaKey.fromSeed(seed);
        }
        ed.sign(message);
        ml.sign(message);
        ed.close();
        ml.close();
        assertThrows(IllegalStateException.class, () -> ed.sign(message));
        assertThrows(IllegalStateException.class, () -> ml.sign(message));
    }

    private interface Check {
        boolean holds(byte[] changed);
    }

    private static void assertFlipsFail(byte[] bytes, Check check) {
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 100; i++) {
            byte[] changed = bytes.clone();
            int place = random.nextInt(changed.length);
            changed[place] ^= (byte) (1 << random.nextInt(8));
            assertFalse(check.holds(changed), "byte " + place);
        }
    }
}
