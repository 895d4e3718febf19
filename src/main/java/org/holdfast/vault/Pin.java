// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The pinned hash of the founding statement: from the configuration, or from the file that founding wrote once. */
@ApplicationScoped
class Pin {

    private final DirectorySettings settings;

    Pin(DirectorySettings settings) {
        this.settings = settings;
    }

    /** 32 bytes; empty when neither is there. */
    Optional<byte[]> pinned() {
        Optional<String> configured = settings.pin().filter(p -> !p.isBlank());
        if (configured.isPresent()) {
            return configured.map(Pin::parse);
        }
        return file().filter(Files::exists).map(path -> {
            try {
                return parse(Files.readString(path, StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new UncheckedIOException("the pin file cannot be read", e);
            }
        });
    }

    /** Writes the file, down to the disk, if one is configured and nothing is pinned yet. Returns whether this call did. */
    boolean write(byte[] hash) {
        if (pinned().isPresent() || file().isEmpty()) {
            return false;
        }
        Path path = file().get().toAbsolutePath();
        try {
            if (path.getParent() != null) {
                Files.createDirectories(path.getParent());
            }
            try (FileChannel channel =
                    FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap((Bytes.hex(hash) + "\n").getBytes(StandardCharsets.US_ASCII)));
                channel.force(true);
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("the pin file cannot be written", e);
        }
    }

    /** Takes back what {@link #write} wrote, because nothing was founded. */
    void withdraw() {
        file().ifPresent(path -> {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw new UncheckedIOException("the pin file cannot be removed", e);
            }
        });
    }

    private Optional<Path> file() {
        return settings.pinFile().filter(path -> !path.toString().isBlank());
    }

    private static byte[] parse(String text) {
        String hex = text.strip();
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalStateException("holdfast.directory.pin is not 64 hexadecimal digits");
        }
        return Bytes.unhex(hex);
    }
}
