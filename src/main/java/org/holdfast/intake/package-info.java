// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * Takes a report from somebody who trusts nobody, hands out the number to come back with, and lets a caseworker make it a case.
 *
 * <p>What this room promises: a report is stored once or not at all, and the page says which; it is sealed before a transaction begins
 * and no key on the server opens it after the answer; what was typed is kept letter by letter or refused in words with everything
 * still there; a wrong number, an unknown one and one without an answer get the same page in the same time. At the desk: a list of
 * reports is one line in the log with the number opened, an opened report is a line, an opened identity another; when a case begins
 * with a report, the report leaves this room in the same transaction, and with it every other holder's way to it.
 *
 * <p>What it never does: no cookie, network address, browser name or time of day reaches it; it keeps no draft; it opens a return
 * mailbox only with the number and never shows the report again.
 *
 * <p>{@code IntakePages} and {@code ReplyPages} are the report door, {@code TriagePages} the desk's queue. The questions come from
 * {@link org.holdfast.rules.report.ReportFields}, the words from the message bundle {@code intake} and, for codes, from
 * {@code messages/codes_<language>.properties}. Formats: SECURITY.md; tickets: src/docs/adr/0007-doors-and-tickets.md.
 */
@NullMarked
package org.holdfast.intake;

import org.jspecify.annotations.NullMarked;
