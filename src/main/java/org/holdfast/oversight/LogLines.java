// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.oversight;

import java.util.Map;
import java.util.UUID;
import org.holdfast.audit.Act;
import org.holdfast.audit.LogFilter;
import org.holdfast.audit.LogLine;
import org.holdfast.audit.Outcome;
import org.holdfast.audit.Pseudonym;
import org.jspecify.annotations.Nullable;

/** Turns lines of the log into sentences, with the names that the reader may know. */
final class LogLines {
    static final String REPORT_DOOR = "report-door";
    static final String SYSTEM = "system";
    static final String UNKNOWN = "unknown";
    private static final int SHORT = 8;

    private final Map<String, String> people;
    private final Map<Pseudonym, String> cases;
    private final Map<UUID, String> details;

    /**
     * @param people display names by actor
     * @param cases labels of the cases that the reader holds
     * @param details opened free texts by entry id
     */
    LogLines(Map<String, String> people, Map<Pseudonym, String> cases, Map<UUID, String> details) {
        this.people = people;
        this.cases = cases;
        this.details = details;
    }

    static String actorOf(UUID staffId) {
        return LogFilter.actorOf(staffId);
    }

    LogView.Line line(LogLine line) {
        boolean refused = line.outcome() == Outcome.REFUSED;
        return new LogView.Line(
                line.number(),
                line.time().replace("T", " ").replace("Z", " UTC"),
                sentence(line, refused),
                refused,
                line.reason() == null ? "" : ReasonWords.of(line.reason()).orElse(""),
                line.reason() == null ? "" : line.reason(),
                details.get(line.id()),
                line.signed(),
                line.trouble().orElse(null));
    }

    private String sentence(LogLine line, boolean refused) {
        ActWords words = ActWords.of(line.act());
        Pseudonym object = line.objectName();
        if (!refused && object != null && line.act().equals(Act.CASE_ASSIGNED.code())) {
            return said(line, words.done(), " to " + who(object.hex()));
        }
        if (!refused && object != null && line.act().equals(Act.CASE_UNASSIGNED.code())) {
            return object.hex().equals(line.actor())
                    ? said(line, "gave back the case", "")
                    : said(line, "took the case", " from " + who(object.hex()));
        }
        String what = refused && !words.done().startsWith("was ")
                ? "tried to " + words.tried() + " and was refused"
                : words.done();
        return said(line, what, "");
    }

    private String said(LogLine line, String what, String whom) {
        return who(line.actor()) + " " + what + where(line.caseName(), what) + whom + ".";
    }

    private String who(String actor) {
        return switch (actor) {
            case REPORT_DOOR -> "The report door";
            case SYSTEM -> "The server";
            case UNKNOWN -> "Somebody who is not enrolled";
            default -> people.getOrDefault(actor, "Person " + actor.substring(0, Math.min(SHORT, actor.length())));
        };
    }

    /** The case's code for those who hold its summary; for others the beginning of its name in the log. */
    private String where(@Nullable Pseudonym caseName, String what) {
        if (caseName == null) {
            return "";
        }
        String label = cases.get(caseName);
        String name = label == null ? caseName.hex().substring(0, SHORT) : label;
        return (what.endsWith("the case") || what.endsWith("a case") ? " " : ", case ") + name;
    }
}
