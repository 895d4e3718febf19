// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.util.Locale;

/** What a sealed object is. The code stands in the envelope header and never changes; an unknown one is refused. */
public enum ObjectType {
    /** A sealed column of a row. */
    FIELD(1),
    /** The bytes of a file. */
    FILE(2),
    /** A secret to a person's public key. */
    WRAP_PERSON(3),
    /** A secret under another secret. */
    WRAP_SYMMETRIC(4),
    /** A person's seeds under what unlocks them. */
    SLOT(5),
    /** A person's seeds while unlocked. */
    SESSION(6),
    /** A self-report, or the secrets of one. */
    REPORT(7),
    /** A reply in a mailbox. */
    REPLY(8),
    /** Free text that belongs to a log entry. */
    AUDIT_DETAIL(9),
    /** A backup. */
    BACKUP(10),
    /** How a reporter may be answered. */
    MAILBOX_CARD(11),
    /** Work not yet saved. */
    DRAFT(12),
    /** What a list shows of a case. */
    SUMMARY(13),
    /** Figures computed in an unlocked session. */
    STATISTICS(14),
    /** What a reporter adds later. */
    FOLLOW_UP(15),
    /** A secret to the organisation's recovery key. */
    RECOVERY_WRAP(16),
    /** What a person's list rests on and shows, under her own keys. */
    LIST_INDEX(17);

    private static final ObjectType[] BY_CODE = values();

    private final byte code;

    ObjectType(int code) {
        this.code = (byte) code;
    }

    /** The byte in the header. */
    public byte code() {
        return code;
    }

    /** The name inside labels: lower case, underscores. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ObjectType of(byte code) throws Tampered {
        if (code < 1 || code > BY_CODE.length) {
            throw new Tampered("unknown object type");
        }
        return BY_CODE[code - 1];
    }
}
