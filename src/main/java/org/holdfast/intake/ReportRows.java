// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.holdfast.access.Problem;
import org.holdfast.audit.LogReader;
import org.holdfast.audit.Pseudonym;
import org.holdfast.audit.RowHash;
import org.holdfast.audit.SealedRows;
import org.holdfast.vault.IntakeVault;
import org.holdfast.vault.Vault;
import org.jspecify.annotations.Nullable;

/** The rows of this room as the log knows them: for the verifier all of them, before an opening those of one report. */
@ApplicationScoped
class ReportRows implements SealedRows {
    private final RowHash hashes;
    private final LogReader log;
    private final Vault vault;
    private final IntakeVault seals;

    ReportRows(RowHash hashes, LogReader log, Vault vault, IntakeVault seals) {
        this.seals = seals;
        this.hashes = hashes;
        this.log = log;
        this.vault = vault;
    }

    /** What the log calls a report. */
    Pseudonym name(UUID report) {
        return vault.nameInLog(report, ReportStore.REPORTS, report);
    }

    /**
     * Inside a transaction.
     *
     * @throws Problem.Tampering if the report's row or its card is not the one last written
     */
    void check(UUID report) {
        Pseudonym name = name(report);
        Pseudonym card = vault.nameInLog(report, ReportStore.CARDS, report);
        Map<Pseudonym, byte[]> newest = log.newestHashes(List.of(name, card));
        if (!same(newest.get(name), hashes.of(ReportStore.REPORTS, report))
                || !same(newest.get(card), hashes.of(ReportStore.CARDS, report))) {
            throw Problem.tampering("report.row", null, name.value());
        }
    }

    /**
     * Inside a transaction: what the log calls these reports, and whether each row is the one last written. One query for the rows
     * and one for the log.
     *
     * @return absent for a report whose shred secret is lost
     */
    Map<UUID, Known> known(Collection<UUID> reports) {
        Map<UUID, Pseudonym> names = seals.namesInLog(ReportStore.REPORTS, reports);
        Map<Pseudonym, byte[]> newest = log.newestHashes(names.values());
        Map<UUID, byte[]> rows = hashes.of(ReportStore.REPORTS, reports);
        Map<UUID, Known> known = new HashMap<>();
        names.forEach((report, name) -> {
            byte[] row = rows.get(report);
            known.put(report, new Known(name, row != null && same(newest.get(name), row)));
        });
        return known;
    }

    /** A report in the log. */
    record Known(Pseudonym name, boolean sound) {}

    private static boolean same(byte @Nullable [] logged, byte[] found) {
        return logged != null && MessageDigest.isEqual(logged, found);
    }

    @Override
    public void rows(Sink sink) {
        for (String table : List.of(ReportStore.REPORTS, ReportStore.CARDS)) {
            hashes.forEach(
                    table,
                    null,
                    (id, parent, hash, revision) -> sink.row(table, vault.nameForVerifier(id, table, id), hash, 0));
        }
    }
}
