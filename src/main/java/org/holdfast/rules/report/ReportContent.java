// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.rules.report;

/**
 * The content of a report from the report door: everything that does not say who or where the reporter is.
 *
 * @param kind a code of list {@code report_type}, see {@link ReportKind#code}
 * @param language BCP 47 tag of the form that was used
 * @param answers the fields of {@link ReportFields#door} that were answered
 * @param proofHash SHA-256, 32 bytes, of the proof that the confirmation page carries
 */
public record ReportContent(String kind, String language, Answers answers, byte[] proofHash) {

    @Override
    public String toString() {
        return "ReportContent";
    }
}
