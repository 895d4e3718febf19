// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SealerTest {

    private final Context context = Samples.context();

    @Test
    void what_was_sealed_opens_again_whatever_its_length() throws Tampered {
        SplittableRandom lengths = new SplittableRandom(1);
        try (SecretBytes key = Samples.key("round trip")) {
            for (int i = 0; i < 200; i++) {
                byte[] plain = Samples.content(lengths.nextInt(i < 150 ? 2000 : 200_000));
                byte[] sealed = Sealer.seal(ObjectType.FIELD, i, key, context, plain);
                assertEquals(Sealer.sealedLength(ObjectType.FIELD, plain.length), sealed.length);
                assertArrayEquals(plain, Sealer.open(ObjectType.FIELD, key, context, sealed));
            }
        }
    }

    @Test
    void a_short_field_takes_344_bytes() {
        assertEquals(16 + 24 + 32 + 256 + 16, Sealer.sealedLength(ObjectType.FIELD, 0));
        assertEquals(344, Sealer.sealedLength(ObjectType.FIELD, 255));
    }

    @Test
    void any_flipped_bit_opens_nothing() {
        try (SecretBytes bytes = Samples.key("bits");
                SealingKey key = SealingKey.of(bytes)) {
            byte[] sealed = Sealer.seal(ObjectType.FIELD, 1, key, context, Samples.content(40));
            for (int bit = 0; bit < 8 * sealed.length; bit++) {
                byte[] changed = sealed.clone();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                assertThrows(Tampered.class, () -> Sealer.open(ObjectType.FIELD, key, context, changed), "bit " + bit);
            }
        }
    }

    @Test
    void any_cut_or_addition_opens_nothing() {
        try (SecretBytes bytes = Samples.key("cuts");
                SealingKey key = SealingKey.of(bytes)) {
            byte[] sealed = Sealer.seal(ObjectType.FIELD, 1, key, context, Samples.content(40));
            for (int length = 0; length <= sealed.length + 64; length++) {
                if (length != sealed.length) {
                    byte[] changed = Arrays.copyOf(sealed, length);
                    assertThrows(
                            Tampered.class,
                            () -> Sealer.open(ObjectType.FIELD, key, context, changed),
                            "length " + length);
                }
            }
        }
    }

    @Test
    void any_changed_part_of_the_context_opens_nothing() {
        try (SecretBytes key = Samples.key("context")) {
            byte[] sealed = Sealer.seal(ObjectType.FIELD, 1, key, context, Samples.content(40));
            for (Context changed : Samples.changed(context)) {
                assertThrows(Tampered.class, () -> Sealer.open(ObjectType.FIELD, key, changed, sealed));
            }
        }
    }

    @Test
    void another_type_or_key_opens_nothing() {
        try (SecretBytes key = Samples.key("right");
                SecretBytes wrong = Samples.key("wrong")) {
            for (ObjectType type : ObjectType.values()) {
                byte[] sealed = Sealer.seal(type, 1, key, context, new byte[0]);
                assertThrows(Tampered.class, () -> Sealer.open(type, wrong, context, sealed));
                for (ObjectType other : ObjectType.values()) {
                    if (other != type) {
                        assertThrows(Tampered.class, () -> Sealer.open(other, key, context, sealed));
                        byte[] relabelled = sealed.clone();
                        relabelled[3] = other.code();
                        assertThrows(Tampered.class, () -> Sealer.open(other, key, context, relabelled));
                    }
                }
            }
        }
    }

    @Test
    void two_sealings_of_the_same_content_differ() {
        try (SecretBytes key = Samples.key("twice")) {
            byte[] one = Sealer.seal(ObjectType.FIELD, 1, key, context, new byte[8]);
            byte[] two = Sealer.seal(ObjectType.FIELD, 1, key, context, new byte[8]);
            assertArrayEquals(Arrays.copyOf(one, 16), Arrays.copyOf(two, 16));
            assertFalse(Arrays.equals(one, 16, 40, two, 16, 40));
            assertFalse(Arrays.equals(one, 72, 344, two, 72, 344));
        }
    }

    @Test
    void the_key_id_in_the_header_is_that_of_the_keys_commitment() throws Tampered {
        try (SecretBytes bytes = Samples.key("id");
                SealingKey key = SealingKey.of(bytes)) {
            byte[] expected = Arrays.copyOf(Hashes.sha256(Kdf.commitment(bytes)), 8);
            byte[] sealed = Sealer.seal(ObjectType.DRAFT, 5, key, context, new byte[0]);
            assertEquals(new Envelope(Suite.HF1, ObjectType.DRAFT, 5, expected), Envelope.parse(sealed));
            assertArrayEquals(expected, key.keyId());
        }
    }

    @Test
    void a_closed_key_seals_and_opens_nothing() {
        SealingKey key;
        try (SecretBytes bytes = Samples.key("closed")) {
            key = SealingKey.of(bytes);
        }
        byte[] sealed = Sealer.seal(ObjectType.FIELD, 1, key, context, new byte[0]);
        key.close();
        key.close();
        assertThrows(IllegalStateException.class, () -> Sealer.seal(ObjectType.FIELD, 1, key, context, new byte[0]));
        assertThrows(IllegalStateException.class, () -> Sealer.open(ObjectType.FIELD, key, context, sealed));
    }

    @Test
    void one_key_serves_several_threads() throws Exception {
        try (SecretBytes bytes = Samples.key("threads");
                SealingKey key = SealingKey.of(bytes)) {
            byte[] sealed = Sealer.seal(ObjectType.FIELD, 1, key, context, Samples.content(99));
            Thread[] threads = new Thread[4];
            int[] opened = new int[threads.length];
            for (int t = 0; t < threads.length; t++) {
                int self = t;
                threads[t] = new Thread(() -> {
                    for (int i = 0; i < 2000; i++) {
                        try {
                            opened[self] += Sealer.open(ObjectType.FIELD, key, context, sealed).length;
                        } catch (Tampered e) {
                            throw new AssertionError(e);
                        }
                    }
                });
                threads[t].start();
            }
            for (int t = 0; t < threads.length; t++) {
                threads[t].join();
                assertEquals(2000 * 99, opened[t]);
            }
        }
    }
}
