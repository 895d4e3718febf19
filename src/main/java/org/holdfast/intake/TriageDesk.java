// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.holdfast.access.Bracket;
import org.holdfast.access.CurrentActor;
import org.holdfast.access.Problem;
import org.holdfast.access.Refusals;
import org.holdfast.access.Role;
import org.holdfast.access.SentForm;
import org.holdfast.access.UseCase;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.cases.CaseBeginning;
import org.holdfast.cases.PreparedCase;
import org.holdfast.rules.Codes;
import org.holdfast.rules.report.ReportContent;
import org.holdfast.rules.report.ReportFields;
import org.holdfast.rules.report.ReportIdentity;
import org.holdfast.rules.report.ReportKind;
import org.holdfast.vault.Card;
import org.holdfast.vault.Compartment;
import org.holdfast.vault.Grant;
import org.holdfast.vault.IntakeVault;
import org.holdfast.vault.ObjectKind;
import org.holdfast.vault.OpenReport;
import org.holdfast.vault.UnlockedUser;
import org.holdfast.vault.Vault;
import org.holdfast.web.Paging;
import org.jspecify.annotations.Nullable;

/** What a caseworker does with new reports: look over the queue, open one, open who it is from, make it a case. */
@UseCase
public class TriageDesk {
    /** Reports on a page of the queue; opening one costs about a millisecond. */
    static final int PAGE = 100;

    private static final String YES = "yes";

    private final IntakeVault seals;
    private final Vault vault;
    private final CaseBeginning beginning;
    private final ReportStore store;
    private final ReportRows rows;
    private final SentForm form;
    private final Bracket bracket;
    private final Refusals refusals;
    private final AuditLog log;
    private final CurrentActor actor;
    private final UnlockedUser unlocked;
    private final Clock clock;

    TriageDesk(
            IntakeVault seals,
            Vault vault,
            CaseBeginning beginning,
            ReportStore store,
            ReportRows rows,
            SentForm form,
            Bracket bracket,
            Refusals refusals,
            AuditLog log,
            CurrentActor actor,
            UnlockedUser unlocked,
            Clock clock) {
        this.seals = seals;
        this.vault = vault;
        this.beginning = beginning;
        this.store = store;
        this.rows = rows;
        this.form = form;
        this.bracket = bracket;
        this.refusals = refusals;
        this.log = log;
        this.actor = actor;
        this.unlocked = unlocked;
        this.clock = clock;
    }

    private record Portion(
            Map<UUID, Grant> epochs,
            List<ReportStore.Row> found,
            Map<UUID, ReportRows.Known> known,
            int total,
            Paging paging) {

        /** Those whose rows are what was written. */
        List<ReportStore.Row> sound() {
            return found.stream().filter(this::isSound).toList();
        }

        private boolean isSound(ReportStore.Row row) {
            ReportRows.Known in = known.get(row.id());
            return in != null && in.sound();
        }

        AuditEvent finding(UUID report, String code) {
            ReportRows.Known in = known.get(report);
            return AuditEvent.of(Act.ACCESS_TAMPERING)
                    .on(in == null ? null : in.name())
                    .refused(code);
        }
    }

    private record Fetched(ReportStore.Row row, Grant epoch, ReportStore.@Nullable CardRow card) {
        long cardRevision() {
            return Objects.requireNonNull(card).revision();
        }
    }

    /**
     * A page of the queue, its most urgent first; one line in the log with the number opened.
     *
     * @param asked counted from 1; past the end it is the last
     */
    QueueView queue(int asked) {
        enter();
        Portion portion = bracket.read(() -> {
            Map<UUID, Grant> epochs = new HashMap<>();
            vault.grants(ObjectKind.INTAKE_EPOCH, Compartment.WHOLE)
                    .forEach(grant -> epochs.put(grant.object(), grant));
            List<UUID> ids = List.copyOf(epochs.keySet());
            int total = store.count(ids);
            Paging paging = Paging.of(asked, total, PAGE);
            List<ReportStore.Row> found = store.oldest(ids, paging.skipped(), PAGE);
            Map<UUID, ReportRows.Known> known =
                    rows.known(found.stream().map(ReportStore.Row::id).toList());
            Portion read = new Portion(epochs, found, known, total, paging);
            log.record(AuditEvent.of(Act.INTAKE_LISTED)
                    .because("opened." + read.sound().size()));
            return read;
        });
        List<QueueView.Line> lines = new ArrayList<>();
        List<AuditEvent> findings = new ArrayList<>();
        // One damaged report must not hide the others; it has its line, and the page says so.
        portion.found().stream()
                .filter(row -> !portion.isSound(row))
                .forEach(row -> findings.add(portion.finding(row.id(), "report.row")));
        for (ReportStore.Row row : portion.sound()) {
            try {
                lines.add(line(
                        row,
                        Objects.requireNonNull(portion.epochs().get(row.sealed().epochId()))));
            } catch (Problem.Tampering found) {
                findings.add(portion.finding(row.id(), found.code()));
            }
        }
        refusals.found(findings);
        lines.sort(Comparator.comparing((QueueView.Line line) -> !line.urgent()).thenComparing(QueueView.Line::day));
        return new QueueView(lines, portion.total(), findings.size(), portion.paging());
    }

