// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.audit.Pseudonym;
import org.holdfast.vault.Compartment;
import org.holdfast.vault.FieldKey;
import org.holdfast.vault.Grant;
import org.holdfast.vault.ObjectKind;
import org.holdfast.vault.UnlockedUser;
import org.holdfast.vault.Vault;

/**
 * What oversight may know of cases: how many there are, and what those are called whose summary the person holds, so that
 * the log can be read by case. No content, and nothing about cases that she does not hold.
 */
@ApplicationScoped
public class CasesForOversight {

    private final Vault vault;
    private final CaseStore store;
    private final Bracket bracket;
    private final UnlockedUser unlocked;

    CasesForOversight(Vault vault, CaseStore store, Bracket bracket, UnlockedUser unlocked) {
        this.vault = vault;
        this.store = store;
        this.bracket = bracket;
        this.unlocked = unlocked;
    }

    /**
     * A case by its label.
     *
     * @param name what the log calls it
     * @param label code and working name
     */
    public record Label(UUID caseId, Pseudonym name, String label) {}

    private record Fetched(List<Grant> grants, Map<UUID, CaseFile> files, Map<UUID, Pseudonym> names) {}

    /**
     * The cases whose summary the person holds, by label; none for somebody who holds none or whose keys are locked. Outside
     * of a transaction; the caller writes the line of what she does with it. A summary that does not open is left out here
     * and named where cases are listed.
     */
    public List<Label> labels() {
        if (!unlocked.isUnlocked()) {
            return List.of();
        }
        Fetched fetched = bracket.read(() -> {
            List<Grant> grants = vault.grants(ObjectKind.CASE, Compartment.SUMMARY);
            Map<UUID, CaseFile> files = new HashMap<>();
            Map<UUID, Pseudonym> names = new HashMap<>();
            for (CaseFile file : store.files(grants.stream().map(Grant::object).toList(), null)) {
                files.put(file.id, file);
                names.put(file.id, vault.caseName(file.id));
            }
            return new Fetched(grants, files, names);
        });
        List<Grant> known = fetched.grants().stream()
                .filter(g -> fetched.files().containsKey(g.object()))
                .toList();
        List<FieldKey> keys = vault.openAll(known);
        List<Label> labels = new ArrayList<>();
        try {
            for (int i = 0; i < known.size(); i++) {
                UUID caseId = known.get(i).object();
                try {
                    CaseSummary summary =
                            Seals.open(Objects.requireNonNull(fetched.files().get(caseId)), keys.get(i));
                    labels.add(new Label(
                            caseId,
                            Objects.requireNonNull(fetched.names().get(caseId)),
                            summary.code() + " " + summary.working()));
                } catch (Problem.Tampering altered) {
                    continue;
                }
            }
        } finally {
            keys.forEach(FieldKey::close);
        }
        labels.sort(Comparator.comparing(Label::label));
        return labels;
    }

    /** How many cases there are. Inside a transaction or outside. */
    public long number() {
        return store.number();
    }
}
