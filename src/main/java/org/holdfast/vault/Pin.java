// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    /** Writes the file if one is configured and absent. Returns whether the pin is now in force. */
    boolean write(byte[] hash) {
        if (pinned().isEmpty() && file().isPresent()) {
            Path path = file().get();
            try {
                if (path.toAbsolutePath().getParent() != null) {
                    Files.createDirectories(path.toAbsolutePath().getParent());
                }
                Files.writeString(path, Bytes.hex(hash) + "\n", StandardCharsets.US_ASCII, StandardOpenOption.CREATE_NEW);
            } catch (IOException e) {
                throw new UncheckedIOException("the pin file cannot be written", e);
            }
        }
        return pinned().isPresent();
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
