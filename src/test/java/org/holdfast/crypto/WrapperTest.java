// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.pqc.crypto.xwing.XWingKEMExtractor;
import org.bouncycastle.pqc.crypto.xwing.XWingPrivateKeyParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WrapperTest {

    private final Context context = Samples.context();
    private final byte[] secret = Samples.bytes32("wrapped");
    private final XWingKeyPair keys = pair("recipient");

    @AfterEach
    void close() {
        keys.close();
    }

    @Test
    void what_was_wrapped_comes_back() throws Tampered {
        byte[] wrapped = Wrapper.wrap(ObjectType.WRAP_PERSON, 9, keys.publicKey(), context, secret);
        assertEquals(Wrapper.wrappedLength(secret.length), wrapped.length);
        assertEquals(new Envelope(Suite.HF1, ObjectType.WRAP_PERSON, 9, keys.keyId()), Envelope.parse(wrapped));
        try (SecretBytes unwrapped = Wrapper.unwrap(ObjectType.WRAP_PERSON, keys, context, wrapped)) {
            assertArrayEquals(secret, unwrapped.copy());
        }
    }

    @Test
    void the_message_is_that_of_rfc_9180_base_mode() throws Exception {
        byte[] wrapped = Wrapper.wrap(ObjectType.REPORT, 1, keys.publicKey(), context, secret);
        byte[] encapsulated = Arrays.copyOfRange(wrapped, 16, 16 + 1120);
        byte[] shared = new XWingKEMExtractor(new XWingPrivateKeyParameters(Samples.bytes32("recipient")))
                .extractSecret(encapsulated);

        // RFC 9180, section 5.1, written out: KeySchedule with mode 0, KEM 0x647a, KDF 1, AEAD 2 and no PSK.
        byte[] suite = Samples.HEX.parseHex("48504b45" + "647a" + "0001" + "0002");
        byte[] pskIdHash = extract(suite, new byte[0], "psk_id_hash", new byte[0]);
        byte[] infoHash = extract(suite, new byte[0], "info_hash", ascii("holdfast/v1/report"));
        byte[] schedule = concat(new byte[1], pskIdHash, infoHash);
        byte[] prk = extract(suite, shared, "secret", new byte[0]);
        byte[] key = expand(suite, prk, "key", schedule, 32);
        byte[] nonce = expand(suite, prk, "base_nonce", schedule, 12);

        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(context.bytes(Envelope.parse(wrapped)));
        assertArrayEquals(secret, cipher.doFinal(wrapped, 16 + 1120, wrapped.length - 16 - 1120));
    }

    @Test
    void any_changed_byte_unwraps_nothing() {
        byte[] wrapped = Wrapper.wrap(ObjectType.WRAP_PERSON, 1, keys.publicKey(), context, secret);
        for (int place = 0; place < wrapped.length; place++) {
            byte[] changed = wrapped.clone();
            changed[place] ^= (byte) (1 << place % 8);
            assertThrows(
                    Tampered.class,
                    () -> Wrapper.unwrap(ObjectType.WRAP_PERSON, keys, context, changed),
                    "byte " + place);
        }
    }

    @Test
    void any_cut_or_addition_unwraps_nothing() {
        byte[] wrapped = Wrapper.wrap(ObjectType.WRAP_PERSON, 1, keys.publicKey(), context, secret);
        for (int length : new int[] {0, 15, 16, 17, 1135, 1136, 1151, 1152, wrapped.length - 1, wrapped.length + 1}) {
            byte[] changed = Arrays.copyOf(wrapped, length);
            assertThrows(
                    Tampered.class,
                    () -> Wrapper.unwrap(ObjectType.WRAP_PERSON, keys, context, changed),
                    "length " + length);
        }
    }

    @Test
    void another_context_type_or_recipient_unwraps_nothing() {
        byte[] wrapped = Wrapper.wrap(ObjectType.WRAP_PERSON, 1, keys.publicKey(), context, secret);
        for (Context changed : Samples.changed(context)) {
            assertThrows(Tampered.class, () -> Wrapper.unwrap(ObjectType.WRAP_PERSON, keys, changed, wrapped));
        }
        assertThrows(Tampered.class, () -> Wrapper.unwrap(ObjectType.RECOVERY_WRAP, keys, context, wrapped));
        byte[] relabelled = wrapped.clone();
        relabelled[3] = ObjectType.RECOVERY_WRAP.code();
        assertThrows(Tampered.class, () -> Wrapper.unwrap(ObjectType.RECOVERY_WRAP, keys, context, relabelled));
        try (XWingKeyPair stranger = pair("stranger")) {
            assertThrows(Tampered.class, () -> Wrapper.unwrap(ObjectType.WRAP_PERSON, stranger, context, wrapped));
            byte[] readdressed = wrapped.clone();
            System.arraycopy(stranger.keyId(), 0, readdressed, 8, 8);
            assertThrows(Tampered.class, () -> Wrapper.unwrap(ObjectType.WRAP_PERSON, stranger, context, readdressed));
        }
    }

    @Test
    void an_encapsulated_key_of_small_order_is_refused_and_breaks_nothing() {
        byte[] wrapped = Wrapper.wrap(ObjectType.WRAP_PERSON, 1, keys.publicKey(), context, secret);
        // The last 32 bytes of the encapsulated key are an X25519 point; zero and one are of small order.
        for (byte first : new byte[] {0, 1}) {
            Arrays.fill(wrapped, 16 + 1088, 16 + 1120, (byte) 0);
            wrapped[16 + 1088] = first;
            assertThrows(Tampered.class, () -> Wrapper.unwrap(ObjectType.WRAP_PERSON, keys, context, wrapped));
        }
    }

    @Test
    void what_is_no_public_key_is_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Wrapper.wrap(ObjectType.WRAP_PERSON, 1, new byte[1215], context, secret));
        byte[] notReduced = keys.publicKey();
        Arrays.fill(notReduced, 0, 1152, (byte) 0xff);
        assertThrows(
                IllegalArgumentException.class,
                () -> Wrapper.wrap(ObjectType.WRAP_PERSON, 1, notReduced, context, secret));
        byte[] smallOrder = keys.publicKey();
        Arrays.fill(smallOrder, 1184, 1216, (byte) 0);
        assertThrows(
                IllegalArgumentException.class,
                () -> Wrapper.wrap(ObjectType.WRAP_PERSON, 1, smallOrder, context, secret));
    }

    @Test
    void two_wraps_of_one_secret_differ() {
        byte[] one = Wrapper.wrap(ObjectType.WRAP_PERSON, 1, keys.publicKey(), context, secret);
        byte[] two = Wrapper.wrap(ObjectType.WRAP_PERSON, 1, keys.publicKey(), context, secret);
        assertFalse(Arrays.equals(one, 16, one.length, two, 16, two.length));
    }

    @Test
    void a_closed_pair_unwraps_nothing() {
        XWingKeyPair closed = pair("recipient");
        byte[] wrapped = Wrapper.wrap(ObjectType.WRAP_PERSON, 1, closed.publicKey(), context, secret);
        closed.close();
        assertThrows(
                IllegalStateException.class, () -> Wrapper.unwrap(ObjectType.WRAP_PERSON, closed, context, wrapped));
    }

    private static XWingKeyPair pair(String label) {
        try (SecretBytes seed = Samples.key(label)) {
            return XWingKeyPair.fromSeed(seed);
        }
    }

    private static byte[] extract(byte[] suite, byte[] salt, String label, byte[] ikm) {
        return hmac(salt.length == 0 ? new byte[32] : salt, ascii("HPKE-v1"), suite, ascii(label), ikm);
    }

    private static byte[] expand(byte[] suite, byte[] prk, String label, byte[] info, int length) {
        byte[] lengthBytes = ByteBuffer.allocate(2).putShort((short) length).array();
        byte[] block = hmac(prk, lengthBytes, ascii("HPKE-v1"), suite, ascii(label), info, new byte[] {1});
        return Arrays.copyOf(block, length);
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        try (SecretBytes held = SecretBytes.copyOf(key)) {
            return Hashes.hmacSha256(held, parts);
        }
    }

    private static byte[] concat(byte[]... parts) {
        ByteBuffer all =
                ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
