// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

/** What the log says about the hash of a grant or of a directory statement. */
public enum Standing {
    /** It was recorded and nothing revokes it. */
    GIVEN,
    /** An entry revokes it: it stays dead, whatever else is recorded later. */
    REVOKED,
    /** The log does not know it. */
    UNKNOWN
}
