// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StampTest {
    @TempDir
    private Path project;

    private Launcher.Stamp stamp;

    @BeforeEach
    void a_project_that_was_built() throws IOException {
        write("pom.xml", "<project/>");
        write("src/main/java/A.java", "class A {}");
        write("src/main/resources/b.sql", "select 1");
        write("src/test/java/org/holdfast/local/LocalMain.java", "class LocalMain {}");
        write("src/test/java/org/holdfast/OtherTest.java", "class OtherTest {}");
        write("src/test/resources/demonstration/AC-01.json", "{}");
        write("src/test/resources/columns.csv", "a,plain,b");
        write("keycloak-realm/holdfast-realm.json", "{}");
        write("target/quarkus-app/quarkus-run.jar", "jar");
        write("target/test-classes/org/holdfast/local/LocalMain.class", "class");
        write("target/test-classes/demonstration/AC-01.json", "{}");
        stamp = new Launcher.Stamp(project);
        stamp.write();
    }

    @Test
    void nothing_changed_is_up_to_date() throws IOException {
        assertTrue(stamp.isUpToDate());
    }

    @Test
    void a_new_time_alone_builds_nothing() throws IOException {
        Files.setLastModifiedTime(project.resolve("pom.xml"), FileTime.from(Instant.EPOCH));
        assertTrue(stamp.isUpToDate());
    }

    @Test
    void a_changed_source_builds() throws IOException {
        write("src/main/java/A.java", "class A { }");
        assertFalse(stamp.isUpToDate());
    }

    @Test
    void a_new_a_renamed_and_a_deleted_source_build() throws IOException {
        write("src/main/java/C.java", "");
        assertFalse(stamp.isUpToDate());
        stamp.write();
        Files.move(project.resolve("src/main/java/C.java"), project.resolve("src/main/java/D.java"));
        assertFalse(stamp.isUpToDate());
        stamp.write();
        Files.delete(project.resolve("src/main/resources/b.sql"));
        assertFalse(stamp.isUpToDate());
    }

    @Test
    void bytes_that_move_from_one_file_to_the_next_build() throws IOException {
        write("src/main/java/A.java", "class A {}sel");
        write("src/main/resources/b.sql", "ect 1");
        assertFalse(stamp.isUpToDate());
    }

    @Test
    void the_realm_and_the_local_stack_count() throws IOException {
        write("keycloak-realm/holdfast-realm.json", "{ }");
        assertFalse(stamp.isUpToDate());
        stamp.write();
        write("src/test/java/org/holdfast/local/LocalMain.java", "class LocalMain { }");
        assertFalse(stamp.isUpToDate());
    }

    @Test
    void a_changed_a_new_and_a_lost_invented_case_build() throws IOException {
        write("src/test/resources/demonstration/AC-01.json", "{ }");
        assertFalse(stamp.isUpToDate());
        stamp.write();
        write("src/test/resources/demonstration/AC-02.json", "{}");
        assertFalse(stamp.isUpToDate());
        stamp.write();
        Files.delete(project.resolve("target/test-classes/demonstration/AC-01.json"));
        assertFalse(stamp.isUpToDate());
    }

    /** What the run reads by name from its class path stands below a folder that counts. */
    @Test
    void every_resource_that_the_run_reads_counts() throws IOException {
        Path local = Path.of("src/test/java/org/holdfast/local");
        Set<String> read = new TreeSet<>();
        try (Stream<Path> sources = Files.list(local)) {
            for (Path source : sources.filter(file -> !file.toString().endsWith("Test.java"))
                    .toList()) {
                Matcher names = Pattern.compile("getResource(?:AsStream)?\\(\\s*\"/([^/\"]+)")
                        .matcher(Files.readString(source));
                while (names.find()) {
                    read.add(names.group(1));
                }
            }
        }
        assertTrue(read.contains("demonstration"), read.toString());
        for (String folder : read) {
            Path ours = Path.of("src/test/resources", folder);
            if (Files.exists(ours)) {
                write(ours.resolve("new").toString(), "");
                assertFalse(stamp.isUpToDate(), folder);
                stamp.write();
            }
        }
    }

    @Test
    void another_test_and_its_tables_do_not_count() throws IOException {
        write("src/test/java/org/holdfast/OtherTest.java", "class OtherTest { }");
        write("src/test/resources/columns.csv", "a,sealed,b");
        assertTrue(stamp.isUpToDate());
    }

    @Test
    void a_lost_or_foreign_product_builds() throws IOException {
        write("target/quarkus-app/quarkus-run.jar", "another jar");
        assertFalse(stamp.isUpToDate());
        write("target/quarkus-app/quarkus-run.jar", "jar");
        assertTrue(stamp.isUpToDate());
        Files.delete(project.resolve("target/quarkus-app/quarkus-run.jar"));
        assertFalse(stamp.isUpToDate());
    }

    private void write(String name, String content) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
