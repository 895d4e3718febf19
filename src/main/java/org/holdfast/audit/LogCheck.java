// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.holdfast.tlog.Finding;
import org.holdfast.tlog.KeptCheckpoint;
import org.holdfast.tlog.LogVerifier;
import org.holdfast.tlog.Malformed;
import org.holdfast.tlog.Policy;
import org.holdfast.tlog.Verdict;

/**
 * Verifies the log where it lies: the same verifier as in the stand-alone jar, and what only the database can tell, namely
 * copies beside the entries, the queue, sealed details and earlier checkpoints.
 *
 * <p>It runs on the server that is being verified. Whoever controls that server controls the answer; the bundle and a
 * checkpoint kept outside are the proof. Safe between threads; runs for as long as the log is long.
 */
@ApplicationScoped
public class LogCheck {
    private static final int KEPT = 100;

    private final Snapshot snapshot;
    private final LogMemory memory;

    LogCheck(Snapshot snapshot, LogMemory memory) {
        this.snapshot = snapshot;
        this.memory = memory;
    }

    /**
     * What the verification came to.
     *
     * @param verdict with the findings of the database behind those of the verifier
     * @param checkpoint the signed note to keep
     * @param checkpoints earlier checkpoints in the database that were looked at
     */
    public record Result(Verdict verdict, byte[] checkpoint, int checkpoints) {}

    /** Is told how far it is. */
    @FunctionalInterface
    public interface Progress {
        /**
         * So many entries are read, in their form, hashed and their signatures verified.
         *
         * @param done a multiple of 256, or all
         * @param all the entries of the checkpoint that is verified
         */
        void read(long done, long all);
    }

    /**
     * Verifies everything, the signatures of every actor included, in a transaction of its own, and adds what this server has found
     * wrong since it started. Ten thousand entries take about a second.
     *
     * @param kept checkpoints that were kept outside
     * @param progress is told now and then; what it throws ends the verification and comes out here
     * @return empty before the first start is done
     * @throws AlteredLog if what is stored is not even in its form, so that there is nothing to judge
     */
    public Optional<Result> verify(List<KeptCheckpoint> kept, Progress progress) {
        List<Finding> extra = new ArrayList<>();
        return snapshot.read(extra::add, (connection, source, policy) -> {
            memory.trouble().ifPresent(trouble -> extra.add(foundHere(trouble)));
            return verify(connection, source, policy, kept, extra, progress);
        });
    }

    /** What this server knows and no bundle can tell. */
    private static Finding foundHere(String trouble) {
        return new Finding(
                Finding.NOWHERE,
                "log.altered",
                "This server, which keeps in mind what it wrote and read, says: " + trouble + ".");
    }

    static Result verify(
            Connection connection,
            DatabaseLogSource source,
            Policy policy,
            List<KeptCheckpoint> kept,
            List<Finding> extra,
            Progress progress)
            throws IOException, Malformed, SQLException {
        long all = source.size();
        progress.read(0, all);
        Verdict verdict = new LogVerifier(policy)
                .keeping(kept)
                .withSignatures()
                .onProgress(done -> progress.read(done, all))
                .verify(source);
        DatabaseChecks database = new DatabaseChecks(connection, extra::add);
        database.queue();
        database.details();
        int checkpoints = database.checkpoints(policy);
        List<Finding> findings = new ArrayList<>(verdict.findings());
        findings.addAll(extra);
        // What names a place comes before what only says that something was changed since.
        findings.sort(Comparator.comparingInt(Finding::rank));
        return new Result(
                new Verdict(
                        verdict.checkpoint(),
                        findings.subList(0, Math.min(KEPT, findings.size())),
                        verdict.total() + extra.size(),
                        verdict.counts()),
                source.checkpoint(),
                checkpoints);
    }
}
