// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path folder;

    @Test
    void passwords_are_made_once_and_only_their_owner_reads_them() throws IOException {
        Secrets first = Secrets.in(folder);
        assertEquals(first.of(Secrets.CLIENT), Secrets.in(folder).of(Secrets.CLIENT));
        assertEquals(32, first.of(Secrets.CLIENT).length());
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets.properties"))));
        Path key = first.keyFile("log-signing.key", 64);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
        assertEquals(
                64, java.util.Base64.getDecoder().decode(Files.readString(key).strip()).length);
        assertEquals(key, first.keyFile("log-signing.key", 64));
    }

    @Test
    void half_written_passwords_are_refused_in_a_sentence() throws IOException {
        Files.writeString(folder.resolve("secrets.properties"), "postgres=abc\nowner=\n");
        Trouble trouble = assertThrows(Trouble.class, () -> Secrets.in(folder));
        assertTrue(trouble.getMessage().contains("is half-written"), trouble.getMessage());
        assertTrue(trouble.getMessage().contains("delete that folder"), trouble.getMessage());
    }

    @Test
    void a_half_written_cluster_is_refused_in_a_sentence() throws IOException {
        Files.createDirectories(folder.resolve("pgdata"));
        PostgresServer postgres = new PostgresServer(
                folder, folder, Secrets.in(folder), Ports.forTests().postgres(), false, RunAs.SELF);
        Trouble trouble = assertThrows(Trouble.class, postgres::start);
        assertTrue(
                trouble.getMessage().endsWith("is half-written: delete " + folder + " and start again."),
                trouble.getMessage());
    }

    @Test
    void a_living_server_that_does_not_answer_is_refused_and_its_file_stays() throws IOException, InterruptedException {
        Path cluster = Files.createDirectories(folder.resolve("pgdata"));
        // Anything whose command is called postgres will do.
        Path program = Files.copy(Path.of("/bin/sleep"), folder.resolve("postgres"));
        assertTrue(program.toFile().setExecutable(true));
        Process living = new ProcessBuilder(program.toString(), "60").start();
        try {
            Path pid = Files.writeString(cluster.resolve("postmaster.pid"), living.pid() + "\n" + cluster + "\n");
            PostgresServer postgres = new PostgresServer(
                    folder, folder, Secrets.in(folder), Ports.forTests().postgres(), false, RunAs.SELF);
            Trouble trouble = assertThrows(Trouble.class, postgres::start);
            assertTrue(
                    trouble.getMessage().contains("(process " + living.pid() + ") still works on"),
                    trouble.getMessage());
            assertTrue(Files.exists(pid));
        } finally {
            living.destroyForcibly().waitFor();
        }
        assertTrue(PostgresServer.living(cluster.resolve("postmaster.pid")).isEmpty());
    }

    @Test
    void a_number_that_belongs_to_another_program_by_now_counts_as_dead() throws IOException {
        Path pid = Files.writeString(
                folder.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n");
        assertTrue(PostgresServer.living(pid).isEmpty());
        Files.writeString(pid, "nonsense\n");
        assertTrue(PostgresServer.living(pid).isEmpty());
        Files.writeString(pid, "");
        assertTrue(PostgresServer.living(pid).isEmpty());
    }

    @Test
    void a_child_whose_parent_was_killed_is_ended_by_the_next_start() throws IOException, InterruptedException {
        Child child = Child.start("sleeper", folder, List.of("sleep", "60"), Map.of());
        assertTrue(child.isAlive());
        assertTrue(Child.endLeftover("sleeper", folder));
        child.waitFor();
        assertFalse(Child.endLeftover("sleeper", folder));
    }

    @Test
    void a_leftover_file_with_a_number_used_again_ends_nobody() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("sleeper.pid"), ProcessHandle.current().pid() + " 12345\n");
        assertFalse(Child.endLeftover("sleeper", folder));
    }

    @Test
    void the_last_words_of_a_child_are_shown() throws IOException, InterruptedException {
        Trouble trouble = assertThrows(
                Trouble.class,
                () -> Child.run(
                        "speaker",
                        folder,
                        List.of("sh", "-c", "echo one; echo '  two'; echo three; exit 3"),
                        Map.of()));
        assertTrue(trouble.getMessage().endsWith("ends with:\n    one\n    three"), trouble.getMessage());
    }

    @Test
    void an_interrupted_download_is_named() throws IOException {
        Path zip = Files.writeString(folder.resolve("keycloak-quarkus-dist-26.7.3.zip"), "PK half of a zip");
        Files.createDirectories(
                folder.resolve("dist/postgres-18.6-" + Platform.here().artifact()));
        Dist dist = new Dist(folder.resolve("dist"), zip, Platform.here());
        Trouble trouble = assertThrows(Trouble.class, () -> dist.prepare(quiet()));
        assertTrue(trouble.getMessage().contains(zip.toString()), trouble.getMessage());
        assertFalse(Files.exists(dist.keycloak()));
    }

    @Test
    void an_interrupted_unpack_begins_again_from_nothing() throws IOException, InterruptedException {
        Path zip = zip("keycloak-quarkus-dist-1.2.3.zip", "keycloak-1.2.3/version.txt");
        Dist dist = new Dist(folder.resolve("dist"), zip, Platform.here());
        Path half = Files.createDirectories(
                folder.resolve("dist").resolve(dist.keycloak().getFileName() + ".half"));
        Files.writeString(half.resolve("rest"), "of an interrupted start");
        Files.createDirectories(dist.postgres());
        // The build of this Keycloak fails, as there is no program in it; the rest of the last start is gone all the
        // same.
        assertThrows(Trouble.class, () -> dist.prepare(quiet()));
        assertFalse(Files.exists(half.resolve("rest")));
        assertTrue(Files.exists(half.resolve("keycloak-1.2.3/version.txt")));
        assertFalse(Files.exists(dist.keycloak()));
    }

    @Test
    void an_archive_entry_cannot_leave_its_folder() throws IOException {
        Path zip = zip("evil.zip", "../outside.txt");
        assertThrows(
                IOException.class,
                () -> Folders.unzip(new ByteArrayInputStream(Files.readAllBytes(zip)), folder.resolve("in")));
        assertFalse(Files.exists(folder.resolve("outside.txt")));
    }

    @Test
    void a_second_run_on_the_same_folder_is_refused() throws IOException {
        Path lock = folder.resolve("run.lock");
        try (FileChannel one = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileChannel two = FileChannel.open(lock, StandardOpenOption.WRITE);
                var held = LocalMain.alone(one, folder)) {
            assertTrue(held.isValid());
            Trouble trouble = assertThrows(Trouble.class, () -> LocalMain.alone(two, folder));
            assertTrue(
                    trouble.getMessage().startsWith("Another 'mvn -Plocal' runs on " + folder), trouble.getMessage());
        }
    }

    private Path zip(String name, String entry) throws IOException {
        Path zip = folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry(entry));
            out.write('x');
        }
        return zip;
    }

    private static Steps quiet() {
        return new Steps(new PrintStream(new ByteArrayOutputStream()));
    }

    @Test
    void a_child_does_not_hear_the_ctrl_c_that_is_meant_for_its_parent() throws Exception {
        Child child = Child.start("sleeper", folder, List.of("sleep", "60"), Map.of());
        try {
            Process asked = new ProcessBuilder("ps", "-o", "pgid=", "-p", String.valueOf(child.pid())).start();
            String group = new String(asked.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            assertEquals(String.valueOf(child.pid()), group, "it leads a group of its own");
        } finally {
            child.end(Duration.ofSeconds(5));
        }
    }
}
