// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.oversight;

import jakarta.inject.Singleton;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.holdfast.access.Bracket;
import org.holdfast.access.CurrentActor;
import org.holdfast.access.Problem;
import org.holdfast.access.Role;
import org.holdfast.access.UseCase;
import org.holdfast.audit.Act;
import org.holdfast.audit.AlteredLog;
import org.holdfast.audit.AuditBundle;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.audit.KeysDue;
import org.holdfast.audit.LogFilter;
import org.holdfast.audit.LogLine;
import org.holdfast.audit.LogPage;
import org.holdfast.audit.LogReader;
import org.holdfast.audit.LogSettings;
import org.holdfast.audit.Notary;
import org.holdfast.audit.Pseudonym;
import org.holdfast.cases.CasesForOversight;
import org.holdfast.vault.Directory;
import org.holdfast.vault.Grant;
import org.holdfast.vault.StaffNames;
import org.holdfast.vault.UnlockedUser;
import org.holdfast.vault.Vault;
import org.jspecify.annotations.Nullable;

/** Reads the log and hands it out, for supervisors and auditors. Each of these is a line of its own. */
@UseCase
public class LogDesk {
    private static final Set<String> NOBODY_OF_THE_STAFF =
            Set.of(LogLines.REPORT_DOOR, LogLines.SYSTEM, LogLines.UNKNOWN);

    private final CurrentActor current;
    private final UnlockedUser user;
    private final StaffNames names;
    private final Directory directory;
    private final CasesForOversight cases;
    private final Vault vault;
    private final Bracket bracket;
    private final Records records;

    LogDesk(
            CurrentActor current,
            UnlockedUser user,
            StaffNames names,
            Directory directory,
            CasesForOversight cases,
            Vault vault,
            Bracket bracket,
            Records records) {
        this.current = current;
        this.user = user;
        this.names = names;
        this.directory = directory;
        this.cases = cases;
        this.vault = vault;
        this.bracket = bracket;
        this.records = records;
    }

    /** The parts of the record that this desk works with; no proxy, because the desk reads its fields. */
    @Singleton
    static class Records {
        private final AuditLog log;
        private final LogReader reader;
        private final AuditBundle bundle;
        private final Notary notary;
        private final KeysDue keysDue;
        private final LogSettings settings;

        Records(
                AuditLog log,
                LogReader reader,
                AuditBundle bundle,
                Notary notary,
                KeysDue keysDue,
                LogSettings settings) {
            this.log = log;
            this.reader = reader;
            this.bundle = bundle;
            this.notary = notary;
            this.keysDue = keysDue;
            this.settings = settings;
        }
    }

    /** What the home of oversight shows. */
    public HomeView home() {
        enter();
        return bracket.read(() -> new HomeView(
                current.has(Role.SUPERVISOR), cases.number(), records.keysDue.cases(), records.reader.waiting()));
    }

    /** Whether entries can be by this actor, as they name one: somebody of the directory, who left too, or one of the three others. */
    public boolean isActor(String actor) {
        enter();
        return NOBODY_OF_THE_STAFF.contains(actor)
                || directory.statementsOfPeople().values().stream()
                        .map(LogLines::actorOf)
                        .anyMatch(actor::equals);
    }

    private record Fetched(
            LogPage page,
            long waiting,
            Map<UUID, byte[]> sealed,
            @Nullable Grant oversight) {}

    /**
     * A page of lines.
     *
     * @throws DateTimeException if a day is no day
     */
    public LogView read(LogQuery query) {
        enter();
        boolean supervisor = current.has(Role.SUPERVISOR);
        Map<UUID, String> staff = names.all();
        List<CasesForOversight.Label> labels = supervisor ? labels() : List.of();
        LogFilter filter = filter(query, labels);
        Fetched fetched = bracket.read(() -> fetch(query, filter, supervisor));
        Map<String, String> people = new HashMap<>();
        staff.forEach((id, name) -> people.put(LogLines.actorOf(id), name));
        Map<Pseudonym, String> codes = new HashMap<>();
        labels.forEach(label -> codes.put(label.name(), label.label()));
        LogLines lines = new LogLines(people, codes, open(fetched), directory.statementsOfPeople());
        return new LogView(
                query,
                fetched.page().lines().stream().map(lines::line).toList(),
                persons(people),
                labels.stream()
                        .map(l -> new LogView.Option(l.name().hex(), l.label()))
                        .toList(),
                Arrays.stream(Act.values())
                        .map(act ->
                                new LogView.Option(act.code(), ActWords.of(act).kind()))
                        .toList(),
                records.reader.trouble().orElse(null),
                fetched.waiting(),
                records.settings.reportDoor() == LogSettings.ReportDoor.HOURLY,
                fetched.page().olderThan(),
                fetched.page().newerThan());
    }

