// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.holdfast.access.Problem;
import org.holdfast.access.Role;
import org.holdfast.rules.Codes;
import org.holdfast.rules.report.Answers;
import org.holdfast.rules.report.ReportContent;
import org.holdfast.rules.report.ReportIdentity;
import org.holdfast.rules.report.ReportKind;
import org.holdfast.vault.Card;
import org.holdfast.vault.Compartment;
import org.holdfast.vault.Directory;
import org.holdfast.vault.FieldKey;
import org.holdfast.vault.NewObject;
import org.holdfast.vault.ObjectKind;
import org.holdfast.vault.Vault;
import org.jspecify.annotations.Nullable;

/**
 * Makes cases: empty ones, and those that begin with a report from the report door.
 *
 * <p>The person who makes a case holds all of it; every supervisor of the day holds its summary. All methods run outside of
 * a transaction and prepare only; {@link PreparedCase#store} writes.
 */
@ApplicationScoped
public class CaseBeginning {

    private final Vault vault;
    private final Directory directory;
    private final CaseStore store;
    private final CaseAccess access;
    private final Clock clock;

    CaseBeginning(Vault vault, Directory directory, CaseStore store, CaseAccess access, Clock clock) {
        this.vault = vault;
        this.directory = directory;
        this.store = store;
        this.access = access;
        this.clock = clock;
    }

    /**
     * A case that begins with a report from the report door.
     *
     * <p>The exact bytes of both parts are kept beside what caseworkers will edit: the content becomes the first report of the
     * case, the identity its first person if it says anything. Nothing of the identity is copied into content.
     *
     * @param content the opened content
     * @param contentBytes the very bytes that were opened
     * @param identity the opened identity; it is sealed anew, shown to nobody
     * @param identityBytes the very bytes that were opened
     * @param card the report's card, null or empty when the reporter asked for no number
     */
    public PreparedCase fromReport(
            ReportContent content,
            byte[] contentBytes,
            ReportIdentity identity,
            byte[] identityBytes,
            @Nullable Card card) {
        UUID who = access.enter(CasePolicy.Act.CREATE);
        ReportKind kind = ReportKind.ofCode(content.kind()).orElseThrow(() -> Problem.tampering("report.kind"));
        Map<String, List<String>> answers = new LinkedHashMap<>();
        answers.put("working", List.of(WorkingName.offer()));
        answers.put("source", List.of("rs.self_report"));
        if (Codes.shipped().contains("language", content.language())) {
            answers.put("language", List.of(content.language()));
        }
        if (!content.answers().one("now_country").isEmpty()) {
            answers.put("host", List.of(content.answers().one("now_country")));
        }
        if (content.answers().one("danger_now").equals("yes")) {
            answers.put("urgency", List.of("UG3"));
        }
        boolean mailbox = card != null && !card.empty();
        NewObject object = begin();
        List<CaseRow> rows = base(
                object,
                new CaseSummary(WorkingName.code(), who, List.of(kind.code()), mailbox, new Answers(answers)),
                identity.answers().many("name"));
        FieldKey contentKey = object.key(Compartment.CONTENT);
        FieldKey identityKey = object.key(Compartment.IDENTITY);

        CaseReport report = part(new CaseReport(), object.id());
        Seals.seal(report, contentKey, kind, now(), who, content.answers());
        rows.add(report);
        OriginalContent originalContent = part(new OriginalContent(), object.id());
        originalContent.original = contentKey.sealBytes(originalContent.place("original"), contentBytes);
        rows.add(originalContent);
        OriginalIdentity originalIdentity = part(new OriginalIdentity(), object.id());
        originalIdentity.original = identityKey.sealBytes(originalIdentity.place("original"), identityBytes);
        rows.add(originalIdentity);
        if (!identity.answers().values().isEmpty()) {
            CasePerson person = part(new CasePerson(), object.id());
            Seals.seal(person, identityKey, person(identity.answers()));
            rows.add(person);
        }
        if (card != null && mailbox) {
            CaseMailbox box = part(new CaseMailbox(), object.id());
            Seals.seal(box, contentKey, card);
            rows.add(box);
        }
        return new PreparedCase(object, rows, store, access);
    }

    /** A case without reports. */
    PreparedCase empty(Answers answers) {
        UUID who = access.enter(CasePolicy.Act.CREATE);
        Map<String, List<String>> all = new LinkedHashMap<>(answers.values());
        all.putIfAbsent("working", List.of(WorkingName.offer()));
        NewObject object = begin();
        List<CaseRow> rows =
                base(object, new CaseSummary(WorkingName.code(), who, List.of(), false, new Answers(all)), List.of());
        return new PreparedCase(object, rows, store, access);
    }

    private NewObject begin() {
        return vault.begin(
                        ObjectKind.CASE,
                        UUID.randomUUID(),
                        Compartment.IDENTITY,
                        Compartment.CONTENT,
                        Compartment.SUMMARY)
                .grantToAll(Role.SUPERVISOR, Compartment.SUMMARY);
    }

    private List<CaseRow> base(NewObject object, CaseSummary summary, List<String> known) {
        CaseFile file = new CaseFile();
        file.id = object.id();
        file.tenant = tenant();
        file.openedDay = today();
        Seals.seal(file, object.key(Compartment.SUMMARY), summary);
        CaseNames names = part(new CaseNames(), object.id());
        Seals.seal(names, object.key(Compartment.IDENTITY), new NamesSummary(known));
        return new ArrayList<>(List.of(file, names));
    }

    /** A fresh row of a case. */
    <T extends CasePart> T part(T row, UUID caseId) {
        row.id = UUID.randomUUID();
        row.caseId = caseId;
        row.tenant = tenant();
        return row;
    }

    private UUID tenant() {
        return directory.tenant().orElseThrow(Problem::notStarted);
    }

    /** Now, as seals keep it. */
    String now() {
        return Moments.now(clock);
    }

    LocalDate today() {
        return LocalDate.now(clock);
    }

    private static Answers person(Answers identity) {
        Map<String, List<String>> person = new LinkedHashMap<>();
        move(identity, "name", person, "names.1.name");
        move(identity, "phone", person, "phone");
        move(identity, "address", person, "email");
        String hours = identity.one("safe_hours");
        String zone = identity.one("timezone");
        if (ZoneId.getAvailableZoneIds().contains(zone.strip())) {
            person.put("zone", List.of(zone.strip()));
        } else if (!zone.isEmpty()) {
            hours = hours.isEmpty() ? zone : hours + " (" + zone + ")";
        }
        if (!hours.isEmpty()) {
            person.put("safe_hours", List.of(hours));
        }
        return new Answers(person);
    }

    private static void move(Answers from, String input, Map<String, List<String>> to, String name) {
        if (!from.many(input).isEmpty()) {
            to.put(name, from.many(input));
        }
    }
}
