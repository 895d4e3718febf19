// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.access.UseCase;
import org.holdfast.audit.Act;
import org.holdfast.audit.ActingNow;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.audit.RowHash;
import org.holdfast.rules.report.Answers;
import org.holdfast.rules.report.ReportContent;
import org.holdfast.rules.report.ReportIdentity;
import org.holdfast.rules.report.ReportKind;
import org.holdfast.vault.Card;
import org.holdfast.vault.Directory;
import org.holdfast.vault.IntakeVault;
import org.holdfast.vault.MailboxKeys;
import org.holdfast.vault.SealedReport;
import org.holdfast.vault.Vault;
import org.holdfast.web.Away;

/** What a stranger may do: leave a report, once, and ask for a number to come back with. */
@UseCase
public class IntakeDesk {
    private static final int ATTEMPTS = 3;

    private final IntakeVault seals;
    private final Vault vault;
    private final MailboxKeys mailboxes;
    private final Directory directory;
    private final ReportStore store;
    private final Bracket bracket;
    private final RowHash rowHash;
    private final AuditLog log;
    private final ActingNow acting;
    private final Clock clock;
    private volatile boolean open;

    IntakeDesk(
            IntakeVault seals,
            Vault vault,
            MailboxKeys mailboxes,
            Directory directory,
            ReportStore store,
            Bracket bracket,
            RowHash rowHash,
            AuditLog log,
            ActingNow acting,
            Clock clock) {
        this.seals = seals;
        this.vault = vault;
        this.mailboxes = mailboxes;
        this.directory = directory;
        this.store = store;
        this.bracket = bracket;
        this.rowHash = rowHash;
        this.log = log;
        this.acting = acting;
        this.clock = clock;
    }

    /**
     * A report that is stored.
     *
     * @param report its id, known to nobody but this page
     * @param proof 32 bytes, whose hash is inside the sealed report; none if the ticket had stored a report before that is not
     *     known to be this very one, or is no report any more
     * @param again whether the ticket had stored a report before
     */
    public record Accepted(UUID report, byte[] proof, boolean again) {
        /** Whether a number may be asked for: this very report is stored, now or before. */
        public boolean proven() {
            return proof.length > 0;
        }

        @Override
        public String toString() {
            return "Accepted";
        }
    }

    /** Whether a report can be taken at all. Once open it stays so, and the database is not asked again for a blank page. */
    public boolean isOpen() {
        if (!open) {
            open = directory.founded();
        }
        return open;
    }

    /**
     * Whether this ticket has stored a report.
     *
     * @throws Problem.Unavailable if the database does not answer
     */
    public boolean isStored(byte[] ticket) {
        acting.reportDoor();
        return orUnavailable(Problem.Kept.UNKNOWN, () -> bracket.read(() -> store.isUsed(ticket)));
    }

    /**
     * Seals a report and stores it once.
     *
     * @param language tag of the form
     * @param ticket id of the form, 16 bytes
     * @param page the random bytes of the page it was sent from, none if it was not shown one
     * @throws Problem.Unavailable with what is known about its fate, if the database does not answer
     */
    public Accepted accept(
            ReportKind kind, String language, Answers content, Answers identity, byte[] ticket, byte[] page) {
        acting.reportDoor();
        boolean shown = page.length > 0;
        byte[] proof = shown ? Proof.ofPage(page) : Proof.random();
        UUID id = shown ? Proof.reportId(proof, kind, content, identity) : UUID.randomUUID();
        UUID tenant;
        SealedReport report;
        byte[] card;
        try {
            if (shown && bracket.read(() -> store.isUsed(ticket))) {
                return again(id, proof, ticket);
            }
            tenant = directory.tenant().orElseThrow(Problem::notStarted);
            report = seals.seal(
                    id,
                    new ReportIdentity(identity),
                    new ReportContent(kind.code(), language, content, Proof.hash(proof)));
            card = seals.sealCard(id, 1, Card.withoutNumber(proof));
        } catch (RuntimeException e) {
            if (Away.isBehind(e)) {
                throw Problem.unavailable(Problem.Kept.NOT_STORED);
            }
            throw e;
        }
        LocalDate day = LocalDate.ofInstant(clock.instant(), java.time.ZoneOffset.UTC);
        return store(id, tenant, ticket, day, report, card)
                ? new Accepted(id, proof, false)
                : new Accepted(id, new byte[0], true);
    }

