// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.oversight;

import java.util.Map;
import java.util.Optional;
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
    private static final String LOGOUT = "logout";
    private static final int SHORT = 8;

    private final Map<String, String> people;
    private final Map<Pseudonym, String> cases;
    private final Map<UUID, String> details;
    private final Map<Pseudonym, UUID> statements;

    /**
     * @param people display names by actor
     * @param cases labels of the cases that the reader holds
     * @param details opened free texts by entry id
     * @param statements whom those of the directory are about, by what the log calls each
     */
    LogLines(
            Map<String, String> people,
            Map<Pseudonym, String> cases,
            Map<UUID, String> details,
            Map<Pseudonym, UUID> statements) {
        this.people = people;
        this.cases = cases;
        this.details = details;
        this.statements = statements;
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
        if (refused) {
            return said(
                    line,
                    words.done().startsWith("was ") ? words.done() : "tried to " + words.tried() + " and was refused",
                    "");
        }
        Optional<Act> act = Act.of(line.act());
        Pseudonym object = line.objectName();
        if (act.isPresent() && act.get() == Act.SESSION_ENDED) {
            // Whose it was stands in no line; only she who logs out ends her own.
            return said(line, LOGOUT.equals(line.reason()) ? words.done() : "ended an unlocked session", "");
        }
        return act.isPresent() && object != null
                ? aboutSomebody(act.get(), words, line, object)
                : said(line, words.done(), "");
    }

    /** The same with the name of the person whom it is about, where the entry names one whom the reader knows. */
    private String aboutSomebody(Act act, ActWords words, LogLine line, Pseudonym object) {
        boolean self = object.hex().equals(line.actor());
        switch (act) {
            case CASE_ASSIGNED:
                return said(line, words.done(), " to " + who(object.hex()));
            case CASE_UNASSIGNED:
                return self
                        ? said(line, "gave back the case", "")
                        : said(line, "took the case", " from " + who(object.hex()));
            case DIRECTORY_PERSON, DIRECTORY_PERSON_ENDED:
                UUID person = statements.get(object);
                return person == null ? said(line, words.done(), "") : said(line, about(act, line, person), "");
            case ENROLMENT_ANSWERED, ENROLMENT_REQUESTED:
                // A request bears the id that its person has from then on; of one that led to nothing nobody knows the
                // name.
                String name = people.get(object.hex());
                if (name == null) {
                    return said(line, words.done(), "");
                }
                return act == Act.ENROLMENT_ANSWERED
                        ? said(line, "answered the request of " + name + " to be let in", "")
                        : said(line, words.done(), ": it was " + name);
            default:
                return said(line, words.done(), "");
        }
    }

    private String about(Act act, LogLine line, UUID person) {
        String actor = actorOf(person);
        if (act == Act.DIRECTORY_PERSON_ENDED) {
            return "ended the access of " + who(actor);
        }
        return actor.equals(line.actor()) ? "became the first person of the directory" : "let " + who(actor) + " in";
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
