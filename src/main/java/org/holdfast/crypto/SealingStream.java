// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** Seals what is written to it; see {@link Sealer#sealing}. */
final class SealingStream extends OutputStream {

    private final ObjectType type;
    private final OutputStream out;
    private final ChunkedEncryption message;
    private final byte[] plain = new byte[ChunkedEncryption.CHUNK];
    private final byte[] sealed = new byte[ChunkedEncryption.SEALED_CHUNK];
    private int filled;
    private long total;
    private boolean closed;

    SealingStream(ObjectType type, int epoch, SealingKey key, Context context, OutputStream out) throws IOException {
        this.type = type;
        this.out = out;
        byte[] start = new byte[Envelope.LENGTH + ChunkedEncryption.PREFIX];
        new Envelope(Suite.HF1, type, epoch, key.keyId()).encodeInto(start);
        byte[] salt = Randomness.bytes(ChunkedEncryption.SALT);
        this.message = ChunkedEncryption.sealing(key, salt, context.bytes(start), start, Envelope.LENGTH);
        out.write(start);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        append(from, offset, length);
    }

    private void append(byte[] from, int offset, int length) throws IOException {
        total += length;
        int at = offset;
        int left = length;
        while (left > 0) {
            if (filled == 0 && left >= ChunkedEncryption.CHUNK) {
                // A full chunk goes straight through; copying it first would cost as much as sealing does.
                emit(from, at, ChunkedEncryption.CHUNK);
                at += ChunkedEncryption.CHUNK;
                left -= ChunkedEncryption.CHUNK;
                continue;
            }
            int taken = Math.min(left, plain.length - filled);
            System.arraycopy(from, at, plain, filled, taken);
            filled += taken;
            at += taken;
            left -= taken;
            if (filled == plain.length) {
                emit(plain, 0, filled);
                filled = 0;
            }
        }
    }

    private void emit(byte[] from, int offset, int length) throws IOException {
        try {
            out.write(sealed, 0, message.next(from, offset, length, sealed, 0));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out;
                message) {
            long padding = Padding.padded(type, total) - total - 1;
            append(new byte[] {Padding.MARK}, 0, 1);
            byte[] zeros = new byte[ChunkedEncryption.CHUNK];
            for (long left = padding; left > 0; left -= zeros.length) {
                append(zeros, 0, (int) Math.min(left, zeros.length));
            }
            emit(plain, 0, filled);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }
}
