// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tools;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line of Holdfast: {@code java -jar holdfast-tools.jar COMMAND}.
 *
 * <p>Exit codes: 0 sound, 1 a finding, 2 an input that cannot be used or a command that cannot be understood.
 */
@Command(
        name = "holdfast-tools",
        mixinStandardHelpOptions = true,
        version = "holdfast-tools 0.1.0",
        description = "Checks what a Holdfast server says about itself, without the server.",
        subcommands = {VerifyCommand.class, CommandLine.HelpCommand.class})
public final class HoldfastTools {
    static final int SOUND = 0;
    static final int FINDING = 1;
    static final int UNUSABLE = 2;

    private HoldfastTools() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        int code = run(new PrintWriter(System.out, true, UTF_8), new PrintWriter(System.err, true, UTF_8), args);
        System.exit(code);
    }

    /** Runs a command and returns its exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(new HoldfastTools());
        line.setOut(out).setErr(err);
        // An input that the command did not expect is unusable; it is never a verdict.
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("Cannot go on: " + failure);
            return UNUSABLE;
        });
        if (args.length == 0) {
            line.usage(err);
            return UNUSABLE;
        }
        try {
            return line.execute(args);
        } catch (OutOfMemoryError | StackOverflowError e) {
            // The virtual machine would end with 1, which is a verdict.
            err.println("Cannot go on: " + e.getClass().getSimpleName());
            return UNUSABLE;
        }
    }
}
