// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.holdfast.tlog.Finding;
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

    LogCheck(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** What the verification came to, and the checkpoint to keep. */
    public record Result(Verdict verdict, byte[] checkpoint) {}

    /**
     * Verifies everything, the actors' signatures included, in a transaction of its own.
     *
     * @param progress gets the number of entries read, now and then
     * @return empty before the first start is done
     * @throws AlteredLog if what is stored is not even in its form, so that there is nothing to judge
     */
    public Optional<Result> verify(LongConsumer progress) {
        List<Finding> extra = new ArrayList<>();
        return snapshot.read(
                extra::add, (connection, source, policy) -> verify(connection, source, policy, extra, progress));
    }

    static Result verify(
            Connection connection, DatabaseLogSource source, Policy policy, List<Finding> extra, LongConsumer progress)
            throws IOException, Malformed, SQLException {
        DatabaseChecks database = new DatabaseChecks(connection, extra::add);
        Verdict verdict = new LogVerifier(policy)
                .withSignatures()
                .keeping(database.checkpoints())
                .onProgress(progress)
                .verify(source);
        database.queue();
        database.details();
        List<Finding> all = new ArrayList<>(verdict.findings());
        all.addAll(extra);
        return new Result(
                new Verdict(
                        verdict.checkpoint(),
                        all.subList(0, Math.min(KEPT, all.size())),
                        verdict.total() + extra.size(),
                        verdict.counts()),
                source.checkpoint());
    }
}
