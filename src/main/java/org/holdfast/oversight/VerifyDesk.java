// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.oversight;

import java.util.List;
import java.util.Optional;
import org.holdfast.access.Bracket;
import org.holdfast.access.CurrentActor;
import org.holdfast.access.Problem;
import org.holdfast.access.Role;
import org.holdfast.access.UseCase;
import org.holdfast.audit.Act;
import org.holdfast.audit.AlteredLog;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.audit.LogCheck;
import org.holdfast.audit.Notary;
import org.holdfast.tlog.Finding;
import org.holdfast.tlog.KeptCheckpoint;
import org.holdfast.vault.UnlockedUser;

/** Verifies the log where it lies, for supervisors and auditors: one at a time on a server, and each is a line. */
@UseCase
public class VerifyDesk {
    private final CurrentActor current;
    private final UnlockedUser user;
    private final Bracket bracket;
    private final LogCheck check;
    private final AuditLog log;
    private final Notary notary;
    private final VerifyTurn turn;

    VerifyDesk(
            CurrentActor current,
            UnlockedUser user,
            Bracket bracket,
            LogCheck check,
            AuditLog log,
            Notary notary,
            VerifyTurn turn) {
        this.current = current;
        this.user = user;
        this.bracket = bracket;
        this.check = check;
        this.log = log;
        this.notary = notary;
        this.turn = turn;
    }

    /**
     * Refuses what must be refused before the first byte of a page is sent.
     *
     * @throws Problem.NotStarted before the first start is done
     */
    public void enter() {
        current.require(Role.SUPERVISOR, Role.AUDITOR);
        user.require();
        if (notary.policy().isEmpty()) {
            throw Problem.notStarted();
        }
    }

    /** How far the one is that is under way. */
    VerifyTurn.Standing standing() {
        enter();
        return turn.standing(user.staffId());
    }

    /**
     * Verifies the log and writes down what came of it, before anybody is told.
     *
     * @param progress as in {@link LogCheck}
     * @return empty if a verification is under way already
     * @throws Problem.Tampering if what is stored is not even in its form
     * @throws Problem.Locked if the keys locked meanwhile, so that nothing could be written down
     */
    public Optional<VerdictView> verify(List<KeptCheckpoint> kept, LogCheck.Progress progress) {
        enter();
        Optional<VerifyTurn.Running> mine = turn.begin(user.staffId());
        if (mine.isEmpty()) {
            return Optional.empty();
        }
        try (VerifyTurn.Running running = mine.get()) {
            LogCheck.Result result = check.verify(kept, (done, all) -> {
                        running.read(done, all);
                        progress.read(done, all);
                    })
                    .orElseThrow(Problem::notStarted);
            String outcome = result.verdict().first().map(Finding::kind).orElse("sound");
            bracket.write(() -> log.record(AuditEvent.of(Act.LOG_VERIFIED).because(outcome)));
            return Optional.of(VerdictView.of(result));
        } catch (AlteredLog e) {
            throw Problem.tampering("log.unreadable");
        }
    }
}
