// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.holdfast.crypto.Context;
import org.holdfast.crypto.Envelope;
import org.holdfast.crypto.Kdf;
import org.holdfast.crypto.ObjectType;
import org.holdfast.crypto.Sealer;
import org.holdfast.crypto.SealingKey;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Tampered;
import org.holdfast.crypto.Wrapper;
import org.holdfast.crypto.XWingKeyPair;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has everything that is stored and knows every derivation of SECURITY.md. Each secret is tried in each part: as the key
 * itself, as grant secret and as shred secret of every object, as seed of a key pair, under every slot, session and token derivation. The
 * key id in front of a sealed value tells whether a key is the right one; what a key opens is searched for further secrets. Not thread-safe.
 */
final class Thief {
    private static final int WINDOW = 32;
    private static final byte[] NONE = new byte[0];

    /**
     * A sealed value.
     *
     * @param context where it belongs, as far as the thief must open it to go on
     */
    record Sealed(String place, byte[] bytes, @Nullable Context context) {
        String keyId() {
            return HexFormat.of().formatHex(bytes, 8, 16);
        }
    }

    /** An object with its shred secret. */
    record Target(UUID id, byte[] shred) {}

    private final byte[] tenant;
    private final List<Target> targets;
    private final List<byte[]> salts;
    private final List<byte[]> serverKeys;
    private final Map<String, List<Sealed>> byKey = new HashMap<>();
    private final TreeSet<String> opened = new TreeSet<>();
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private final Set<String> known = new HashSet<>();
    private final Map<String, byte[]> fitting = new HashMap<>();
    private long tried;
    private long fitted;

    Thief(byte[] tenant, List<Target> targets, List<byte[]> salts, List<byte[]> serverKeys, Collection<Sealed> sealed) {
        this.tenant = tenant;
        this.targets = targets;
        this.salts = salts;
        this.serverKeys = serverKeys;
        sealed.forEach(value ->
                byKey.computeIfAbsent(value.keyId(), id -> new ArrayList<>()).add(value));
    }

    /** Tries these secrets, and whatever they open, in every part; returns the places that came open. */
    TreeSet<String> open(Collection<byte[]> secrets) {
        secrets.forEach(this::know);
        while (!waiting.isEmpty()) {
            byte[] secret = waiting.remove();
            long before = fitted;
            asKeys(secret);
            asSeed(secret);
            if (fitted > before) {
                fits(secret);
            }
        }
        return opened;
    }

    /** The secrets that led to something sealed, and the keys that opened it. */
    Collection<byte[]> fitting() {
        return fitting.values();
    }

    private void fits(byte[] secret) {
        fitting.put(HexFormat.of().formatHex(secret), secret);
    }

    /** How many keys were made and compared. */
    long tried() {
        return tried;
    }

    /** Every run of 32 bytes, and the whole. */
    static List<byte[]> windows(byte[] bytes) {
        List<byte[]> windows = new ArrayList<>();
        windows.add(bytes);
        for (int i = 0; i + WINDOW <= bytes.length; i++) {
            windows.add(Arrays.copyOfRange(bytes, i, i + WINDOW));
        }
        return windows;
    }

    private void know(byte[] secret) {
        if (secret.length > 0 && known.add(HexFormat.of().formatHex(secret))) {
            waiting.add(secret);
        }
    }

    private void asKeys(byte[] secret) {
        if (secret.length == WINDOW) {
            key(secret);
            for (Target target : targets) {
                for (int compartment = 0; compartment <= 3; compartment++) {
                    field(secret, target.shred, target.id, compartment);
                    field(target.shred, secret, target.id, compartment);
                }
            }
        }
        for (byte[] salt : salts) {
            derived(secret, salt, "holdfast/v1/slot/passphrase");
            derived(secret, salt, "holdfast/v1/slot/recovery-kit");
        }
        for (byte[] serverKey : serverKeys) {
            derived(serverKey, secret, "holdfast/v1/tokens");
            derived(secret, serverKey, "holdfast/v1/tokens");
        }
        for (String info :
                List.of("session-key", "grant-copy-key", "list-key", "state-key", "key-seed", "draft", "tokens")) {
            derived(secret, NONE, "holdfast/v1/" + info);
        }
    }

