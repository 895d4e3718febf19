// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformTest {
    @Test
    void each_machine_gets_its_own_archive() {
        assertEquals("linux-amd64", Platform.of("Linux", "amd64").artifact());
        assertEquals("/postgres-linux-x86_64.txz", Platform.of("Linux", "amd64").archive());
        assertEquals("linux-arm64v8", Platform.of("Linux", "aarch64").artifact());
        assertEquals(
                "/postgres-linux-arm_64.txz", Platform.of("Linux", "aarch64").archive());
        assertEquals("darwin-arm64v8", Platform.of("Mac OS X", "aarch64").artifact());
        assertEquals(
                "/postgres-darwin-arm_64.txz",
                Platform.of("Mac OS X", "aarch64").archive());
    }

    @Test
    void the_archive_of_this_machine_is_on_the_class_path() {
        assertNotNull(Dist.class.getResource(Platform.here().archive()));
    }

    @Test
    void the_pom_names_an_artifact_for_each_machine() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        for (String artifact : List.of("linux-amd64", "linux-arm64v8", "darwin-arm64v8")) {
            assertTrue(pom.contains("<postgresql.binaries.platform>" + artifact + "<"), artifact);
        }
    }

    @Test
    void another_machine_is_told_what_to_do() {
        for (String[] machine :
                new String[][] {{"Windows 11", "amd64"}, {"Mac OS X", "x86_64"}, {"Linux", "riscv64"}}) {
            Trouble trouble = assertThrows(Trouble.class, () -> Platform.of(machine[0], machine[1]));
            assertTrue(trouble.getMessage().contains("not on " + machine[0]), trouble.getMessage());
            assertTrue(trouble.getMessage().contains("docker/"), trouble.getMessage());
        }
    }

    @Test
    void a_java_that_is_too_old_is_named() {
        Platform.requireJava(17);
        Platform.requireJava(25);
        Trouble trouble = assertThrows(Trouble.class, () -> Platform.requireJava(16));
        assertTrue(trouble.getMessage().startsWith("Java 17 or newer is needed, but this is Java 16"));
    }

    @Test
    void an_ordinary_user_needs_no_help() {
        assertEquals(RunAs.SELF, RunAs.choose(false, command -> false));
        assertEquals(List.of("postgres", "-D", "x"), RunAs.SELF.command("postgres", "-D", "x"));
    }

    @Test
    void root_takes_the_first_way_that_works() {
        assertEquals(RunAs.USER_NAMESPACE, RunAs.choose(true, command -> true));
        assertEquals(RunAs.NOBODY_BY_SETPRIV, RunAs.choose(true, command -> !command.contains("unshare")));
        assertEquals(RunAs.NOBODY_BY_RUNUSER, RunAs.choose(true, command -> command.contains("runuser")));
        assertEquals(List.of("unshare", "-U", "--", "initdb"), RunAs.USER_NAMESPACE.command("initdb"));
    }

    @Test
    void root_without_any_way_is_told_to_be_somebody_else() {
        Trouble trouble = assertThrows(Trouble.class, () -> RunAs.choose(true, command -> false));
        assertTrue(trouble.getMessage().contains("ordinary user"), trouble.getMessage());
    }

    @Test
    void nobody_cannot_enter_a_private_home(@TempDir Path folder) throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        Path clone = Files.createDirectories(home.resolve("clone"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        Trouble trouble = assertThrows(Trouble.class, () -> RunAs.requireReachable(clone));
        assertTrue(trouble.getMessage().contains("nobody cannot enter " + home), trouble.getMessage());
        assertTrue(trouble.getMessage().contains("-Dholdfast.local.dir"), trouble.getMessage());
    }
}
