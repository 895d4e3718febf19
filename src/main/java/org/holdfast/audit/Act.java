// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What can be done so that a line remains: the kinds of entry.
 *
 * <p>A code is lower case with dots, at most 40 characters, and never changes its meaning: it is in signed entries.
 */
public enum Act {
    SESSION_LOGIN("session.login"),
    SESSION_UNLOCKED("session.unlocked"),
    SESSION_UNLOCK_REFUSED("session.unlock-refused"),
    SESSION_LOCKED("session.locked"),
    SESSION_ENDED("session.ended"),
    DIRECTORY_FOUNDING("directory.founding"),
    DIRECTORY_PERSON("directory.person"),
    DIRECTORY_PERSON_ENDED("directory.person-ended"),
    DIRECTORY_INTAKE_EPOCH("directory.intake-epoch"),
    DIRECTORY_OVERSIGHT_KEY("directory.oversight-key"),
    DIRECTORY_STAFF_KEY("directory.staff-key"),
    DIRECTORY_HANDOVER("directory.handover"),
    ENROLMENT_REQUESTED("enrolment.requested"),
    ENROLMENT_ANSWERED("enrolment.answered"),
    ENROLMENT_DECLINED("enrolment.declined"),
    SLOT_WRITTEN("slot.written"),
    GRANT_GIVEN("grant.given"),
    GRANT_REVOKED("grant.revoked"),
    KEY_CREATED("key.created"),
    REPORT_ACCEPTED("report.accepted"),
    REPORT_CARD("report.card"),
    MAILBOX_OPENED("mailbox.opened"),
    REPLY_WRITTEN("reply.written"),
    REPLY_QUEUED("reply.queued"),
    REPLY_DELIVERED("reply.delivered"),
    REPLY_CLEARED("reply.cleared"),
    REPLY_REMOVED("reply.removed"),
    SECRET_ERASED("secret.erased"),
    INTAKE_LISTED("intake.listed"),
    REPORT_READ("report.read"),
    REPORT_IDENTITY_READ("report.identity-read"),
    REPORT_REMOVED("report.removed"),
    CASE_CREATED("case.created"),
    CASE_LISTED("case.listed"),
    CASE_READ("case.read"),
    CASE_IDENTITY_READ("case.identity-read"),
    CASE_WRITTEN("case.written"),
    CASE_ASSIGNED("case.assigned"),
    CASE_UNASSIGNED("case.unassigned"),
    CASE_REQUESTED("case.requested"),
    CASE_REQUEST_DECLINED("case.request-declined"),
    CASE_ROW_WRITTEN("case.row-written"),
    CASE_ROW_DELETED("case.row-deleted"),
    ACCESS_REFUSED("access.refused"),
    ACCESS_TAMPERING("access.tampering"),
    LOG_READ("log.read"),
    LOG_VERIFIED("log.verified"),
    LOG_BUNDLED("log.bundled"),
    PEOPLE_LISTED("people.listed"),
    STAFF_WRITTEN("staff.written"),
    SERVER_STARTED("server.started"),
    SERVER_STOPPED("server.stopped"),
    POLICY_CHANGED("policy.changed");

    private static final Map<String, Act> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Act::code, Function.identity()));

    private final String code;

    Act(String code) {
        this.code = code;
    }

    /** The code in the entry. */
    public String code() {
        return code;
    }

    /** The act of a code, if this version knows it. */
    public static Optional<Act> of(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
