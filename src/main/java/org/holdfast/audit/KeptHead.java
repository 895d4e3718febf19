// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.holdfast.tlog.Checkpoint;
import org.holdfast.tlog.Malformed;
import org.holdfast.tlog.SignedNote;

/**
 * The newest head of the log that this server has read, as a signed checkpoint (C2SP tlog-checkpoint) in a file on its own disk, where
 * who writes to the database does not come. A server that starts holds the log to it: see {@link LogMemory}. The verifier takes the
 * file as one that was kept outside. Safe between threads; nodes may share the file, since each head that one writes is true.
 */
@Startup
@ApplicationScoped
class KeptHead {
    private final Path file;
    private final Optional<Checkpoint> atStart;
    private long size;

    /** @throws IllegalStateException if the file is there and is no checkpoint, or its folder takes no file: the server does not start */
    KeptHead(LogSettings settings) {
        file = settings.keptCheckpointFile().toAbsolutePath();
        Path folder = file.getParent();
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
            if (folder == null || !Files.isWritable(folder)) {
                throw new IOException("no place for a file");
            }
            atStart = Files.exists(file) ? Optional.of(parse(Files.readAllBytes(file))) : Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("holdfast.log.kept-checkpoint-file cannot be read and written", e);
        } catch (Malformed e) {
            throw new IllegalStateException("holdfast.log.kept-checkpoint-file does not hold a checkpoint", e);
        }
        size = atStart.map(Checkpoint::size).orElse(0L);
    }

    private static Checkpoint parse(byte[] note) throws Malformed {
        return Checkpoint.parse(SignedNote.parse(note).text());
    }

    /** What was kept when this server started; empty if it never ran before. */
    Optional<Checkpoint> atStart() {
        return atStart;
    }

    /** Up to which line. */
    synchronized long size() {
        return size;
    }

    /**
     * Replaces the file, down to the disk, in one step.
     *
     * @param head of that many lines
     * @throws UncheckedIOException if that fails; the one before is still there
     */
    synchronized void keep(long head, SignedNote note) {
        try {
            Path written =
                    Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new");
            try {
                write(written, note.encode());
                Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("holdfast.log.kept-checkpoint-file cannot be written", e);
        }
        size = head;
    }

    private static void write(Path written, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }
}
