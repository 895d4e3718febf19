// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** The table of promises in SECURITY.md names tests that the build runs, and forgets none of the attacks of this room. */
class PromisesTest {
    private static final Pattern NAMED = Pattern.compile("`([a-z]+)\\.([A-Za-z]+)`");

    @Test
    void every_promise_names_tests_that_the_build_runs_and_every_attack_has_its_promise() throws Exception {
        String text = Files.readString(Path.of("SECURITY.md"));
        String table = text.substring(text.indexOf("## Which test attacks"), text.indexOf("## Formats"));
        List<String> faulty = new ArrayList<>();
        TreeSet<String> attacks = new TreeSet<>();
        Matcher named = NAMED.matcher(table);
        while (named.find()) {
            whyNotRun("org.holdfast." + named.group(1) + "." + named.group(2))
                    .ifPresent(why -> faulty.add(named.group() + ": " + why));
            if (named.group(1).equals("proof")) {
                attacks.add(named.group(2));
            }
        }
        assertEquals(List.of(), faulty);
        try (var files = Files.list(Path.of("src/test/java/org/holdfast/proof"))) {
            TreeSet<String> written = new TreeSet<>();
            files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .filter(PromisesTest::isRunByItsName)
                    .forEach(written::add);
            assertTrue(written.size() > 8, "only " + written);
            // These two test the tests.
            written.removeAll(List.of("PromisesTest", "MarkersTest"));
            attacks.remove("MarkersTest");
            assertEquals(written, attacks);
        }
    }

    @Test
    void a_class_that_is_missing_misnamed_empty_or_switched_off_is_found_out() {
        assertTrue(whyNotRun("org.holdfast.proof.NoSuchTest").isPresent());
        assertTrue(whyNotRun(Dump.class.getName()).isPresent());
        assertTrue(whyNotRun(EmptyTest.class.getName()).isPresent());
        assertTrue(whyNotRun(PromisesTest.class.getName()).isEmpty());
        assertFalse(isRunByItsName("WriterComponentTests2"));
    }

    /** The builds of surefire and failsafe have no other patterns than their own. */
    @Test
    void the_build_leaves_no_test_out() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        for (String plugin : List.of("maven-surefire-plugin", "maven-failsafe-plugin")) {
            for (String part : pom.split("<plugin>")) {
                if (part.contains("<artifactId>" + plugin + "</artifactId>")) {
                    String settings = part.substring(0, part.indexOf("</plugin>"));
                    for (String word :
                            List.of("<exclude", "Groups>", "<groups>", "<skip", "IgnoreFailures", "<test>")) {
                        assertFalse(settings.contains(word), plugin + " has " + word);
                    }
                    assertTrue(
                            !settings.contains("<includes>") || settings.contains("<include>**/*Test.java<"), plugin);
                }
            }
        }
    }

    private static final class EmptyTest {}

    /** Why the build runs no test of this class; empty if it runs one. */
    private static Optional<String> whyNotRun(String name) {
        Class<?> tests;
        try {
            tests = Class.forName(name, false, PromisesTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return Optional.of("there is no such class");
        }
        if (!isRunByItsName(tests.getSimpleName())) {
            return Optional.of("neither surefire nor failsafe takes it for a test");
        }
        if (Modifier.isAbstract(tests.getModifiers()) || switchedOff(tests)) {
            return Optional.of("it is abstract or switched off");
        }
        for (Class<?> each = tests; each != null; each = each.getSuperclass()) {
            if (Arrays.stream(each.getDeclaredMethods()).anyMatch(PromisesTest::isRun)) {
                return Optional.empty();
            }
        }
        return Optional.of("it has no test that is run");
    }

    private static boolean isRunByItsName(String name) {
        return name.endsWith("Test") || name.endsWith("IT");
    }

    private static boolean isRun(Method method) {
        return AnnotationSupport.isAnnotated(method, Testable.class) && !switchedOff(method);
    }

    /** By {@code Disabled} or any of its kin, which hold under a condition. */
    private static boolean switchedOff(java.lang.reflect.AnnotatedElement element) {
        return AnnotationSupport.isAnnotated(element, Disabled.class)
                || Arrays.stream(element.getAnnotations())
                        .anyMatch(kin -> kin.annotationType().getSimpleName().startsWith("Disabled")
                                || kin.annotationType().getSimpleName().startsWith("Enabled"));
    }
}
