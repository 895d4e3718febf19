// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.holdfast.audit.Pseudonym;
import org.holdfast.vault.ListIndex.Entry;
import org.holdfast.vault.UnlockedUser;

/**
 * What oversight may know of cases: how many there are, and what those are called whose summary the person holds, so that
 * the log can be read by case. No content, and nothing about cases that she does not hold.
 */
@ApplicationScoped
public class CasesForOversight {

    private final CaseIndex index;
    private final CaseStore store;
    private final UnlockedUser unlocked;

    CasesForOversight(CaseIndex index, CaseStore store, UnlockedUser unlocked) {
        this.index = index;
        this.store = store;
        this.unlocked = unlocked;
    }

    /**
     * A case by its label.
     *
     * @param name what the log calls it
     * @param label code and working name
     */
    public record Label(UUID caseId, Pseudonym name, String label) {}

    /**
     * The cases whose summary the person holds, by label; none for somebody who holds none or whose keys are locked. Outside
     * of a transaction; the caller writes the line of what she does with it. A summary that is not what was written has no label,
     * and a line in the log each time.
     */
    public List<Label> labels() {
        if (!unlocked.isUnlocked()) {
            return List.of();
        }
        List<Label> labels = new ArrayList<>();
        for (Entry<Listed> entry : index.all(number -> {})) {
            Listed listed = entry.value();
            if (listed != null && entry.name() != null) {
                labels.add(new Label(entry.object(), entry.name(), listed.code() + " " + listed.working()));
            }
        }
        labels.sort(Comparator.comparing(Label::label));
        return labels;
    }

    /** How many cases there are. Inside a transaction or outside. */
    public long number() {
        return store.number();
    }
}
