// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

/** The two doors of the house that answer HTTP; each has a host name of its own and shares nothing with the other. */
public enum Door {
    /** Where somebody without an account leaves a report: no cookie, no script, answers of a few fixed sizes. */
    REPORT,
    /** Where staff work: login, cases, log. */
    DESK
}
