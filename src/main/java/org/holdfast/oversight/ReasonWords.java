// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.oversight;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.holdfast.rules.Codes;

/**
 * What the reason of an entry says in English. A reason is a code: a choice from the list of reasons, a number, the check that
 * failed, or the finding of a verification (src/docs/adr/0005-log-format.md). Beside {@link ActWords}.
 */
final class ReasonWords {
    private static final String REASONS = "access_reason";
    private static final Pattern NUMBER = Pattern.compile("(opened|lines)\\.([0-9]+)");
    private static final Pattern PLACE = Pattern.compile("(field|row)\\.([a-z0-9_.-]+)");
    private static final Map<String, String> WORDS = new HashMap<>();
    private static final Map<String, String> PARTS = Map.of(
            "summary", "summary", "content", "reports and answers", "identity", "who it is about", "whole", "all");

    static {
        // Refusals.
        put("role", "not for this role");
        put("not-here", "not there, or not for this person");
        put("locked", "the keys were locked");
        put("ticket.forged", "the form was not made for this person or page");
        put("ticket.expired", "the form was too old");
        put("cross-site", "the form came from another site");
        put("passphrase", "the words opened nothing");
        put("last-supervisor", "nobody else is a supervisor");
        put("reason.missing", "no reason was given");
        put("grant.content", "holds no reports and answers of this case");
        put("grant.identity", "does not hold who this case is about");
        // Why something was done.
        put("conflict", "shown because a colleague had saved meanwhile");
        put("logout", "by logging out");
        put("login-ended", "the login ended at Keycloak");
        put("person-ended", "the access of the person was ended");
        put("idle", "too long without a click, or eight hours over");
        put("recovery", "for the recovery key");
        put("checkpoint", "a checkpoint was kept");
        // Stored bytes that are not what was stored.
        put("row.missing", "a row is missing");
        put("report.row", "the row of a report is not as last written");
        put("report.kind", "a report of an unknown kind");
        put("report.epoch", "a report under an unknown key");
        put("report.wrap", "the key of a report does not open");
        put("card", "the card of a report does not open");
        put("card.missing", "the card of a report is missing");
        put("reply", "an answer does not open");
        put("reply.row", "the row of an answer is not as last written");
        put("reply.outbox", "a waiting answer does not open");
        put("shred.missing", "the secret of something stored is missing");
        put("value.form", "a sealed value has an unknown form");
        put("detail", "a sealed text of the log does not open");
        put("name.row", "the name of a colleague is not as last written");
        put("slot.row", "a key slot is not as last written");
        put("slot.keys", "a key slot holds other keys");
        put("slot.missing", "a key slot is missing");
        put("session.row", "an unlocked session is not as it was made");
        put("session.name", "an unlocked session bears another name");
        put("session.idle", "the end of an unlocked session was moved");
        put("session.keys", "an unlocked session holds other keys");
        put("state.missing", "what was remembered of the directory is missing");
        put("state.row", "what was remembered of the directory is not as last written");
        put("state.sealed", "what was remembered of the directory does not open");
        put("enrolment.row", "a request to be let in is not as it was sent");
        put("enrolment.keys", "a request to be let in holds other keys than its sender has");
        put("enrolment.name", "the name in a request to be let in does not open");
        put("enrolment.proof", "a request to be let in is not signed by its keys");
        put("enrolment.roles", "a request to be let in names unknown roles");
        put("grant.kind", "a key for something unknown");
        put("grant.compartment", "a key for an unknown part");
        put("grant.commitment", "a key that is not the one that was made");
        put("grant.copy", "the quick copy of a key does not open");
        put("grant.grantee", "a key that was given to somebody else");
        put("grant.granter", "a key given by somebody unknown");
        put("grant.signature", "a key given without a valid signature");
        put("grant.wrap", "a key that does not open");
        put("grant.unknown", "a key of which the log knows nothing");
        put("grant.after-end", "a key given after the access of its giver ended");
        put("directory.shortened", "the directory is shorter than it was");
        put("directory.pin", "the directory does not begin as pinned");
        put("directory.form", "a statement of the directory is not in its form");
        put("directory.founding", "the founding statement is not valid");
        put("directory.signer", "a statement of the directory by somebody who may not");
        put("directory.signature", "a statement of the directory without a valid signature");
        put("directory.number", "a statement of the directory with a wrong number");
        put("directory.previous", "a statement of the directory that does not follow the one before");
        put("directory.epoch", "a key of the directory with a wrong number");
        put("directory.role", "the directory names an unknown role");
        put("directory.key-twice", "the directory names a key twice");
        put("directory.login-twice", "the directory names a login twice");
        put("directory.person-twice", "the directory names a person twice");
        put("directory.first-person", "the first person of the directory is not the founder");
        put("directory.nobody-to-end", "the directory ends the access of nobody");
        put("log.altered", "the log was altered");
        put("log.unreadable", "the log is not in its form");
        // What a verification came to.
        put("sound", "sound");
        put("entry.malformed", "an entry is not in its form");
        put("entry.altered", "an entry was altered");
        put("entry.missing", "an entry is missing");
        put("entry.unreadable", "an entry cannot be read");
        put("tile.altered", "a part of the tree was altered");
        put("tile.malformed", "a part of the tree is not in its form");
        put("tile.missing", "a part of the tree is missing");
        put("root.mismatch", "the tree does not fit its checkpoint");
        put("checkpoint.origin", "a checkpoint of another log");
        put("checkpoint.signature", "a checkpoint without a valid signature");
        put("checkpoint.altered", "a stored checkpoint was altered");
        put("kept.split", "the log does not agree with a kept checkpoint");
        put("kept.shrunk", "the log is shorter than a kept checkpoint");
        put("kept.signature", "a kept checkpoint without a valid signature");
        put("session.gap", "an entry of a session is missing");
        put("session.repeated", "an entry of a session stands twice");
        put("row.older", "a row is older than its newest entry");
        put("row.changed", "a row was changed past the server");
        put("row.extra", "a row of which the log knows nothing");
        put("row.repeated", "a row stands twice");
        put("row.gap", "an entry about a row is missing");
        put("row.order", "the entries about a row have changed places");
        put("row.forged", "an entry that vouches for a row and is not signed");
        put("grant.revoked", "a key that was taken away is back");
        put("signature.missing", "an entry without the signature of its person");
        put("signature.wrong", "an entry with a wrong signature");
        put("signature.key", "an entry signed with an unknown key");
        put("signature.actor", "an entry signed by somebody else");
        put("directory.chain", "the directory is not one chain");
        put("directory.missing", "the directory is missing");
        put("copy.altered", "a column to filter by was altered");
        put("queue.removed", "an entry was taken out before it had a number");
        put("queue.entry-missing", "an entry that waits for a number is missing");
        put("queue.repeated", "an entry waits for a number twice");
        put("queue.held", "an entry is kept from getting a number");
        put("detail.altered", "a sealed text of the log was altered");
        put("detail.missing", "a sealed text of the log is missing");
    }

