// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * The record of what was done: written once, ordered, notarised, read back.
 *
 * <p>What this room promises: an entry is written in the transaction of the change that it speaks of, so that both
 * commit or vanish together ({@link org.holdfast.audit.AuditLog}). Entries get dense numbers and a Merkle tree of RFC
 * 6962 ({@link org.holdfast.audit.Sequencer}), the tree is signed as C2SP tlog-checkpoint says
 * ({@link org.holdfast.audit.Notary}), and everything can be taken away for a check by somebody else
 * ({@link org.holdfast.audit.AuditBundle}). The role of the application cannot update or delete an entry.
 *
 * <p>What it never does: it decides on nobody's rights, opens no content and shows no page. No content, name, number,
 * address or user agent enters an entry; ids of cases and objects are {@link org.holdfast.audit.Pseudonym}s. Entries of
 * the report door carry the day only, wait for the full hour and are numbered in a random order.
 *
 * <p>Columns beside the bytes of an entry are copies to filter by. They are compared with the entry whenever a line is
 * shown; an alteration of a copy is a finding of the verifier.
 *
 * <p>Who holds the log's signing key can forge the log until others cosign it; whoever administers the running server can
 * act without a line. SECURITY.md says so.
 *
 * <p>Formats: {@code src/docs/adr/0005-log-format.md}; the row hash at {@link org.holdfast.audit.RowHash}.
 */
@NullMarked
package org.holdfast.audit;

import org.jspecify.annotations.NullMarked;
