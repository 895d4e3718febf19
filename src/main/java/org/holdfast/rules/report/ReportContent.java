// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.rules.report;

import java.util.Objects;

/**
 * The content of a report from the report door: what happened, also in which country the reporter is now. Name and ways to reach the
 * reporter are not asked for here but in {@link ReportIdentity}; a free text may hold them all the same.
 *
 * <p>It is read from what strangers can seal. None of its parts may be null, which makes reading such a value fail.
 *
 * @param kind a code of list {@code report_type}, see {@link ReportKind#code}
 * @param language BCP 47 tag of the form that was used
 * @param answers the fields of {@link ReportFields#door} that were answered
 * @param proofHash SHA-256, 32 bytes, of the proof that the confirmation page carries
 */
public record ReportContent(String kind, String language, Answers answers, byte[] proofHash) {

    private static final int HASH = 32;

    /** @throws RuntimeException if a part is missing, or the hash is no hash */
    public ReportContent {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(language);
        Objects.requireNonNull(answers);
        if (proofHash.length != HASH) {
            throw new IllegalArgumentException("no SHA-256");
        }
    }

    @Override
    public String toString() {
        return "ReportContent";
    }
}
