// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Properties;

/**
 * The random passwords and keys of one data folder, made on first use, in files of mode 0600. The passwords travel with a copied data
 * folder (the database and Keycloak know them); the server's key files do not: each data folder that serves makes its own.
 */
final class Secrets {
    static final String SUPERUSER = "postgres";
    static final String OWNER = "owner";
    static final String APP = "app";
    static final String LOG = "log";
    static final String SHRED = "shred";
    static final String KEYCLOAK = "keycloak";
    static final String ADMIN = "admin";
    static final String CLIENT = "client";
    private static final List<String> NAMES = List.of(SUPERUSER, OWNER, APP, LOG, SHRED, KEYCLOAK, ADMIN, CLIENT);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final Properties words;

    private Secrets(Path folder, Properties words) {
        this.folder = folder;
        this.words = words;
    }

    /** Reads the passwords of the folder, or makes them. */
    static Secrets in(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("secrets.properties");
        Properties words = new Properties();
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                words.load(reader);
            }
            for (String name : NAMES) {
                if (words.getProperty(name, "").isEmpty()) {
                    throw new Trouble("The data folder " + folder + " is half-written (no password '" + name
                            + "' in secrets.properties): delete that folder and start again.");
                }
            }
        } else {
            for (String name : NAMES) {
                words.setProperty(name, Base64.getUrlEncoder().withoutPadding().encodeToString(random(24)));
            }
            try (Writer writer = Files.newBufferedWriter(privateFile(file))) {
                words.store(writer, "Random passwords of this local stack; worth nothing anywhere else");
            }
        }
        return new Secrets(folder, words);
    }

    String of(String name) {
        return words.getProperty(name);
    }

    /** A file with that many random bytes in base64, made when it is absent. */
    Path keyFile(String name, int bytes) throws IOException {
        Path file = folder.resolve("keys").resolve(name);
        if (!Files.exists(file)) {
            Files.createDirectories(file.getParent());
            Files.writeString(privateFile(file), Base64.getEncoder().encodeToString(random(bytes)) + "\n");
        }
        return file.toAbsolutePath();
    }

    private static Path privateFile(Path file) throws IOException {
        return Files.createFile(
                file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static byte[] random(int bytes) {
        byte[] out = new byte[bytes];
        RANDOM.nextBytes(out);
        return out;
    }
}
