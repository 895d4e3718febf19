// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Writes the golden files under {@code src/test/vectors/crypto}. It was run once for format version 1 and is run by hand
 * again only when a suite or a type is added, never to make a failing test pass: what is stored at an organisation cannot
 * be written again.
 */
final class GoldenFiles {

    private static final int[] LENGTHS = {0, 1, 255, 256, 1024, 20_000, 70_000};
    private static final int SHOWN = 2048;

    private GoldenFiles() {}

    public static void main(String[] args) throws IOException {
        envelopes();
        wraps();
        keys();
        printed();
    }

    private static void envelopes() throws IOException {
        List<Golden> blocks = new ArrayList<>();
        for (ObjectType type : ObjectType.values()) {
            for (int length : LENGTHS) {
                int number = blocks.size();
                byte[] key = Samples.bytes32("golden key " + number);
                byte[] salt = Arrays.copyOf(Samples.bytes32("golden salt " + number), 24);
                Context context = context("envelope", type, number);
                try (SecretBytes held = SecretBytes.copyOf(key);
                        SealingKey prepared = SealingKey.of(held)) {
                    byte[] sealed = Sealer.seal(type, number, prepared, context, Samples.content(length), salt);
                    Golden block = Golden.block()
                            .with("type", type.code())
                            .with("epoch", number)
                            .with("key", key)
                            .with("key-id", prepared.keyId())
                            .with(context)
                            .with("context", context.bytes(Envelope.parse(sealed)))
                            .with("salt", salt)
                            .with("content-length", length);
                    blocks.add(
                            sealed.length <= SHOWN
                                    ? block.with("sealed", sealed)
                                    : block.with("sealed-sha256", Hashes.sha256(sealed)));
                } catch (Tampered e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        Golden.write(
                "envelopes.txt",
                "Sealed objects, format version 1: header 16 | salt 24 | commitment 32 | chunks.\n"
                        + "Byte i of the content is 7 i modulo 251. Long ones are given by their SHA-256.",
                blocks);
    }

    private static void wraps() throws IOException {
        List<Golden> blocks = new ArrayList<>();
        for (ObjectType type : ObjectType.values()) {
            byte[] seed = Samples.bytes32("golden seed " + type);
            byte[] secret = Samples.bytes32("golden secret " + type);
            Context context = context("wrap", type, type.code());
            try (SecretBytes held = SecretBytes.copyOf(seed);
                    XWingKeyPair keys = XWingKeyPair.fromSeed(held)) {
                blocks.add(Golden.block()
                        .with("type", type.code())
                        .with("epoch", 3)
                        .with("seed", seed)
                        .with("public-key-sha256", Hashes.sha256(keys.publicKey()))
                        .with("key-id", keys.keyId())
                        .with(context)
                        .with("info", new String(Wrapper.info(type), StandardCharsets.US_ASCII))
                        .with("secret", secret)
                        .with("wrapped", Wrapper.wrap(type, 3, keys.publicKey(), context, secret)));
            }
        }
        Golden.write(
                "wraps.txt",
                "Secrets wrapped to an X-Wing key, format version 1: header 16 | encapsulated key 1120 | ciphertext.",
                blocks);
    }

    private static Context context(String table, ObjectType type, int number) {
        return new Context(
                Samples.tenant(),
                table,
                type.label(),
                new UUID(0x0102030405064708L, 0x890a0b0c0d0e0f00L + number),
                1,
                number);
    }

    private static void keys() throws IOException {
        List<Golden> blocks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            byte[] grant = Samples.bytes32("golden grant " + i);
            byte[] shred = Samples.bytes32("golden shred " + i);
            UUID object = new UUID(0x1112131415164718L + i, 0x891a1b1c1d1e1f20L);
            try (SecretBytes g = SecretBytes.copyOf(grant);
                    SecretBytes s = SecretBytes.copyOf(shred);
                    SecretBytes key = Kdf.fieldKey(g, s, Samples.tenant(), object, i, 1000 * i)) {
                blocks.add(Golden.block()
                        .with("grant", grant)
                        .with("shred", shred)
                        .with("tenant", Samples.tenant())
                        .with("object", object)
                        .with("compartment", i)
                        .with("epoch", 1000 * i)
                        .with("field-key", key.copy())
                        .with("commitment", Kdf.commitment(key)));
            }
        }
        byte[] message = Samples.content(99);
        for (int i = 0; i < 2; i++) {
            byte[] seed = Samples.bytes32("golden signer " + i);
            try (SecretBytes held = SecretBytes.copyOf(seed);
                    SigningKey ed = SigningKey.fromSeed(held);
                    MlDsaKey ml = MlDsaKey.fromSeed(held)) {
                blocks.add(Golden.block()
                        .with("seed", seed)
                        .with("message", message)
                        .with("ed25519-public-key", ed.publicKey())
                        .with("ed25519-signature", ed.sign(message))
                        .with("ml-dsa-44-public-key-sha256", Hashes.sha256(ml.publicKey()))
                        .with("ml-dsa-44-signature", ml.sign(message)));
            }
        }
        Golden.write("keys.txt", "Field keys, their commitments, and signatures, format version 1.", blocks);
    }

    private static void printed() throws IOException {
        List<Golden> blocks = new ArrayList<>();
        int[][] sizes = {{3, 5}, {2, 3}};
        for (int[] size : sizes) {
            byte[] secret = Samples.bytes32("golden shared " + size[1]);
            Golden block = Golden.block().with("secret", secret).with("threshold", size[0]);
            try (SecretBytes held = SecretBytes.copyOf(secret)) {
                for (Share share : Shares.split(held, size[0], size[1])) {
                    block.with("share-" + share.index(), share.toText().replace('\n', ' '));
                }
            }
            blocks.add(block);
        }
        for (int i = 0; i < 3; i++) {
            byte[] code = Arrays.copyOf(Samples.bytes32("golden code " + i), RecoveryCode.LENGTH);
            byte[] hash = Samples.bytes32("golden fingerprint " + i);
            try (SecretBytes held = SecretBytes.copyOf(code)) {
                blocks.add(Golden.block()
                        .with("code", code)
                        .with("recovery-code", RecoveryCode.toText(held).replace('\n', ' '))
                        .with("hash", hash)
                        .with("words", String.join(" ", Words.fingerprint(hash, 8)))
                        .with("return-number", ReturnNumber.generate()));
            }
        }
        Golden.write(
                "printed.txt",
                "What people print, read and type, format version 1: shares, recovery codes, fingerprints, return"
                        + " numbers.",
                blocks);
    }
}
