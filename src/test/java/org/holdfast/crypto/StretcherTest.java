// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.holdfast.crypto.Stretcher.Cost;
import org.junit.jupiter.api.Test;

class StretcherTest {

    private static final byte[] SALT = Samples.HEX.parseHex("000102030405060708090a0b0c0d0e0f");
    private static final String PASSPHRASE = "correct horse battery staple";
    private static final String NUMBER = "12345678901234567890123456789012";

    /** Computed with the reference implementation, libargon2 of Debian 12 (argon2id_hash_raw, one lane). */
    private static final String PASSPHRASE_STRETCHED =
            "f583c66eb0c983f6be0f1801d34580dba6ce391a35def61fed043c365dc37c52"
                    + "f1c2815097615f218797ed574c7084ed21fd2609b8d0b3706bffd4dec7e6aeb8";

    private static final String NUMBER_STRETCHED = "4624767cf3d11ddb360443c372114a60265dcbbd98e93ccff74bca8f39e1908e"
            + "0b8335ea12872d6dfa63daf2ad8af92977caf9162516c72bf3b1cce15a98cf84";

    @Test
    void both_costs_give_what_the_reference_implementation_gives_time_after_time() {
        Stretcher stretcher = new Stretcher(1, 0);
        for (int again = 0; again < 2; again++) {
            try (SecretBytes passphrase = stretcher.stretch(PASSPHRASE.toCharArray(), SALT, Cost.PASSPHRASE);
                    SecretBytes number =
                            stretcher.stretch(NUMBER.getBytes(StandardCharsets.US_ASCII), SALT, Cost.NUMBER)) {
                assertEquals(PASSPHRASE_STRETCHED, Samples.HEX.formatHex(passphrase.copy()));
                assertEquals(NUMBER_STRETCHED, Samples.HEX.formatHex(number.copy()));
            }
        }
    }

    @Test
    void the_library_computes_rfc_9106_section_5_3() {
        byte[] password = filled(32, 1);
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withIterations(3)
                .withMemoryAsKB(32)
                .withParallelism(4)
                .withSalt(filled(16, 2))
                .withSecret(filled(8, 3))
                .withAdditional(filled(12, 4))
                .build());
        byte[] tag = new byte[32];
        argon2.generateBytes(password, tag);
        assertEquals("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659", Samples.HEX.formatHex(tag));
    }

    @Test
    void letters_of_any_script_are_stretched_as_utf_8() {
        Stretcher stretcher = new Stretcher(1, 0);
        String text = "ئۇيغۇر བོད 维";
        try (SecretBytes fromChars = stretcher.stretch(text.toCharArray(), SALT, Cost.NUMBER);
                SecretBytes fromBytes = stretcher.stretch(text.getBytes(StandardCharsets.UTF_8), SALT, Cost.NUMBER)) {
            assertTrue(fromChars.sameAs(fromBytes));
        }
    }

    @Test
    void whoever_finds_all_places_taken_is_told_at_once_and_the_others_are_served() throws InterruptedException {
        Stretcher stretcher = new Stretcher(1, 1);
        int callers = 12;
        CountDownLatch start = new CountDownLatch(1);
        AtomicInteger served = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        Thread[] threads = new Thread[callers];
        for (int i = 0; i < callers; i++) {
            threads[i] = new Thread(() -> {
                try {
                    start.await();
                    try (SecretBytes out = stretcher.stretch(new byte[] {1}, SALT, Cost.PASSPHRASE)) {
                        assertEquals(Stretcher.OUTPUT_LENGTH, out.length());
                        served.incrementAndGet();
                    }
                } catch (Busy e) {
                    refused.incrementAndGet();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            threads[i].start();
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(callers, served.get() + refused.get());
        assertTrue(served.get() >= 2 && refused.get() >= 1, served + " served, " + refused + " refused");
        stretcher.stretch(new byte[] {1}, SALT, Cost.NUMBER).close();
    }

    @Test
    void a_place_is_free_again_after_a_refused_salt() {
        Stretcher stretcher = new Stretcher(1, 0);
        for (int i = 0; i < 3; i++) {
            assertThrows(
                    IllegalArgumentException.class, () -> stretcher.stretch(new byte[1], new byte[7], Cost.NUMBER));
        }
        stretcher.stretch(new byte[1], SALT, Cost.NUMBER).close();
        assertThrows(IllegalArgumentException.class, () -> new Stretcher(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Stretcher(1, -1));
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