    private ReasonWords() {}

    private static void put(String code, String words) {
        if (WORDS.put(code, words) != null) {
            throw new IllegalStateException("twice: " + code);
        }
    }

    /** The words of a reason; empty for one that a newer version may have written. */
    static Optional<String> of(String code) {
        String words = WORDS.get(code);
        if (words != null) {
            return Optional.of(words);
        }
        if (Codes.shipped().contains(REASONS, code)) {
            return Optional.of(Codes.shipped().label(REASONS, code));
        }
        Matcher number = NUMBER.matcher(code);
        if (number.matches()) {
            return Optional.of(number.group(2)
                    + (number.group(1).equals("opened")
                            ? " opened"
                            : number.group(2).equals("1") ? " line shown" : " lines shown"));
        }
        Matcher place = PLACE.matcher(code);
        if (place.matches()) {
            String what =
                    place.group(1).equals("field") ? "a sealed value does not open" : "a row is not as last written";
            return Optional.of(what + " (" + place.group(2).replaceAll("[-_.]", " ") + ")");
        }
        String[] parts = code.split("\\.");
        return Arrays.stream(parts).allMatch(PARTS::containsKey)
                ? Optional.of(Arrays.stream(parts).map(PARTS::get).collect(Collectors.joining(", ")))
                : Optional.empty();
    }
}
