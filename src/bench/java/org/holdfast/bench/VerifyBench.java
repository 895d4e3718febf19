// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.holdfast.crypto.MlDsaKey;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Signatures;
import org.holdfast.crypto.SigningKey;
import org.holdfast.tlog.Bundle;
import org.holdfast.tlog.BundleWriter;
import org.holdfast.tlog.CheckpointSigner;
import org.holdfast.tlog.Entry;
import org.holdfast.tlog.EntryBundle;
import org.holdfast.tlog.LogVerifier;
import org.holdfast.tlog.Malformed;
import org.holdfast.tlog.Tile;
import org.holdfast.tlog.TreeHasher;
import org.holdfast.tlog.Verdict;

/**
 * How fast a bundle is verified on one thread: bare SHA-256 over the same bytes, the tree alone, the tree with every entry
 * strictly parsed, and everything but the actors' signatures (sessions and rows too), all in one run.
 *
 * <p>Arguments: entries (1,000,000), rounds (3). Ten million entries need about 7 GB in the temporary folder; run them
 * with {@code -Xmx512m}.
 */
public final class VerifyBench {
    private static final String HEX = "0123456789abcdef";
    private static final int SIGNATURES = 20_000;
    /** As long as an entry without its signature. */
    private static final int SIGNED_BYTES = 400;

    private VerifyBench() {}

    private interface Work {
        void run() throws IOException, Malformed;
    }

    public static void main(String[] args) throws Exception {
        long entries = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        Path file = Files.createTempFile("holdfast-verify", ".zip");
        // Where it is broken off with Ctrl-C.
        file.toFile().deleteOnExit();
        try {
            long bytes = write(file, entries);
            System.out.printf(
                    Locale.ROOT,
                    "%,d entries of %d bytes on average; %d cores, one used; heap at most %d MB; Java %s%n",
                    entries,
                    bytes / Math.max(1, entries),
                    Runtime.getRuntime().availableProcessors(),
                    Runtime.getRuntime().maxMemory() >> 20,
                    Runtime.version());
            try (Bundle bundle = Bundle.open(file)) {
                LogVerifier tree = new LogVerifier(bundle.policy()).treeOnly();
                LogVerifier strict = new LogVerifier(bundle.policy()).entriesOnly();
                LogVerifier whole = new LogVerifier(bundle.policy());
                double[][] seconds = new double[4][rounds];
                for (int round = 0; round < rounds; round++) {
                    seconds[0][round] = seconds(() -> bare(bundle, entries));
                    seconds[1][round] = seconds(() -> sound(tree.verify(bundle)));
                    seconds[2][round] = seconds(() -> sound(strict.verify(bundle)));
                    seconds[3][round] = seconds(() -> sound(whole.verify(bundle)));
                }
                print("bare SHA-256 of the bytes", entries, seconds[0], seconds[0]);
                print("tree alone", entries, seconds[1], seconds[0]);
                print("tree, strict parsing", entries, seconds[2], seconds[0]);
                print("tree, strict parsing, sessions, rows", entries, seconds[3], seconds[0]);
                signatures(rounds);
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void sound(Verdict verdict) {
        if (!verdict.sound()) {
            throw new IllegalStateException(verdict.findings().toString());
        }
    }

    private static double seconds(Work work) throws IOException, Malformed {
        // Processor time of this thread: what one core does, whatever else the machine is busy with.
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.run();
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9;
    }

    private static void print(String what, long entries, double[] seconds, double[] bare) {
        System.out.printf(
                Locale.ROOT,
                "%-38s %8.2f s of a core  %,12.0f entries/s  %5.2f times bare%n",
                what,
                median(seconds),
                entries / median(seconds),
                median(seconds) / median(bare));
    }

    /** What verifying the actors' signatures adds to each entry that somebody signed. */
    private static void signatures(int rounds) throws IOException, Malformed {
        byte[] message = new byte[SIGNED_BYTES];
        double[] seconds = new double[rounds];
        try (SigningKey key = SigningKey.fromSeed(SecretBytes.random(32))) {
            byte[] signature = key.sign(message);
            byte[] publicKey = key.publicKey();
            for (int round = 0; round < rounds; round++) {
                seconds[round] = seconds(() -> {
                    for (int i = 0; i < SIGNATURES; i++) {
                        if (!Signatures.verifyEd25519(publicKey, message, signature)) {
                            throw new IllegalStateException("a good signature is refused");
                        }
                    }
                });
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-38s %8.2f s of a core  %,12.0f signatures/s%n",
                "Ed25519 of the actors",
                median(seconds),
                SIGNATURES / median(seconds));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void bare(Bundle bundle, long entries) throws IOException, Malformed {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (long index = 0; index * Tile.WIDTH < entries; index++) {
                sha256.update(bundle.tile(Tile.at(Tile.ENTRIES, index, entries)));
            }
            sha256.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long write(Path file, long count) throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        long bytes = 0;
        try (SigningKey ed25519 = SigningKey.fromSeed(SecretBytes.random(32));
                MlDsaKey mlDsa44 = MlDsaKey.fromSeed(SecretBytes.random(32))) {
            CheckpointSigner signer = new CheckpointSigner("bench.example/log", ed25519, mlDsa44);
            try (BundleWriter writer =
                    new BundleWriter(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20), signer.policy())) {
                TreeHasher.TileSink sink = (tile, hashes) -> {
                    try {
                        writer.tile(tile, Arrays.copyOf(hashes, 32 * tile.width()));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                };
                TreeHasher tree = new TreeHasher(sink);
                List<byte[]> bundle = new ArrayList<>();
                for (long i = 0; i < count; i++) {
                    byte[] entry = entry(i, random).encode();
                    bytes += entry.length;
                    tree.append(entry);
                    bundle.add(entry);
                    if (bundle.size() == Tile.WIDTH || i == count - 1) {
                        writer.tile(Tile.at(Tile.ENTRIES, i / Tile.WIDTH, count), EntryBundle.encode(bundle));
                        bundle.clear();
                    }
                }
                tree.partialTiles(sink);
                writer.checkpoint(signer.sign(count, tree.root(), 0).encode());
                for (long i = 0; i < count; i += 2) {
                    writer.row("case_file", id(i), hash(i), 1);
                }
            }
        }
        return bytes;
    }

    /** Every second entry writes a row of its own; sessions have a hundred entries each. */
    private static Entry entry(long i, SplittableRandom random) {
        Entry.Builder entry = Entry.builder(
                        "2026-11-25T20:31Z",
                        id(i / 100 % 40),
                        i % 2 == 0 ? "case.written" : "case.read",
                        hex(random, 32))
                .actorKey("0123456789abcdef")
                .caseRef(id(i % 5_000))
                .session(id(i / 100), (int) (i % 100) + 1);
        if (i % 2 == 0) {
            entry.object(id(i)).rowHash(hash(i));
        } else {
            entry.reason("ar.case_work");
        }
        return entry.build().withSignature(bytes(random, 64));
    }

    private static byte[] bytes(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String hex(SplittableRandom random, int digits) {
        byte[] text = bytes(random, digits);
        for (int i = 0; i < digits; i++) {
            text[i] = (byte) HEX.charAt(text[i] & 15);
        }
        return new String(text, StandardCharsets.US_ASCII);
    }

    private static String id(long number) {
        return hex(new SplittableRandom(number), 32);
    }

    private static String hash(long number) {
        return hex(new SplittableRandom(~number), 64);
    }
}
