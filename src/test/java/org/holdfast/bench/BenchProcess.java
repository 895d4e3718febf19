// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A main class of the benches in a JVM of its own, with the settings of the tests. */
final class BenchProcess {
    private BenchProcess() {}

    static ProcessBuilder of(String main, String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String setting : List.of("holdfast.local.keycloak-zip", "holdfast.local.dir")) {
            command.add("-D" + setting + "=" + System.getProperty(setting, ""));
        }
        command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(words));
        ProcessBuilder process = new ProcessBuilder(command);
        // With it a JVM says a line that is none of the bench's.
        process.environment().remove("JAVA_TOOL_OPTIONS");
        return process;
    }
}
