// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A log and what belongs to it in one zip file: {@code checkpoint}, {@code policy}, {@code rows}, {@code directory},
 * {@code waiting}, {@code tile/…} and {@code tile/entries/…} in the layout of C2SP tlog-tiles.
 *
 * <p>Opening reads the list of members and the policy; everything else is read when it is asked for, a tile or a line at
 * a time. Not safe between threads.
 */
public final class Bundle implements LogSource, Closeable {
    static final String CHECKPOINT = "checkpoint";
    static final String POLICY = "policy";
    static final String ROWS = "rows";
    static final String DIRECTORY = "directory";
    static final String WAITING = "waiting";

    private static final List<String> TEXTS = List.of(CHECKPOINT, POLICY, ROWS, DIRECTORY, WAITING);
    private static final int MAX_TEXT = 1 << 16;
    /** More would not fit into a long. */
    private static final int REVISION_DIGITS = 18;

    private final ZipFile zip;
    private final Policy policy;

    private Bundle(ZipFile zip, Policy policy) {
        this.zip = zip;
        this.policy = policy;
    }

    /**
     * @throws Malformed if it is no zip file, a member is missing, unknown or there twice, or the policy cannot be read
     * @throws IOException if the file cannot be read at all
     */
    public static Bundle open(Path file) throws IOException, Malformed {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException | IllegalArgumentException e) {
            throw new Malformed("bundle", "not a readable zip file");
        }
        try {
            checkNames(zip);
            return new Bundle(zip, Policy.parse(whole(zip, POLICY, MAX_TEXT)));
        } catch (Malformed e) {
            zip.close();
            throw e.place().startsWith("bundle") ? e : e.in("bundle, policy");
        }
    }

    private static void checkNames(ZipFile zip) throws Malformed {
        Set<String> seen = new HashSet<>();
        int number = 0;
        for (ZipEntry member : Collections.list(zip.entries())) {
            number++;
            String name = member.getName();
            if (!TEXTS.contains(name)) {
                try {
                    Tile.parse(name);
                } catch (Malformed e) {
                    throw new Malformed("bundle, member " + number, "its name belongs to no bundle");
                }
            }
            if (!seen.add(name)) {
                throw new Malformed("bundle, member " + number, "its name is there twice");
            }
        }
        for (String name : TEXTS) {
            if (!seen.contains(name)) {
                throw new Malformed("bundle", "the member " + name + " is missing");
            }
        }
    }

    /** The policy that came with the bundle: from the same hands as the log, so it proves nothing about them. */
    public Policy policy() {
        return policy;
    }

    @Override
    public byte[] checkpoint() throws IOException, Malformed {
        return whole(zip, CHECKPOINT, MAX_TEXT);
    }

    @Override
    public byte @Nullable [] tile(Tile tile) throws IOException, Malformed {
        int max = tile.level() == Tile.ENTRIES ? EntryBundle.MAX_BYTES : Tile.WIDTH * TreeHasher.HASH;
        String path = tile.path();
        return zip.getEntry(path) == null ? null : whole(zip, path, max);
    }

    private static ZipEntry member(ZipFile zip, String name) throws Malformed {
        ZipEntry member = zip.getEntry(name);
        if (member == null) {
            throw new Malformed("bundle", "the member " + name + " is missing");
        }
        return member;
    }

    private static byte[] whole(ZipFile zip, String name, int max) throws IOException, Malformed {
        try (InputStream in = zip.getInputStream(member(zip, name))) {
            byte[] bytes = in.readNBytes(max + 1);
            if (bytes.length > max) {
                throw new Malformed("bundle, " + name, "longer than " + max + " bytes");
            }
            return bytes;
        } catch (ZipException | EOFException e) {
            throw new Malformed("bundle, " + name, "cannot be unpacked");
        }
    }

    @Override
    public void rows(RowSink sink) throws IOException, Malformed {
        lines(ROWS, 200, (bytes, length) -> {
            int object = 0;
            while (object < length && ((bytes[object] >= 'a' && bytes[object] <= 'z') || bytes[object] == '_')) {
                object++;
            }
            object++;
            int end = object + 32 + 1 + 64;
            boolean good = object >= 2
                    && object <= 64
                    && end <= length
                    && bytes[object - 1] == ' '
                    && bytes[object + 32] == ' '
                    && Hex.isHex(bytes, object, object + 32)
                    && Hex.isHex(bytes, object + 33, end);
            long revision = good ? revision(bytes, end, length) : -1;
            if (revision < 0) {
                throw new Malformed("", "not table, object, hash and perhaps revision");
            }
            String line = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            sink.row(
                    line.substring(0, object - 1),
                    line.substring(object, object + 32),
                    line.substring(object + 33, end),
                    revision);
        });
    }

    /** The number behind a space, in its one spelling, from 1; 0 if there is nothing, -1 if there is something else. */
    private static long revision(byte[] bytes, int from, int to) {
        if (from == to) {
            return 0;
        }
        boolean good =
                bytes[from] == ' ' && to - from > 1 && to - from <= 1 + REVISION_DIGITS && bytes[from + 1] != '0';
        long revision = 0;
        for (int i = from + 1; good && i < to; i++) {
            good = bytes[i] >= '0' && bytes[i] <= '9';
            revision = 10 * revision + (bytes[i] - '0');
        }
        return good ? revision : -1;
    }

    @Override
    public void directory(LineSink sink) throws IOException, Malformed {
        lines(
                DIRECTORY,
                MAX_TEXT,
                (bytes, length) ->
                        sink.line(Base64Text.decode(new String(bytes, 0, length, StandardCharsets.ISO_8859_1), "")));
    }

    @Override
    public void waiting(LineSink sink) throws IOException, Malformed {
        lines(WAITING, Entry.MAX_BYTES, (bytes, length) -> sink.line(Arrays.copyOf(bytes, length)));
    }

    /** Takes one line, which is valid only during the call. */
    @FunctionalInterface
    private interface Line {
        void of(byte[] bytes, int length) throws IOException, Malformed;
    }

    private void lines(String name, int longest, Line sink) throws IOException, Malformed {
        byte[] buffer = new byte[1 << 16];
        byte[] line = new byte[longest];
        long number = 1;
        int length = 0;
        try (InputStream in = zip.getInputStream(member(zip, name))) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n') {
                        sink.of(line, length);
                        number++;
                        length = 0;
                    } else if (length == longest) {
                        throw new Malformed("", "the line is too long");
                    } else {
                        line[length++] = buffer[i];
                    }
                }
            }
            if (length > 0) {
                throw new Malformed("", "the last line is not ended");
            }
        } catch (Malformed e) {
            throw new Malformed("bundle, " + name + ", line " + number, e.reason());
        } catch (ZipException | EOFException e) {
            throw new Malformed("bundle, " + name, "cannot be unpacked");
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
