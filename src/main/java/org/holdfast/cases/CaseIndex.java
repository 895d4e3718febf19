// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.access.Refusals;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.RowHash;
import org.holdfast.vault.FieldKey;
import org.holdfast.vault.ListIndex;
import org.holdfast.vault.ListIndex.Entry;

/** The cases whose summary the person who asks holds, as lists show them. Outside of every transaction. */
@ApplicationScoped
class CaseIndex {

    private final ListIndex index;
    private final CaseStore store;
    private final Bracket bracket;
    private final Refusals refusals;

    CaseIndex(ListIndex index, CaseStore store, Bracket bracket, Refusals refusals) {
        this.index = index;
        this.store = store;
        this.bracket = bracket;
        this.refusals = refusals;
    }

    private record Fetched(ListIndex.Held<Listed> held, Map<UUID, RowHash.Hashed<CaseFile>> files) {}

    /**
     * All of them, in no order. One that is not what was written has no value: one altered row must not keep everybody from the
     * others. It has its line in the log when this returns.
     *
     * @param line writes the line of the reading, given how many summaries will be opened; inside a transaction that is
     *     committed before the first of them is
     */
    List<Entry<Listed>> all(IntConsumer line) {
        ListIndex.Kept<Listed> kept = index.kept(Listed[].class);
        Fetched fetched = bracket.read(() -> {
            ListIndex.Held<Listed> held = index.held(kept);
            line.accept(held.size());
            return new Fetched(held, store.files(held.toRead()));
        });
        List<Entry<Listed>> all = index.open(fetched.held(), new Files(fetched.files()));
        refusals.found(damage(all));
        return all;
    }

    private record Files(Map<UUID, RowHash.Hashed<CaseFile>> files) implements ListIndex.Source<Listed> {
        @Override
        public byte[] rowHash(UUID object) {
            RowHash.Hashed<CaseFile> file = files.get(object);
            return file == null ? RowHash.gone() : file.hash();
        }

        @Override
        public Listed open(UUID object, FieldKey summary) {
            RowHash.Hashed<CaseFile> file = files.get(object);
            if (file == null) {
                throw Problem.tampering("row.missing");
            }
            return Listed.of(file.row(), Seals.open(file.row(), summary));
        }
    }

    private static List<AuditEvent> damage(List<Entry<Listed>> all) {
        List<AuditEvent> lines = new ArrayList<>();
        for (Entry<Listed> entry : all) {
            Problem.Tampering damage = entry.damage();
            if (damage != null) {
                lines.add(AuditEvent.of(Act.ACCESS_TAMPERING)
                        .inCase(entry.name())
                        .on(entry.name())
                        .refused(damage.code()));
            }
        }
        return lines;
    }
}