    /** Where the ticket has stored a report: whoever sent the very same page may ask for its number, and nobody else. */
    private Accepted again(UUID id, byte[] proof, byte[] ticket) {
        boolean same =
                bracket.read(() -> store.storedBy(ticket)).filter(id::equals).isPresent();
        return new Accepted(id, same ? proof : new byte[0], true);
    }

    /**
     * Stores, and when the connection breaks at the moment of commit finds out what became of it: the same row is offered again, and the
     * unique ticket makes that wait for a commit that is still under way.
     */
    private boolean store(UUID id, UUID tenant, byte[] ticket, LocalDate day, SealedReport report, byte[] card) {
        boolean perhaps = false;
        for (int attempt = 1; ; attempt++) {
            boolean[] atCommit = {false};
            try {
                return bracket.write(() -> {
                    boolean stored = store.insert(id, tenant, ticket, day, report, card);
                    if (stored) {
                        log.record(List.of(
                                line(Act.REPORT_ACCEPTED, id, ReportStore.REPORTS),
                                line(Act.REPORT_CARD, id, ReportStore.CARDS)));
                    } else {
                        // Stored by an attempt of this very request whose answer was lost, or by a second click on the
                        // same button at the same moment: that is ours.
                        stored = store.storedBy(ticket).filter(id::equals).isPresent();
                    }
                    atCommit[0] = true;
                    return stored;
                });
            } catch (RuntimeException e) {
                if (!atCommit[0] && !Away.isBehind(e)) {
                    throw e;
                }
                perhaps |= atCommit[0];
                if (attempt == ATTEMPTS) {
                    throw Problem.unavailable(perhaps ? Problem.Kept.UNKNOWN : Problem.Kept.NOT_STORED);
                }
                Pause.seconds(attempt);
            }
        }
    }

    private AuditEvent line(Act act, UUID report, String table) {
        return AuditEvent.of(act).on(vault.nameInLog(report, table, report)).hash(rowHash.of(table, report));
    }

    /**
     * How asking for a number ended.
     *
     * @param number shown once; empty if none was given
     * @param before if there is a number already: which one, to be named when another is to take its place; else 0
     */
    public record Given(String number, long before) {
        static final Given TOO_LATE = new Given("", 0);

        @Override
        public String toString() {
            return "Given";
        }
    }

    /**
     * Gives a number for a report and seals its mailbox into the report's card. A report has one number: asking again changes
     * nothing, unless the number that is to stop working is named.
     *
     * @param instead {@link Given#before} of the number that is to stop working, 0 for none
     * @return neither number nor {@code before} if a caseworker has taken the report up, so that nothing can be added to it
     * @throws Problem.Busy if too many ask at once
     */
    public Given giveNumber(UUID report, byte[] proof, long instead) {
        acting.reportDoor();
        // Whatever happens to the number, the report it is for is stored, and that is what the page must say.
        return orUnavailable(Problem.Kept.STORED, () -> numberFor(report, proof, instead));
    }

    private Given numberFor(UUID report, byte[] proof, long instead) {
        Optional<ReportStore.CardRow> old = bracket.read(() -> store.card(report));
        if (old.isEmpty()) {
            return Given.TOO_LATE;
        }
        long revision = old.get().revision();
        if (revision > ReportStore.WITHOUT_NUMBER && revision != instead) {
            return new Given("", revision);
        }
        MailboxKeys.Issued issued = mailboxes.issue();
        byte[] sealed;
        try (var mailbox = issued.mailbox()) {
            sealed = seals.sealCard(report, revision + 1, mailbox.card(proof));
        }
        boolean replaced = bracket.write(() -> {
            boolean done = store.replaceCard(report, revision, sealed);
            if (done) {
                log.record(line(Act.REPORT_CARD, report, ReportStore.CARDS));
            }
            return done;
        });
        // Else somebody was faster: a second click, or a caseworker who took the report up.
        return replaced ? new Given(issued.number(), 0) : numberFor(report, proof, 0);
    }

    private static <T> T orUnavailable(Problem.Kept kept, Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            if (Away.isBehind(e)) {
                throw Problem.unavailable(kept);
            }
            throw e;
        }
    }
}
