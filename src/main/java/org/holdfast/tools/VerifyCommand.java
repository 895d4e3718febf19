// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tools;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.holdfast.tlog.Bundle;
import org.holdfast.tlog.KeptCheckpoint;
import org.holdfast.tlog.LogVerifier;
import org.holdfast.tlog.Malformed;
import org.holdfast.tlog.Policy;
import org.holdfast.tlog.Verdict;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verify}: reads a bundle and says whether the log in it is sound. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Verifies a bundle of the log and prints one page.",
        footer = {"", "Exit codes: 0 sound, 1 a finding, 2 an input that cannot be used."})
final class VerifyCommand implements Callable<Integer> {
    private static final long MAX_SMALL_FILE = 1 << 16;

    @Parameters(paramLabel = "BUNDLE", description = "The zip file that the log page offers.")
    private @Nullable Path bundle;

    @Option(
            names = "--kept",
            paramLabel = "CHECKPOINT",
            description = "A checkpoint kept outside the server; can be given more than once.")
    private List<Path> kept = new ArrayList<>();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "The log's origin and keys from somewhere else than the bundle.")
    private @Nullable Path policyFile;

    @Option(names = "--signatures", description = "Verify the directory and the actors' signatures too.")
    private boolean signatures;

    @Option(
            names = "--pin",
            paramLabel = "SHA-256",
            description = "The pinned hash of the directory's founding statement, with --signatures.")
    private @Nullable String pin;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description =
                    "Holds the log to the checkpoint in this file, if it is there; keeps the new one if it is sound.")
    private @Nullable Path state;

    @Spec
    private @Nullable CommandSpec spec;

    /** An input that cannot be used, with its place. */
    private static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(Path file, Malformed why) {
            this(file, why.place() + ": " + why.reason());
        }

        Unusable(Path file, String why) {
            super(file.getFileName() + ": " + why);
        }
    }

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        PrintWriter out = command.commandLine().getOut();
        Path file = Objects.requireNonNull(bundle);
        try {
            return verify(file, out);
        } catch (Unusable e) {
            command.commandLine().getErr().println("This input cannot be used. " + e.getMessage() + ".");
            return HoldfastTools.UNUSABLE;
        }
    }

    private int verify(Path file, PrintWriter out) throws Unusable {
        List<KeptCheckpoint> checkpoints = new ArrayList<>();
        for (Path one : kept) {
            checkpoints.add(checkpoint(one));
        }
        if (state != null && Files.exists(state)) {
            checkpoints.add(checkpoint(state));
        }
        Policy given = policyFile == null ? null : policy(policyFile);
        try (Bundle opened = Bundle.open(file)) {
            Policy policy = given == null ? opened.policy() : given;
            LogVerifier verifier = new LogVerifier(policy).keeping(checkpoints);
            if (signatures || pin != null) {
                verifier.withSignatures();
            }
            Verdict verdict = verifier.verify(opened);
            boolean pinned = pin == null || pin.equals(verdict.counts().founding());
            new Report(out).print(file, verdict, given != null, pin, pinned);
            if (!verdict.sound() || !pinned) {
                return HoldfastTools.FINDING;
            }
            if (state != null) {
                keep(state, opened.checkpoint());
            }
            return HoldfastTools.SOUND;
        } catch (Malformed e) {
            throw new Unusable(file, e);
        } catch (IOException e) {
            throw new Unusable(file, "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static KeptCheckpoint checkpoint(Path file) throws Unusable {
        try {
            return KeptCheckpoint.parse(String.valueOf(file.getFileName()), small(file));
        } catch (Malformed e) {
            throw new Unusable(file, e);
        }
    }

    private static Policy policy(Path file) throws Unusable {
        try {
            return Policy.parse(small(file));
        } catch (Malformed e) {
            throw new Unusable(file, e);
        }
    }

    private static byte[] small(Path file) throws Unusable {
        try {
            if (Files.size(file) > MAX_SMALL_FILE) {
                throw new Unusable(file, "is too long");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Unusable(file, "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** In one step, so that a state file is never half written. */
    private static void keep(Path file, byte[] note) throws Unusable {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(fresh, note);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new Unusable(file, "cannot be written (" + e.getClass().getSimpleName() + ")");
        }
    }
}
