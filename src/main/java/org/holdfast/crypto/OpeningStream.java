// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Opens what is read through it; see {@link Sealer#opening}. Zeros after a 0x80 byte may be padding or content: they are
 * counted, not kept, and given out only when other content follows.
 */
final class OpeningStream extends InputStream {

    private final ObjectType type;
    private final InputStream in;
    private final ChunkedEncryption message;
    private final byte[] sealed = new byte[ChunkedEncryption.SEALED_CHUNK];
    private final byte[] plain = new byte[ChunkedEncryption.CHUNK];

    /** What may be given out: plain[position..limit). */
    private int position;

    private int limit;

    /** End of what the last chunk held. */
    private int end;

    /** Length of a run of 0x80 and zeros that is held back, from before the current position. */
    private long held;

    /** How much of a run that turned out to be content is still to be given out before plain[position]. */
    private long released;

    private boolean releasedMark;
    private long padded;
    private long given;
    private boolean last;
    private @Nullable Tampered damage;

    OpeningStream(ObjectType expected, SealingKey key, Context context, InputStream in) throws Tampered, IOException {
        this.type = expected;
        this.in = in;
        byte[] start = in.readNBytes(Envelope.LENGTH + ChunkedEncryption.PREFIX);
        Envelope header = Envelope.parse(start, expected, key.keyId());
        this.message = ChunkedEncryption.opening(key, context.bytes(header), start, Envelope.LENGTH);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            if (damage != null) {
                throw new IOException("a sealed stream is damaged", damage);
            }
            int count = take(to, offset, length);
            if (count > 0) {
                given += count;
                return count;
            }
            if (position < end) {
                scan();
            } else if (last) {
                finish();
                return -1;
            } else {
                nextChunk();
            }
        }
    }

    private int take(byte[] to, int offset, int length) {
        if (released > 0) {
            int count = (int) Math.min(length, released);
            Arrays.fill(to, offset, offset + count, (byte) 0);
            if (releasedMark) {
                to[offset] = Padding.MARK;
                releasedMark = false;
            }
            released -= count;
            return count;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(plain, position, to, offset, count);
        position += count;
        return count;
    }

    /** Decides about the bytes from position to the end of the chunk: what is content, and what is held back. */
    private void scan() {
        if (held > 0) {
            int zeros = position;
            while (zeros < end && plain[zeros] == 0) {
                zeros++;
            }
            held += zeros - position;
            position = zeros;
            if (zeros == end) {
                limit = end;
                return;
            }
            released = held;
            releasedMark = true;
            held = 0;
        }
        int tail = end;
        while (tail > position && plain[tail - 1] == 0) {
            tail--;
        }
        if (tail > position && plain[tail - 1] == Padding.MARK) {
            limit = tail - 1;
            held = (long) end - limit;
            end = limit;
        } else {
            limit = end;
        }
    }

    private void nextChunk() throws IOException {
        int length = in.readNBytes(sealed, 0, sealed.length);
        last = length < sealed.length;
        try {
            if (length < ChunkedEncryption.TAG) {
                throw new Tampered("cut off");
            }
            position = 0;
            limit = 0;
            end = message.next(sealed, 0, length, plain, 0);
            padded += end;
        } catch (Tampered e) {
            fail(e);
        } catch (GeneralSecurityException e) {
            fail(new Tampered("tag"));
        }
    }

    private void finish() throws IOException {
        if (held == 0 || Padding.padded(type, given) != padded) {
            fail(new Tampered("padding"));
            throw new IOException("a sealed stream is damaged", damage);
        }
    }

    private void fail(Tampered found) {
        damage = found;
        position = 0;
        limit = 0;
        end = 0;
    }

    @Override
    public void close() throws IOException {
        Arrays.fill(plain, (byte) 0);
        message.close();
        in.close();
    }
}
