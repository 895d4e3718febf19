// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class KdfTest {

    @Test
    void hkdf_sha256_gives_the_results_of_rfc_5869_appendix_a() {
        assertHkdf256(
                "0b".repeat(22),
                "000102030405060708090a0b0c",
                "f0f1f2f3f4f5f6f7f8f9",
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
        assertHkdf256(
                "0b".repeat(22),
                "",
                "",
                "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
    }

    private static void assertHkdf256(String ikm, String salt, String info, String expected) {
        try (SecretBytes material = SecretBytes.of(hex(ikm));
                SecretBytes made = Kdf.hkdfSha256(material, hex(salt), hex(info), expected.length() / 2)) {
            assertEquals(expected, Samples.HEX.formatHex(made.copy()));
        }
    }

    @Test
    void wycheproof_hkdf_sha256_86_of_86() throws Exception {
        assertEquals(86, passing("hkdf_sha256_test.json", Kdf::hkdfSha256));
    }

    @Test
    void wycheproof_hkdf_sha512_83_of_83() throws Exception {
        assertEquals(83, passing("hkdf_sha512_test.json", Kdf::hkdfSha512));
    }

    private interface Hkdf {
        SecretBytes derive(SecretBytes ikm, byte[] salt, byte[] info, int length);
    }

    private static int passing(String file, Hkdf hkdf) throws Exception {
        int passed = 0;
        for (Vectors.Case c : Vectors.wycheproof(file)) {
            int size = c.test().get("size").asInt();
            try (SecretBytes ikm = SecretBytes.of(c.bytes("ikm"))) {
                if (c.isValid()) {
                    try (SecretBytes made = hkdf.derive(ikm, c.bytes("salt"), c.bytes("info"), size)) {
                        assertArrayEquals(c.bytes("okm"), made.copy(), c.name());
                    }
                } else {
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> hkdf.derive(ikm, c.bytes("salt"), c.bytes("info"), size),
                            c.name());
                }
            }
            passed++;
        }
        return passed;
    }

    @Test
    void wycheproof_hmac_sha256_174_of_174() throws Exception {
        int passed = 0;
        for (Vectors.Case c : Vectors.wycheproof("hmac_sha256_test.json")) {
            try (SecretBytes key = SecretBytes.of(c.bytes("key"))) {
                int length = c.group().get("tagSize").asInt() / 8;
                byte[] tag = Arrays.copyOf(Hashes.hmacSha256(key, c.bytes("msg")), length);
                assertEquals(c.isValid(), Arrays.equals(c.bytes("tag"), tag), c.name());
            }
            passed++;
        }
        assertEquals(174, passed);
    }

    /** The provider's cipher is used for chunks alone; that it does as it should is a condition of everything else. */
    @Test
    void wycheproof_aes_gcm_316_of_316() throws Exception {
        int passed = 0;
        for (Vectors.Case c : Vectors.wycheproof("aes_gcm_test.json")) {
            byte[] ct = c.bytes("ct");
            byte[] tag = c.bytes("tag");
            byte[] sealed = Arrays.copyOf(ct, ct.length + tag.length);
            System.arraycopy(tag, 0, sealed, ct.length, tag.length);
            boolean opens;
            try {
                Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
                cipher.init(
                        Cipher.DECRYPT_MODE,
                        new SecretKeySpec(c.bytes("key"), "AES"),
                        new GCMParameterSpec(c.group().get("tagSize").asInt(), c.bytes("iv")));
                cipher.updateAAD(c.bytes("aad"));
                opens = Arrays.equals(c.bytes("msg"), cipher.doFinal(sealed));
            } catch (GeneralSecurityException e) {
                opens = false;
            }
            assertEquals(c.isValid(), opens, c.name());
            passed++;
        }
        assertEquals(316, passed);
    }

    @Test
    void sha256_and_hmac_join_their_parts() {
        // FIPS 180-4, the message "abc".
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                Samples.HEX.formatHex(Hashes.sha256(ascii("a"), ascii(""), ascii("bc"))));
        // RFC 4231, test case 2.
        try (SecretBytes key = SecretBytes.of(ascii("Jefe"))) {
            assertEquals(
                    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                    Samples.HEX.formatHex(Hashes.hmacSha256(key, ascii("what do ya "), ascii("want for nothing?"))));
        }
    }

    @Test
    void every_part_of_the_info_makes_another_field_key() {
        try (SecretBytes grant = Samples.key("grant");
                SecretBytes shred = Samples.key("shred");
                SecretBytes other = Samples.key("other")) {
            byte[] tenant = Samples.tenant();
            byte[] otherTenant = tenant.clone();
            otherTenant[0] ^= 1;
            UUID object = Samples.ROW;
            Set<String> keys = new HashSet<>();
            keys.add(fieldKey(grant, shred, tenant, object, 1, 1));
            keys.add(fieldKey(other, shred, tenant, object, 1, 1));
            keys.add(fieldKey(grant, other, tenant, object, 1, 1));
            keys.add(fieldKey(shred, grant, tenant, object, 1, 1));
            keys.add(fieldKey(grant, shred, otherTenant, object, 1, 1));
            keys.add(fieldKey(grant, shred, tenant, new UUID(1, 2), 1, 1));
            keys.add(fieldKey(grant, shred, tenant, object, 2, 1));
            keys.add(fieldKey(grant, shred, tenant, object, 1, 2));
            assertEquals(8, keys.size());
            assertEquals(fieldKey(grant, shred, tenant, object, 1, 1), fieldKey(grant, shred, tenant, object, 1, 1));
        }
    }

    @Test
    void a_field_key_is_hkdf_over_the_written_info() {
        try (SecretBytes grant = Samples.key("grant");
                SecretBytes shred = Samples.key("shred")) {
            byte[] info = hex(Samples.HEX.formatHex(ascii("holdfast/v1/field-key")) + "00"
                    + "a0a1a2a3a4a5a6a7a8a9aaabacadaeaf" + "00112233445546778899aabbccddeeff" + "02" + "00000103");
            try (SecretBytes expected = Kdf.hkdfSha512(grant, shred.copy(), info, 32)) {
                assertEquals(
                        Samples.HEX.formatHex(expected.copy()),
                        fieldKey(grant, shred, Samples.tenant(), Samples.ROW, 2, 0x103));
            }
        }
    }

    @Test
    void a_commitment_tells_keys_apart_and_is_not_the_key() {
        try (SecretBytes one = Samples.key("one");
                SecretBytes two = Samples.key("two")) {
            assertFalse(Arrays.equals(Kdf.commitment(one), Kdf.commitment(two)));
            assertFalse(Arrays.equals(Kdf.commitment(one), one.copy()));
            assertArrayEquals(Kdf.commitment(one), Kdf.commitment(one));
        }
    }

    @Test
    void parts_of_a_wrong_length_are_refused() {
        try (SecretBytes good = Samples.key("good");
                SecretBytes bad = SecretBytes.random(31)) {
            byte[] tenant = Samples.tenant();
            UUID object = Samples.ROW;
            assertThrows(IllegalArgumentException.class, () -> Kdf.fieldKey(bad, good, tenant, object, 1, 1));
            assertThrows(IllegalArgumentException.class, () -> Kdf.fieldKey(good, bad, tenant, object, 1, 1));
            assertThrows(IllegalArgumentException.class, () -> Kdf.fieldKey(good, good, tenant, object, 256, 1));
            assertThrows(IllegalArgumentException.class, () -> Kdf.fieldKey(good, good, new byte[15], object, 1, 1));
            assertThrows(IllegalArgumentException.class, () -> Kdf.hkdfSha512(good, new byte[0], new byte[0], 0));
        }
    }

    private static String fieldKey(
            SecretBytes grant, SecretBytes shred, byte[] tenant, UUID object, int compartment, int epoch) {
        try (SecretBytes key = Kdf.fieldKey(grant, shred, tenant, object, compartment, epoch)) {
            return Samples.HEX.formatHex(key.copy());
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hex(String text) {
        return Samples.HEX.parseHex(text);
    }
}
