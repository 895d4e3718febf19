// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.oversight;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.holdfast.audit.Act;

/**
 * What each kind of entry says in English: after somebody's name when it was done, after "tried to" when it was refused, and as
 * the name of a kind in the filter.
 *
 * @param done "opened the case"
 * @param tried "open the case"
 * @param kind "Case opened"
 */
record ActWords(String done, String tried, String kind) {
    private static final Map<Act, ActWords> WORDS = new EnumMap<>(Act.class);

    static {
        put(Act.SESSION_LOGIN, "logged in", "log in", "Login");
        put(Act.SESSION_UNLOCKED, "unlocked the keys", "unlock the keys", "Keys unlocked");
        put(Act.SESSION_UNLOCK_REFUSED, "typed words that open nothing", "unlock the keys", "Wrong words");
        put(Act.SESSION_LOCKED, "locked the keys", "lock the keys", "Keys locked");
        put(Act.SESSION_ENDED, "logged out", "log out", "Logout or end of a session");
        put(Act.DIRECTORY_FOUNDING, "founded the organisation", "found the organisation", "Organisation founded");
        put(Act.DIRECTORY_PERSON, "let a person in", "let a person in", "Person let in");
        put(Act.DIRECTORY_PERSON_ENDED, "ended a person's access", "end a person's access", "Person's access ended");
        put(Act.DIRECTORY_INTAKE_EPOCH, "began a new intake key", "begin a new intake key", "Intake key");
        put(Act.DIRECTORY_OVERSIGHT_KEY, "began a new oversight key", "begin a new oversight key", "Oversight key");
        put(Act.DIRECTORY_STAFF_KEY, "began a new staff key", "begin a new staff key", "Staff key");
        put(Act.DIRECTORY_HANDOVER, "handed a key over", "hand a key over", "Key handed over");
        put(Act.ENROLMENT_REQUESTED, "asked to be let in", "ask to be let in", "Asked to be let in");
        put(
                Act.ENROLMENT_ANSWERED,
                "answered a request to be let in",
                "answer a request to be let in",
                "Request to be let in answered");
        put(
                Act.ENROLMENT_DECLINED,
                "took away a request to be let in",
                "take away a request to be let in",
                "Request to be let in taken away");
        put(
                Act.STAFF_WRITTEN,
                "stored a colleague's name, or which state of the directory was seen last",
                "store a name or a state of the directory",
                "Name or state of the directory stored");
        put(Act.SLOT_WRITTEN, "wrote or took away a key slot", "write a key slot", "Key slot written or gone");
        put(Act.GRANT_GIVEN, "gave a key to somebody", "give a key to somebody", "Key given");
        put(Act.GRANT_REVOKED, "took a key away", "take a key away", "Key taken away");
        put(Act.KEY_CREATED, "made a new key", "make a new key", "Key made");
        put(Act.REPORT_ACCEPTED, "took in a report", "take in a report", "Report taken in");
        put(Act.REPORT_CARD, "gave out a return number", "give out a return number", "Return number given");
        put(Act.MAILBOX_OPENED, "showed replies for a return number", "show replies", "Replies looked up");
        put(Act.REPLY_WRITTEN, "wrote a reply to the reporter", "write a reply to the reporter", "Reply written");
        put(Act.REPLY_QUEUED, "handed a reply over for delivery", "hand a reply over", "Reply on its way");
        put(Act.REPLY_DELIVERED, "laid a reply into the mailbox", "lay a reply into the mailbox", "Reply delivered");
        put(
                Act.REPLY_CLEARED,
                "emptied the place where a delivered reply had waited",
                "empty the place of a delivered reply",
                "Place of a reply emptied");
        put(
                Act.REPLY_REMOVED,
                "removed a reply for who came with the number",
                "remove a reply",
                "Reply removed by the reporter");
        put(
                Act.SECRET_ERASED,
                "erased the secret of something removed before",
                "erase the secret of something removed",
                "Left-over secret erased");
        put(
                Act.INTAKE_LISTED,
                "looked at the list of new reports",
                "look at the list of new reports",
                "New reports listed");
        put(Act.REPORT_READ, "read a report", "read a report", "Report read");
        put(Act.REPORT_IDENTITY_READ, "opened who a report is from", "open who a report is from", "Reporter opened");
        put(Act.REPORT_REMOVED, "removed a report from the new ones", "remove a report", "Report removed");
        put(Act.CASE_CREATED, "made a case", "make a case", "Case made");
        put(Act.CASE_LISTED, "looked at the list of cases", "look at the list of cases", "Cases listed");
        put(Act.CASE_READ, "read the case", "read the case", "Case read");
        put(Act.CASE_IDENTITY_READ, "opened who the case is about", "open who the case is about", "Identity opened");
        put(Act.CASE_WRITTEN, "changed the case", "change the case", "Case changed");
        put(Act.CASE_ASSIGNED, "assigned the case", "assign the case", "Case assigned");
        put(Act.CASE_UNASSIGNED, "took the case from somebody", "take the case from somebody", "Case taken away");
        put(Act.CASE_REQUESTED, "asked for the case", "ask for the case", "Case asked for");
        put(
                Act.CASE_REQUEST_DECLINED,
                "declined a request for the case",
                "decline a request for the case",
                "Request declined");
        put(Act.CASE_ROW_WRITTEN, "wrote a part of the case", "write a part of the case", "Part of a case written");
        put(Act.CASE_ROW_DELETED, "deleted a part of the case", "delete a part of the case", "Part of a case deleted");
        put(Act.ACCESS_REFUSED, "was refused", "go where it is not allowed", "Refused");
        put(Act.ACCESS_TAMPERING, "met stored bytes that were altered", "open altered bytes", "Tampering met");
        put(Act.LOG_READ, "read the log", "read the log", "Log read");
        put(Act.LOG_VERIFIED, "verified the log", "verify the log", "Log verified");
        put(Act.LOG_BUNDLED, "downloaded the log as a bundle", "download the log", "Log downloaded");
        put(Act.PEOPLE_LISTED, "looked at the list of people", "look at the list of people", "People listed");
        put(Act.SERVER_STARTED, "started", "start", "Server started");
        put(Act.SERVER_STOPPED, "stopped", "stop", "Server stopped");
        put(Act.POLICY_CHANGED, "changed the policy", "change the policy", "Policy changed");
    }

    private static void put(Act act, String done, String tried, String kind) {
        WORDS.put(act, new ActWords(done, tried, kind));
    }

    /** The words of an act; a kind without words is named by its code. */
    static ActWords of(Act act) {
        ActWords words = WORDS.get(act);
        return words == null ? unknown(act.code()) : words;
    }

    /** The words of a code from the log, which a newer version may have written. */
    static ActWords of(String code) {
        Optional<Act> act = Act.of(code);
        return act.isPresent() ? of(act.get()) : unknown(code);
    }

    private static ActWords unknown(String code) {
        return new ActWords("did " + code, "do " + code, code);
    }

    static boolean complete() {
        return WORDS.size() == Act.values().length;
    }
}
