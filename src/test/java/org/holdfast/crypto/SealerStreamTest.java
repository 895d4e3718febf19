// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SealerStreamTest {

    private static final int CHUNK = ChunkedEncryption.CHUNK;

    private final Context context = Samples.context();
    private final SecretBytes bytes = Samples.key("stream");
    private final SealingKey key = SealingKey.of(bytes);

    @AfterEach
    void close() {
        key.close();
        bytes.close();
    }

    @Test
    void streaming_gives_the_same_format_as_sealing_at_once() throws Exception {
        for (int length : new int[] {0, 1, 255, 256, CHUNK - 1, CHUNK, 65535, 65536, 100_000}) {
            for (ObjectType type : new ObjectType[] {ObjectType.FILE, ObjectType.BACKUP}) {
                byte[] plain = Samples.content(length);
                byte[] streamed = stream(type, plain, 1000);
                assertEquals(Sealer.sealedLength(type, length), streamed.length);
                assertArrayEquals(plain, Sealer.open(type, key, context, streamed));
                byte[] atOnce = Sealer.seal(type, 1, key, context, plain);
                assertArrayEquals(plain, readSlowly(type, new ByteArrayInputStream(atOnce), 999));
            }
        }
    }

    @Test
    void content_that_looks_like_padding_comes_back_through_any_slices() throws Exception {
        SplittableRandom random = new SplittableRandom(2);
        for (int round = 0; round < 300; round++) {
            byte[] plain = new byte[random.nextInt(3 * CHUNK)];
            // Runs of zeros with marks between, ends near the edges of chunks, sometimes nothing but zeros.
            for (int marks = random.nextInt(6); marks > 0 && plain.length > 0; marks--) {
                plain[random.nextInt(plain.length)] = random.nextBoolean() ? Padding.MARK : 1;
            }
            for (int edge : new int[] {CHUNK - 1, CHUNK, 2 * CHUNK - 1, 2 * CHUNK}) {
                if (edge < plain.length && random.nextInt(3) == 0) {
                    plain[edge] = Padding.MARK;
                }
            }
            ObjectType type = random.nextBoolean() ? ObjectType.FIELD : ObjectType.FILE;
            byte[] sealed = stream(type, plain, 1 + random.nextInt(40_000));
            InputStream slow = new FilterInputStream(new ByteArrayInputStream(sealed)) {
                @Override
                public int read(byte[] to, int offset, int length) throws IOException {
                    return super.read(to, offset, Math.min(length, 1 + random.nextInt(5000)));
                }
            };
            assertArrayEquals(plain, readSlowly(type, slow, 1 + random.nextInt(40_000)), "round " + round);
        }
    }

    @Test
    void single_bytes_go_in_and_come_out() throws Exception {
        byte[] plain = Samples.content(700);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream sealing = Sealer.sealing(ObjectType.FIELD, 1, key, context, out)) {
            for (byte b : plain) {
                sealing.write(b);
            }
        }
        InputStream opening =
                Sealer.opening(ObjectType.FIELD, key, context, new ByteArrayInputStream(out.toByteArray()));
        for (byte b : plain) {
            assertEquals(b & 0xff, opening.read());
        }
        assertEquals(-1, opening.read());
        assertEquals(-1, opening.read());
    }

    @Test
    void a_stream_cut_anywhere_never_reaches_its_end() throws Exception {
        byte[] sealed = stream(ObjectType.FIELD, Samples.content(3 * CHUNK + 100), CHUNK);
        SplittableRandom random = new SplittableRandom(3);
        int start = Envelope.LENGTH + ChunkedEncryption.PREFIX;
        for (int i = 0; i < 200; i++) {
            int boundary = start + i % 5 * ChunkedEncryption.SEALED_CHUNK;
            int length = i < 25 ? boundary + i / 5 * 8 - 16 : random.nextInt(sealed.length);
            if (length < sealed.length && length >= 0) {
                assertDamaged(Arrays.copyOf(sealed, length), "length " + length);
            }
        }
        assertDamaged(Arrays.copyOf(sealed, sealed.length + 1), "one more");
        assertDamaged(Arrays.copyOf(sealed, sealed.length + ChunkedEncryption.SEALED_CHUNK), "a chunk more");
    }

    @Test
    void swapped_and_doubled_chunks_are_found() throws Exception {
        byte[] sealed = stream(ObjectType.FIELD, Samples.content(3 * CHUNK + 100), CHUNK);
        int start = Envelope.LENGTH + ChunkedEncryption.PREFIX;
        int size = ChunkedEncryption.SEALED_CHUNK;
        byte[] swapped = sealed.clone();
        System.arraycopy(sealed, start, swapped, start + size, size);
        System.arraycopy(sealed, start + size, swapped, start, size);
        assertDamaged(swapped, "swapped");
        byte[] doubled = sealed.clone();
        System.arraycopy(sealed, start, doubled, start + size, size);
        assertDamaged(doubled, "doubled");
        byte[] shorter = new byte[sealed.length - size];
        System.arraycopy(sealed, 0, shorter, 0, start + size);
        System.arraycopy(sealed, start + 2 * size, shorter, start + size, shorter.length - start - size);
        assertDamaged(shorter, "one left out");
    }

    @Test
    void any_changed_byte_is_found_and_the_stream_stays_broken() throws Exception {
        byte[] sealed = stream(ObjectType.FIELD, Samples.content(CHUNK + 500), CHUNK);
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 300; i++) {
            byte[] changed = sealed.clone();
            int place = i < 80 ? i : random.nextInt(sealed.length);
            changed[place] ^= (byte) (1 << random.nextInt(8));
            assertDamaged(changed, "byte " + place);
        }
    }

    @Test
    void wrong_padding_of_a_stream_is_found() {
        byte[] padded = new byte[1024];
        padded[10] = Padding.MARK;
        assertDamaged(sealRaw(padded), "padded beyond its bucket");
        assertDamaged(sealRaw(new byte[256]), "no mark");
        assertDamaged(sealRaw(new byte[0]), "empty");
    }

    @Test
    void an_abandoned_stream_is_no_object() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OutputStream sealing = Sealer.sealing(ObjectType.FIELD, 1, key, context, out);
        sealing.write(new byte[2 * CHUNK]);
        sealing.flush();
        assertDamaged(out.toByteArray(), "not closed");
        sealing.close();
        sealing.close();
        assertThrows(IOException.class, () -> sealing.write(1));
        assertEquals(2 * CHUNK, Sealer.open(ObjectType.FIELD, key, context, out.toByteArray()).length);
    }

    /** Seals bytes that are not padded by the rule, as only a holder of the key could. */
    private byte[] sealRaw(byte[] padded) {
        byte[] header = new Envelope(Suite.HF1, ObjectType.FIELD, 1, key.keyId()).encode();
        byte[] sealed = ChunkedEncryption.seal(
                key, new byte[24], context.bytes(header), padded, padded.length, Envelope.LENGTH);
        System.arraycopy(header, 0, sealed, 0, Envelope.LENGTH);
        return sealed;
    }

    private byte[] stream(ObjectType type, byte[] plain, int slice) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream sealing = Sealer.sealing(type, 1, key, context, out)) {
            for (int at = 0; at < plain.length; at += slice) {
                sealing.write(plain, at, Math.min(slice, plain.length - at));
            }
        }
        return out.toByteArray();
    }

    private byte[] readSlowly(ObjectType type, InputStream in, int slice) throws IOException, Tampered {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[slice];
        try (InputStream opening = Sealer.opening(type, key, context, in)) {
            for (int n = opening.read(buffer); n >= 0; n = opening.read(buffer)) {
                assertTrue(n > 0);
                out.write(buffer, 0, n);
            }
        }
        return out.toByteArray();
    }

    private void assertDamaged(byte[] sealed, String what) {
        try {
            InputStream opening = Sealer.opening(ObjectType.FIELD, key, context, new ByteArrayInputStream(sealed));
            for (int again = 0; again < 3; again++) {
                IOException damage = assertThrows(IOException.class, opening::readAllBytes, what);
                assertInstanceOf(Tampered.class, damage.getCause(), what);
            }
            assertThrows(Tampered.class, () -> Sealer.open(ObjectType.FIELD, key, context, sealed), what);
        } catch (Tampered e) {
            // Found at once, in the header, the salt or the commitment: as good.
            return;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