    private void field(byte[] grant, byte[] shred, UUID object, int compartment) {
        try (SecretBytes a = SecretBytes.copyOf(grant);
                SecretBytes b = SecretBytes.copyOf(shred);
                SecretBytes key = Kdf.fieldKey(a, b, tenant, object, compartment, 1)) {
            if (key(key.copy())) {
                // A field key may be that of a key pair as well.
                asSeed(derive(key, NONE, "holdfast/v1/key-seed"));
            }
        }
    }

    private void derived(byte[] secret, byte[] salt, String info) {
        try (SecretBytes ikm = SecretBytes.copyOf(secret)) {
            key(derive(ikm, salt, info));
        }
    }

    private static byte[] derive(SecretBytes ikm, byte[] salt, String info) {
        try (SecretBytes out = Kdf.hkdfSha512(ikm, salt, info.getBytes(StandardCharsets.US_ASCII), WINDOW)) {
            return out.copy();
        }
    }

    /** Whether this is the key of anything, and then opens all of it. */
    private boolean key(byte[] bytes) {
        tried++;
        try (SecretBytes secret = SecretBytes.copyOf(bytes);
                SealingKey key = SealingKey.of(secret)) {
            List<Sealed> mine = byKey.getOrDefault(HexFormat.of().formatHex(key.keyId()), List.of());
            for (Sealed value : mine) {
                opened.add(value.place);
                if (value.context != null) {
                    took(value, Sealer.open(Envelope.parse(value.bytes).type(), key, value.context, value.bytes));
                }
            }
            if (mine.isEmpty()) {
                return false;
            }
            fitted++;
            fits(bytes);
            return true;
        } catch (Tampered e) {
            throw new AssertionError("the key fits and the place does not", e);
        }
    }

    /** The first 32 bytes, as the seed of an X-Wing pair. */
    private void asSeed(byte[] secret) {
        if (secret.length < WINDOW) {
            return;
        }
        tried++;
        try (SecretBytes seed = SecretBytes.of(Arrays.copyOf(secret, WINDOW));
                XWingKeyPair pair = XWingKeyPair.fromSeed(seed)) {
            for (Sealed value : byKey.getOrDefault(HexFormat.of().formatHex(pair.keyId()), List.of())) {
                fitted++;
                fits(Arrays.copyOf(secret, WINDOW));
                opened.add(value.place);
                if (value.context != null) {
                    try (SecretBytes inside =
                            Wrapper.unwrap(Envelope.parse(value.bytes).type(), pair, value.context, value.bytes)) {
                        took(value, inside.copy());
                    }
                }
            }
        } catch (Tampered e) {
            throw new AssertionError("the key pair fits and the place does not", e);
        }
    }

    private void took(Sealed from, byte[] plain) {
        ObjectType type;
        try {
            type = Envelope.parse(from.bytes).type();
        } catch (Tampered e) {
            throw new AssertionError(e);
        }
        // Contents are the prize; only keys lead on.
        if (type != ObjectType.FIELD && type != ObjectType.SUMMARY) {
            windows(plain).forEach(this::know);
        }
    }

    /** The two parts of a value that is sealed to a public key: the wrap and what is sealed under the wrapped secret. */
    static List<Sealed> parts(String place, byte[] bytes, @Nullable Context context) {
        if (bytes.length > 2 && bytes[0] == 'H' && bytes[1] == 'F') {
            return List.of(new Sealed(place, bytes, context));
        }
        int length = bytes.length > 2 ? ByteBuffer.wrap(bytes).getShort() & 0xFFFF : -1;
        if (length > 16 && bytes.length > 2 + length + 16) {
            return List.of(
                    new Sealed(place + " (wrap)", Arrays.copyOfRange(bytes, 2, 2 + length), context),
                    new Sealed(place, Arrays.copyOfRange(bytes, 2 + length, bytes.length), context));
        }
        throw new AssertionError("not a sealed value: " + place);
    }
}
