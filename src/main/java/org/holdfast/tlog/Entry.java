// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.holdfast.crypto.Signatures;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the log: who did what to which object, with what outcome, and the hash of what came out of it.
 *
 * <p>Its bytes are one JSON object of at most 1,024 bytes in ASCII: keys in the order of the components, no white space,
 * no escape, absent fields left out. The same facts have one encoding only. An entry holds no content, name, number or
 * address; ids are pseudonyms that mean nothing without a secret that erasure destroys.
 *
 * <p>Every instance is well formed: the constructor refuses what {@link #parse} would refuse, except that a signature
 * may still be missing.
 *
 * @param time {@code t}: {@code 2026-11-25T20:31Z} in UTC; for the report door the day only
 * @param actor {@code a}: 32 hexadecimal digits of a member of staff, or {@code report-door}, {@code system}
 *     or {@code unknown}
 * @param actorKey {@code k}: 16 digits, the key that signs; absent when nobody signs
 * @param kind {@code e}: a dotted code such as {@code case.opened}, 1 to 40 of {@code a-z 0-9 . -}
 * @param caseRef {@code c}: 32 digits, pseudonym of the case
 * @param object {@code o}: 32 digits, pseudonym of the object
 * @param outcome {@code r}: {@code done} or {@code refused}
 * @param reason {@code w}: a code, 1 to 40 of {@code a-z 0-9 . _ -}
 * @param rowHash {@code h}: 64 digits, SHA-256 of the row after the write, of the grant or of the directory statement;
 *     64 zeros for a deletion
 * @param detailHash {@code d}: 64 digits, SHA-256 of the sealed detail kept beside the log
 * @param session {@code s}: 32 digits, pseudonym of the unlocked session
 * @param counter {@code n}: the entry's number in that session, from 1; 0 stands for none
 * @param nonce {@code x}: 32 digits, random, so that nobody can guess an entry from its hash
 * @param signature {@code g}: 128 digits, Ed25519 by the actor over {@link #signedBytes()}
 */
public record Entry(
        String time,
        String actor,
        @Nullable String actorKey,
        String kind,
        @Nullable String caseRef,
        @Nullable String object,
        String outcome,
        @Nullable String reason,
        @Nullable String rowHash,
        @Nullable String detailHash,
        @Nullable String session,
        int counter,
        String nonce,
        @Nullable String signature) {

    private static final String TEXT_KEYS = "takecorwhdsxg";

    /** The most bytes that an entry has. */
    public static final int MAX_BYTES = EntryCursor.MAX_BYTES;

    /** The actor of everything that comes in at the report door. */
    public static final String REPORT_DOOR = EntryCursor.REPORT_DOOR;

    /** The actor of what the server does by itself. */
    public static final String SYSTEM = EntryCursor.SYSTEM;

    /** The actor of somebody who has logged in and is not enrolled. */
    public static final String UNKNOWN = EntryCursor.UNKNOWN;

    /** The row hash of a deletion. */
    public static final String DELETED = "0".repeat(64);

    /** @throws IllegalArgumentException if a field is not in its form, with its place in the encoding */
    public Entry {
        byte[] bytes = encode(
                counter,
                time,
                actor,
                actorKey,
                kind,
                caseRef,
                object,
                outcome,
                reason,
                rowHash,
                detailHash,
                session,
                nonce,
                signature);
        try {
            new EntryCursor().readDraft(bytes, 0, bytes.length);
        } catch (Malformed e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Begins an entry with what every entry has; outcome {@code done} until {@link Builder#refused} is called. */
    public static Builder builder(String time, String actor, String kind, String nonce) {
        return new Builder(time, actor, kind, nonce);
    }

    /**
     * Reads an entry strictly: encoding the result gives the same bytes again.
     *
     * @throws Malformed with the place as a byte offset, if it is any other spelling or longer than 1,024 bytes
     */
    public static Entry parse(byte[] bytes) throws Malformed {
        EntryCursor cursor = new EntryCursor();
        cursor.read(bytes, 0, bytes.length);
        Entry entry = of(cursor);
        if (!Arrays.equals(entry.encode(), bytes)) {
            throw new Malformed("byte 0", "the entry is not in its one encoding");
        }
        return entry;
    }

    static Entry of(EntryCursor c) {
        return new Entry(
                sure(c.text(EntryCursor.T)),
                sure(c.text(EntryCursor.A)),
                c.text(EntryCursor.K),
                sure(c.text(EntryCursor.E)),
                c.text(EntryCursor.C),
                c.text(EntryCursor.O),
                sure(c.text(EntryCursor.R)),
                c.text(EntryCursor.W),
                c.text(EntryCursor.H),
                c.text(EntryCursor.D),
                c.text(EntryCursor.S),
                c.counter(),
                sure(c.text(EntryCursor.X)),
                c.text(EntryCursor.G));
    }

    private static String sure(@Nullable String required) {
        return Objects.requireNonNull(required);
    }

    /** The one encoding; a fresh array. */
    public byte[] encode() {
        return encode(this, signature);
    }

    /** What the actor signs: the encoding without the signature. */
    public byte[] signedBytes() {
        return encode(this, null);
    }

    /**
     * Whether it has a signature that holds under this key.
     *
     * @param ed25519 32 bytes
     */
    public boolean isSignedBy(byte[] ed25519) {
        return signature != null && Signatures.verifyEd25519(ed25519, signedBytes(), Hex.decode(signature));
    }

    /** The leaf hash of RFC 6962: SHA-256 of a zero byte and the encoding, 32 bytes. */
    public byte[] leafHash() {
        return MerkleTree.leafHash(encode());
    }

    /**
     * The same entry with the actor's signature.
     *
     * @param ed25519 64 bytes
     */
    public Entry withSignature(byte[] ed25519) {
        return new Entry(
                time,
                actor,
                actorKey,
                kind,
                caseRef,
                object,
                outcome,
                reason,
                rowHash,
                detailHash,
                session,
                counter,
                nonce,
                Hex.encode(ed25519));
    }

    private static byte[] encode(int counter, @Nullable String... texts) {
        StringBuilder out = new StringBuilder(700).append("{\"v\":1");
        for (int i = 0; i < texts.length; i++) {
            char key = TEXT_KEYS.charAt(i);
            if (key == 'x' && counter != 0) {
                out.append(",\"n\":").append(counter);
            }
            if (texts[i] != null) {
                out.append(",\"").append(key).append("\":\"").append(texts[i]).append('"');
            }
        }
        // Latin-1 keeps one byte a character, so that a place in the refusal is a place in the text.
        return out.append('}').toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] encode(Entry e, @Nullable String signature) {
        return encode(
                e.counter,
                e.time,
                e.actor,
                e.actorKey,
                e.kind,
                e.caseRef,
                e.object,
                e.outcome,
                e.reason,
                e.rowHash,
                e.detailHash,
                e.session,
                e.nonce,
                signature);
    }

    /** Collects the fields of one entry. Not safe between threads. */
    public static final class Builder {
        private final String time;
        private final String actor;
        private final String kind;
        private final String nonce;
        private String outcome = "done";
        private @Nullable String actorKey;
        private @Nullable String caseRef;
        private @Nullable String object;
        private @Nullable String reason;
        private @Nullable String rowHash;
        private @Nullable String detailHash;
        private @Nullable String session;
        private int counter;

        private Builder(String time, String actor, String kind, String nonce) {
            this.time = time;
            this.actor = actor;
            this.kind = kind;
            this.nonce = nonce;
        }

        /** The key that is going to sign. */
        public Builder actorKey(@Nullable String keyId) {
            this.actorKey = keyId;
            return this;
        }

        public Builder caseRef(@Nullable String pseudonym) {
            this.caseRef = pseudonym;
            return this;
        }

        public Builder object(@Nullable String pseudonym) {
            this.object = pseudonym;
            return this;
        }

        /** The act was refused. */
        public Builder refused() {
            this.outcome = "refused";
            return this;
        }

        public Builder reason(@Nullable String code) {
            this.reason = code;
            return this;
        }

        public Builder rowHash(@Nullable String sha256) {
            this.rowHash = sha256;
            return this;
        }

        public Builder detailHash(@Nullable String sha256) {
            this.detailHash = sha256;
            return this;
        }

        /** The unlocked session and the entry's number in it, from 1. */
        public Builder session(String pseudonym, int number) {
            this.session = pseudonym;
            this.counter = number;
            return this;
        }

        /** @throws IllegalArgumentException as the constructor of {@link Entry} */
        public Entry build() {
            return new Entry(
                    time,
                    actor,
                    actorKey,
                    kind,
                    caseRef,
                    object,
                    outcome,
                    reason,
                    rowHash,
                    detailHash,
                    session,
                    counter,
                    nonce,
                    null);
        }
    }
}