    private QueueView.Line line(ReportStore.Row row, Grant epoch) {
        try (OpenReport report = seals.open(epoch, row.id(), row.sealed().wrap())) {
            ReportContent content = report.openContent(row.sealed().content(), ReportContent.class);
            return QueueView.Line.of(row.id(), row.day(), content, language(content));
        }
    }

    /** Opens what a report says; a line of its own. */
    OpenedView open(UUID id) {
        enter();
        Fetched fetched = bracket.read(() -> {
            Fetched found = fetch(id);
            log.record(AuditEvent.of(Act.REPORT_READ).on(rows.name(id)));
            return found;
        });
        return view(fetched, false);
    }

    /**
     * Opens who a report is from, too; a line of its own with the reason.
     *
     * @param reason a code of the list {@code access_reason}
     */
    OpenedView openIdentity(UUID id, String reason) {
        enter();
        if (!Codes.shipped().contains("access_reason", reason)) {
            throw Problem.refused("reason.missing");
        }
        Fetched fetched = bracket.read(() -> {
            Fetched found = fetch(id);
            log.record(List.of(
                    AuditEvent.of(Act.REPORT_READ).on(rows.name(id)),
                    AuditEvent.of(Act.REPORT_IDENTITY_READ).on(rows.name(id)).because(reason)));
            return found;
        });
        return view(fetched, true);
    }

    /**
     * Makes a case of a report: its exact bytes are sealed under the case's own secrets, and the report and its card are gone in the same
     * transaction, so that nobody else who holds the intake key opens it any more.
     *
     * @return the id of the case
     */
    UUID makeCase(UUID id) {
        enter();
        Fetched fetched = bracket.read(() -> {
            form.refuseIfUsed();
            return fetch(id);
        });
        ReportStore.Row row = fetched.row();
        try (OpenReport report = seals.open(fetched.epoch(), id, row.sealed().wrap())) {
            ReportContent content = report.openContent(row.sealed().content(), ReportContent.class);
            ReportIdentity identity = report.openIdentity(row.sealed().identity(), ReportIdentity.class);
            try (PreparedCase prepared = beginning.fromReport(
                    content,
                    report.contentBytes(row.sealed().content()),
                    identity,
                    report.identityBytes(row.sealed().identity()),
                    card(report, fetched, content))) {
                boolean done = bracket.write(() -> {
                    if (!store.remove(id, fetched.cardRevision(), LocalDate.now(clock))) {
                        return false;
                    }
                    form.useUp();
                    prepared.store();
                    // In the record of the case, so that the lines of the report are found from it.
                    vault.deleted(id, prepared.id(), ReportStore.CARDS, id, Act.REPORT_REMOVED);
                    vault.deleted(id, prepared.id(), ReportStore.REPORTS, id, Act.REPORT_REMOVED);
                    return true;
                });
                if (!done) {
                    // A colleague was faster; or the reporter has a number now, which the case must know.
                    return makeCase(id);
                }
                seals.erase(id);
                return prepared.id();
            }
        }
    }

    private void enter() {
        actor.require(Role.CASEWORKER);
        unlocked.require();
    }

    /** Inside: the report, if there is one that this person may open, and the rows are what was written. */
    private Fetched fetch(UUID id) {
        ReportStore.Row row = store.find(id).orElseThrow(Problem::notHere);
        Grant epoch = vault.grant(ObjectKind.INTAKE_EPOCH, row.sealed().epochId(), Compartment.WHOLE);
        rows.check(id);
        return new Fetched(row, epoch, store.card(id).orElse(null));
    }

    private OpenedView view(Fetched fetched, boolean withIdentity) {
        ReportStore.Row row = fetched.row();
        try (OpenReport report =
                seals.open(fetched.epoch(), row.id(), row.sealed().wrap())) {
            ReportContent content = report.openContent(row.sealed().content(), ReportContent.class);
            ReportKind kind = ReportKind.ofCode(content.kind()).orElseThrow(() -> Problem.tampering("report.kind"));
            Card card = card(report, fetched, content);
            List<OpenedView.Row> identity = null;
            if (withIdentity) {
                ReportIdentity who = report.openIdentity(row.sealed().identity(), ReportIdentity.class);
                identity = OpenedView.rows(ReportFields.contact(), who.answers());
            }
            return new OpenedView(
                    row.id().toString(),
                    content.answers().one("danger_now").equals(YES),
                    QueueView.word("report_type", kind.code()),
                    language(content),
                    content.language(),
                    row.day().toString(),
                    card != null,
                    OpenedView.rows(ReportFields.of(kind), content.answers()),
                    identity,
                    Codes.shipped().list("access_reason"));
        }
    }

    /** The card, if a number was given and the card carries the proof whose hash is inside the report. */
    private static @Nullable Card card(OpenReport report, Fetched fetched, ReportContent content) {
        ReportStore.CardRow stored = fetched.card();
        if (stored == null) {
            throw Problem.tampering("card.missing");
        }
        Card card = report.openCard(stored.revision(), stored.sealed());
        if (!MessageDigest.isEqual(Proof.hash(card.proof()), content.proofHash())) {
            // Not laid there by who sent the report: it does not count.
            return null;
        }
        return card.empty() ? null : card;
    }

    private static String language(ReportContent content) {
        return Codes.shipped().labelOr("language", content.language(), content.language());
    }
}
