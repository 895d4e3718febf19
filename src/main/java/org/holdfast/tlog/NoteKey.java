// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.holdfast.crypto.Signatures;

/**
 * A public key that signs checkpoints, with its name: the verifier key of C2SP signed-note, {@code name+id+base64}.
 *
 * <p>Two types are known: Ed25519 over the note's text (0x01), and ML-DSA-44 with a time stamp over the checkpoint (0x06,
 * C2SP tlog-cosignature).
 */
public final class NoteKey {
    /** Ed25519, C2SP signed-note. */
    public static final int ED25519 = 0x01;

    /** ML-DSA-44, C2SP tlog-cosignature. */
    public static final int ML_DSA_44 = 0x06;

    private static final byte[] LABEL = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);
    private static final int STAMP = 8;

    private final String name;
    private final int type;
    private final byte[] key;

    private NoteKey(String name, int type, byte[] key) {
        if (!isName(name) || name.getBytes(StandardCharsets.UTF_8).length > 255) {
            throw new IllegalArgumentException("no name for a key");
        }
        this.name = name;
        this.type = type;
        this.key = key.clone();
    }

    /** @param key 32 bytes */
    public static NoteKey ed25519(String name, byte[] key) {
        return new NoteKey(name, ED25519, sized(key, 32));
    }

    /** @param key 1,312 bytes */
    public static NoteKey mlDsa44(String name, byte[] key) {
        return new NoteKey(name, ML_DSA_44, sized(key, 1312));
    }

    private static byte[] sized(byte[] key, int length) {
        if (key.length != length) {
            throw new IllegalArgumentException("a key of this type has " + length + " bytes");
        }
        return key;
    }

    /** Nor marks that a terminal obeys or that turn the direction of what follows: a report prints names of strangers. */
    static boolean isName(String name) {
        return !name.isEmpty()
                && name.chars()
                        .noneMatch(c -> c == '+'
                                || Character.isWhitespace(c)
                                || Character.isSpaceChar(c)
                                || Character.isISOControl(c)
                                || Character.getType(c) == Character.FORMAT);
    }

    public String name() {
        return name;
    }

    /** {@link #ED25519} or {@link #ML_DSA_44}. */
    public int type() {
        return type;
    }

    /** The first four bytes of SHA-256 over name, newline, type and key. */
    public int id() {
        MessageDigest sha256 = TreeHasher.sha256();
        sha256.update(name.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) '\n');
        sha256.update((byte) type);
        return ByteBuffer.wrap(sha256.digest(key)).getInt();
    }

    /** {@code name+id+base64(type, key)}. */
    public String text() {
        byte[] typed =
                ByteBuffer.allocate(1 + key.length).put((byte) type).put(key).array();
        return name + '+' + String.format("%08x", id()) + '+' + Base64Text.encode(typed);
    }

    /** @throws Malformed if it is not exactly what {@link #text()} writes for a known type */
    public static NoteKey parse(String text) throws Malformed {
        String[] parts = text.split("\\+", 3);
        if (parts.length == 3 && isName(parts[0])) {
            byte[] typed = Base64Text.decode(parts[2], "key");
            byte[] key = Arrays.copyOfRange(typed, Math.min(1, typed.length), typed.length);
            try {
                NoteKey parsed = typed.length == 33 && typed[0] == ED25519
                        ? ed25519(parts[0], key)
                        : mlDsa44(parts[0], typed.length > 0 && typed[0] == ML_DSA_44 ? key : new byte[0]);
                if (parsed.text().equals(text)) {
                    return parsed;
                }
            } catch (IllegalArgumentException e) {
                // Falls through to the same refusal.
            }
        }
        throw new Malformed("key", "not a verifier key of a known type, name+id+base64");
    }

    boolean made(SignedNote.Signature signature) {
        return signature.keyId() == id() && signature.name().equals(name);
    }

    /** Whether this key made the signature over that checkpoint. */
    boolean verifies(Checkpoint checkpoint, byte[] signature) {
        if (type == ED25519) {
            byte[] text = checkpoint.text().getBytes(StandardCharsets.UTF_8);
            return signature.length == 64 && Signatures.verifyEd25519(key, text, signature);
        }
        if (signature.length != STAMP + 2420) {
            return false;
        }
        long time = ByteBuffer.wrap(signature).getLong();
        byte[] bare = Arrays.copyOfRange(signature, STAMP, signature.length);
        return time >= 0 && Signatures.verifyMlDsa44(key, cosigned(name, time, checkpoint), bare);
    }

    /** The {@code cosigned_message} of C2SP tlog-cosignature for a whole checkpoint. */
    static byte[] cosigned(String name, long time, Checkpoint checkpoint) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(200);
        out.writeBytes(LABEL);
        out.writeBytes(prefixed(name));
        out.writeBytes(eight(time));
        out.writeBytes(prefixed(checkpoint.origin()));
        out.writeBytes(eight(0));
        out.writeBytes(eight(checkpoint.size()));
        out.writeBytes(checkpoint.root());
        return out.toByteArray();
    }

    static byte[] eight(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    private static byte[] prefixed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + bytes.length)
                .put((byte) bytes.length)
                .put(bytes)
                .array();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteKey key && key.text().equals(text());
    }

    @Override
    public int hashCode() {
        return id();
    }

    @Override
    public String toString() {
        return text();
    }
}
