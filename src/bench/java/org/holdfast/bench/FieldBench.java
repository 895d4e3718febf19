// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.holdfast.crypto.Context;
import org.holdfast.crypto.Kdf;
import org.holdfast.crypto.ObjectType;
import org.holdfast.crypto.Sealer;
import org.holdfast.crypto.SealingKey;
import org.holdfast.crypto.SecretBytes;

/**
 * How many fields one core seals and opens in a second, and how many bytes of a file, beside bare AES-256-GCM of the JDK
 * over as many bytes in the same run. One thread; the median of several rounds after a warm-up.
 *
 * <p>Run: compile the tests, then {@code java -cp target/classes:target/test-classes:<dependencies>
 * org.holdfast.bench.FieldBench}. Options: number of rounds (7), seconds a round (1).
 */
public final class FieldBench {

    /** With the mark of the padding, 255 bytes of content fill the bucket of 256. */
    private static final int CONTENT = 255;

    private static final int FILE = 64 << 20;
    private static final double MILLION = 1e6;

    private final int rounds;
    private final double seconds;
    private final SealingKey key;
    private final Context context = new Context(
            new byte[16], "person", "names_sealed", UUID.fromString("0f0e0d0c-0b0a-4908-8706-050403020100"), 1, 7);

    private FieldBench(int rounds, double seconds) {
        this.rounds = rounds;
        this.seconds = seconds;
        try (SecretBytes bytes = SecretBytes.random(SealingKey.LENGTH)) {
            this.key = SealingKey.of(bytes);
        }
    }

    /** Something that is repeated. */
    private interface Work {
        int once() throws Exception;
    }

    /** Prints the table. */
    public static void main(String[] args) throws Exception {
        FieldBench bench = new FieldBench(
                args.length > 0 ? Integer.parseInt(args[0]) : 7, args.length > 1 ? Double.parseDouble(args[1]) : 1);
        bench.fields();
        bench.files();
    }

    private void fields() throws Exception {
        System.out.printf(
                Locale.ROOT,
                "JDK %s, %s, %d cores, one thread, median of %d rounds of %.1f s%n",
                System.getProperty("java.version"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                rounds,
                seconds);
        byte[] content = new byte[CONTENT];
        Arrays.fill(content, (byte) 'x');
        byte[] sealed = Sealer.seal(ObjectType.FIELD, 1, key, context, content);
        report(
                "seal a field of 256 bytes",
                "/s",
                rate(() -> Sealer.seal(ObjectType.FIELD, 1, key, context, content).length),
                50_000);
        report(
                "open a field of 256 bytes",
                "/s",
                rate(() -> Sealer.open(ObjectType.FIELD, key, context, sealed).length),
                50_000);
        try (SecretBytes grant = SecretBytes.random(32);
                SecretBytes shred = SecretBytes.random(32)) {
            UUID object = UUID.fromString("00112233-4455-4677-8899-aabbccddeeff");
            byte[] tenant = new byte[16];
            byte[] first;
            try (SecretBytes fieldKey = Kdf.fieldKey(grant, shred, tenant, object, 2, 1)) {
                first = Sealer.seal(ObjectType.SUMMARY, 1, fieldKey, context, content);
            }
            report(
                    "derive a field key and open one field",
                    "/s",
                    rate(() -> {
                        try (SecretBytes fieldKey = Kdf.fieldKey(grant, shred, tenant, object, 2, 1)) {
                            return Sealer.open(ObjectType.SUMMARY, fieldKey, context, first).length;
                        }
                    }),
                    0);
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        SecretKeySpec bare = new SecretKeySpec(new byte[32], "AES");
        byte[] nonce = new byte[12];
        byte[] plain = new byte[256];
        report(
                "bare AES-256-GCM, encrypt 256 bytes",
                "/s",
                rate(() -> {
                    count(nonce);
                    cipher.init(Cipher.ENCRYPT_MODE, bare, new GCMParameterSpec(128, nonce));
                    return cipher.doFinal(plain).length;
                }),
                0);
        cipher.init(Cipher.ENCRYPT_MODE, bare, new GCMParameterSpec(128, new byte[12]));
        byte[] ciphertext = cipher.doFinal(plain);
        report(
                "bare AES-256-GCM, decrypt 256 bytes",
                "/s",
                rate(() -> {
                    cipher.init(Cipher.DECRYPT_MODE, bare, new GCMParameterSpec(128, new byte[12]));
                    return cipher.doFinal(ciphertext).length;
                }),
                0);
    }

    private void files() throws Exception {
        byte[] content = new byte[FILE];
        byte[] sealed = new byte[Math.toIntExact(Sealer.sealedLength(ObjectType.FILE, FILE))];
        report(
                "seal a file of 64 MiB",
                " MB/s",
                rate(() -> {
                            try (OutputStream out =
                                    Sealer.sealing(ObjectType.FILE, 1, key, context, new Into(sealed))) {
                                for (int at = 0; at < FILE; at += 64 << 10) {
                                    out.write(content, at, 64 << 10);
                                }
                            }
                            return 1;
                        })
                        * FILE
                        / MILLION,
                500);
        report(
                "open a file of 64 MiB",
                " MB/s",
                rate(() -> {
                            byte[] buffer = new byte[64 << 10];
                            int total = 0;
                            try (InputStream in =
                                    Sealer.opening(ObjectType.FILE, key, context, new ByteArrayInputStream(sealed))) {
                                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                                    total += n;
                                }
                            }
                            return total;
                        })
                        * FILE
                        / MILLION,
                500);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        SecretKeySpec bare = new SecretKeySpec(new byte[32], "AES");
        byte[] nonce = new byte[12];
        report(
                "bare AES-256-GCM in pieces of 16 KiB",
                " MB/s",
                rate(() -> {
                            for (int at = 0; at < FILE; at += 16 << 10) {
                                count(nonce);
                                cipher.init(Cipher.ENCRYPT_MODE, bare, new GCMParameterSpec(128, nonce));
                                cipher.doFinal(content, at, 16 << 10, sealed, at);
                            }
                            return 1;
                        })
                        * FILE
                        / MILLION,
                0);
    }

    /** Repetitions a second, the median of the rounds; the first round only warms up. */
    private double rate(Work work) throws Exception {
        double[] rates = new double[rounds];
        long sink = 0;
        for (int round = -1; round < rounds; round++) {
            long start = System.nanoTime();
            long end = start + (long) (seconds * 1e9);
            long done = 0;
            long now = start;
            while (now < end) {
                sink += work.once();
                done++;
                now = System.nanoTime();
            }
            if (round >= 0) {
                rates[round] = done * 1e9 / (now - start);
            }
        }
        if (sink == 0) {
            throw new IllegalStateException("nothing was done");
        }
        Arrays.sort(rates);
        return rates[rounds / 2];
    }

    private static void report(String what, String unit, double rate, int bar) {
        String verdict =
                bar == 0 ? "" : String.format(Locale.ROOT, "   bar %,d: %s", bar, rate >= bar ? "met" : "MISSED");
        System.out.printf(Locale.ROOT, "%-40s %,12.0f%s%s%n", what, rate, unit, verdict);
    }

    private static void count(byte[] nonce) {
        for (int i = nonce.length - 1; i >= 0 && ++nonce[i] == 0; i--) {
            // carry
        }
    }

    /** Writes into memory that is there already, so that growing it is not measured. */
    private static final class Into extends OutputStream {

        private final byte[] target;
        private int at;

        Into(byte[] target) {
            this.target = target;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            System.arraycopy(from, offset, target, at, length);
            at += length;
        }
    }
}
