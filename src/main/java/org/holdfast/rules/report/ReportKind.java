// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.rules.report;

import java.util.Optional;

/** The kinds of report that this version takes. The letter stands in addresses, because it tells nothing there. */
public enum ReportKind {
    /** Pressure, punishment or threats aimed at relatives. */
    FAMILY_THREAT("a", "rt.family_threat"),
    /** Somebody who acts, or is believed to act, for the origin state comes near. */
    AGENT_APPROACH("b", "rt.agent_approach"),
    /** A journey that may expose the person. */
    TRAVEL_RISK("c", "rt.travel_risk");

    private final String letter;
    private final String code;

    ReportKind(String letter, String code) {
        this.letter = letter;
        this.code = code;
    }

    /** One letter, {@code a} to {@code c}. */
    public String letter() {
        return letter;
    }

    /** The code of list {@code report_type}. */
    public String code() {
        return code;
    }

    /** The kind of this letter, or nothing. */
    public static Optional<ReportKind> ofLetter(String letter) {
        for (ReportKind kind : values()) {
            if (kind.letter.equals(letter)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The kind of this code, or nothing. */
    public static Optional<ReportKind> ofCode(String code) {
        for (ReportKind kind : values()) {
            if (kind.code.equals(code)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
