// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a {@link Bundle} to a stream in constant memory.
 *
 * <p>First the checkpoint and tiles in any order, then rows, directory and waiting entries, each section in one piece
 * and in this order. Tiles are stored as they are, so that one changed byte changes one entry. The same input gives the
 * same bytes. Closing completes the file and closes the stream. Not safe between threads.
 */
public final class BundleWriter implements Closeable {
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ZipOutputStream zip;
    private int section;

    public BundleWriter(OutputStream out, Policy policy) throws IOException {
        zip = new ZipOutputStream(out);
        // Lines of hashes hardly shrink; left as they are, one changed byte is one changed line, and reading is fast.
        zip.setLevel(Deflater.NO_COMPRESSION);
        stored(Bundle.POLICY, policy.encode());
    }

    /** Writes a whole bundle from a source and closes the stream; one that breaks off is left as it is, for without its end no reader takes it for whole. */
    public static void copy(LogSource source, Policy policy, OutputStream out) throws IOException, Malformed {
        BundleWriter writer = new BundleWriter(out, policy);
        byte[] note = source.checkpoint();
        writer.checkpoint(note);
        long size = Checkpoint.parse(SignedNote.parse(note).text()).size();
        for (int level = Tile.ENTRIES; level < 8; level++) {
            long hashes = level <= 0 ? size : size >>> (8 * level);
            for (long index = 0; index * Tile.WIDTH < hashes; index++) {
                Tile tile = Tile.at(level, index, size);
                byte[] bytes = source.tile(tile);
                if (bytes != null) {
                    writer.tile(tile, bytes);
                }
            }
        }
        source.rows(writer::row);
        source.directory(writer::statement);
        source.waiting(writer::waiting);
        writer.close();
    }

    /** The signed note; exactly once. */
    public void checkpoint(byte[] note) throws IOException {
        stored(Bundle.CHECKPOINT, note);
    }

    /** A tile of hashes or an entry bundle. */
    public void tile(Tile tile, byte[] bytes) throws IOException {
        stored(tile.path(), bytes);
    }

    private void stored(String name, byte[] bytes) throws IOException {
        if (section != 0) {
            throw new IllegalStateException("rows, directory and waiting entries come last");
        }
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry member = member(name);
        member.setMethod(ZipEntry.STORED);
        member.setSize(bytes.length);
        member.setCrc(crc.getValue());
        zip.putNextEntry(member);
        zip.write(bytes);
        zip.closeEntry();
    }

    private static ZipEntry member(String name) {
        ZipEntry member = new ZipEntry(name);
        member.setTimeLocal(TIME);
        return member;
    }

    /** One row of the database, as {@link LogSource.RowSink} has it. */
    public void row(String table, String object, String hash, long revision) throws IOException {
        section(1);
        String line = table + ' ' + object + ' ' + hash + (revision == 0 ? "" : " " + revision);
        line(line.getBytes(StandardCharsets.US_ASCII));
    }

    /** One signed statement of the directory. */
    public void statement(byte[] statement) throws IOException {
        section(2);
        line(Base64Text.encode(statement).getBytes(StandardCharsets.US_ASCII));
    }

    /** One entry that has no place in the tree yet. */
    public void waiting(byte[] entry) throws IOException {
        section(3);
        line(entry);
    }

    private void line(byte[] bytes) throws IOException {
        zip.write(bytes);
        zip.write('\n');
    }

    private void section(int wanted) throws IOException {
        if (wanted < section) {
            throw new IllegalStateException("rows, directory and waiting entries come in this order");
        }
        while (section < wanted) {
            section++;
            zip.putNextEntry(member(section == 1 ? Bundle.ROWS : section == 2 ? Bundle.DIRECTORY : Bundle.WAITING));
        }
    }

    @Override
    public void close() throws IOException {
        try (zip) {
            section(3);
        }
    }
}