    /** From a log that was altered no summary is opened; the log itself is shown all the same, for those who look for what happened. */
    private List<CasesForOversight.Label> labels() {
        try {
            return cases.labels();
        } catch (Problem.Tampering | AlteredLog e) {
            if (records.reader.trouble().isEmpty()) {
                throw e;
            }
            return List.of();
        }
    }

    private Fetched fetch(LogQuery query, LogFilter filter, boolean supervisor) {
        Long newer = LogQuery.number(query.newer());
        LogPage page = newer == null
                ? records.reader.page(filter, LogQuery.number(query.older()))
                : records.reader.pageNewerThan(filter, newer);
        List<UUID> detailed =
                page.lines().stream().filter(LogLine::detail).map(LogLine::id).toList();
        boolean open = supervisor && !detailed.isEmpty();
        Grant oversight = open ? vault.oversightGrant() : null;
        Map<UUID, byte[]> sealed = open ? records.reader.sealedDetails(detailed) : Map.of();
        records.log.record(AuditEvent.of(Act.LOG_READ)
                .inCase(filter.caseName())
                .because("lines." + page.lines().size()));
        return new Fetched(page, records.reader.waiting(), sealed, oversight);
    }

    /** A text that does not open is said where it belongs and takes no other line from the reader. */
    private Map<UUID, String> open(Fetched fetched) {
        Map<UUID, String> details = new HashMap<>();
        Grant oversight = fetched.oversight();
        if (oversight != null) {
            fetched.sealed().forEach((entry, detail) -> details.put(entry, open(oversight, detail)));
        }
        return details;
    }

    private String open(Grant oversight, byte[] detail) {
        try {
            return vault.openDetail(oversight, detail);
        } catch (Problem.Tampering e) {
            return "[This text cannot be opened: it is not what was sealed to the oversight key.]";
        }
    }

    /** Only a case whose summary the reader holds can be asked for; a word of the list or nothing is asked of the rest. */
    private static LogFilter filter(LogQuery query, List<CasesForOversight.Label> labels) {
        Pseudonym caseName = null;
        if (!query.caseName().isEmpty()) {
            caseName = labels.stream()
                    .map(CasesForOversight.Label::name)
                    .filter(name -> name.hex().equals(query.caseName()))
                    .findFirst()
                    .orElseThrow(Problem::notHere);
        }
        return new LogFilter(
                query.person().isEmpty() ? null : query.person(),
                caseName,
                query.act().orElse(null),
                null,
                LogQuery.day(query.from()),
                LogQuery.day(query.to()));
    }

    private static List<LogView.Option> persons(Map<String, String> people) {
        List<LogView.Option> options = new ArrayList<>();
        people.forEach((actor, name) -> options.add(new LogView.Option(actor, name)));
        options.sort(Comparator.comparing(LogView.Option::label));
        options.add(new LogView.Option(LogLines.REPORT_DOOR, "The report door"));
        options.add(new LogView.Option(LogLines.SYSTEM, "The server"));
        options.add(new LogView.Option(LogLines.UNKNOWN, "Somebody who is not enrolled"));
        return options;
    }

    /** The newest checkpoint, to keep. */
    public byte[] checkpoint() {
        enter();
        bracket.write(() -> records.log.record(AuditEvent.of(Act.LOG_READ).because("checkpoint")));
        try {
            return records.notary.checkpointNow().orElseThrow(Problem::notStarted);
        } catch (AlteredLog e) {
            throw Problem.tampering("log.unreadable");
        }
    }

    /** Writes the line of a download, before the first byte of it leaves. */
    public void beginBundle() {
        enter();
        if (records.notary.policy().isEmpty()) {
            throw Problem.notStarted();
        }
        bracket.write(() -> records.log.record(AuditEvent.of(Act.LOG_BUNDLED)));
    }

    /** Writes the bundle and closes the stream; after {@link #beginBundle()}. */
    public void writeBundle(OutputStream out) {
        records.bundle.write(out);
    }

    private void enter() {
        current.require(Role.SUPERVISOR, Role.AUDITOR);
        user.require();
    }
}
