// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * The case: open, edit, record, assign, answer.
 *
 * <p>What this room promises: a case is rows of eight tables, each of which belongs to one compartment and is sealed column
 * by column under that compartment's secret of its case. Every write seals all sealed columns of its row anew under the
 * next revision, and has its line with the row's hash in the same transaction; every opening first compares the rows with
 * the newest lines. Two editors never overwrite each other: who comes second sees both texts. Who a case is about is opened
 * by an act of its own, with a reason and a line.
 *
 * <p>What it never does: it sees no key and no cipher, for these are the vault's; it opens nothing in a transaction; it
 * keeps nothing that was opened beyond the request; it copies nothing of the identity into rows of content; it tells nobody
 * whether a case exists that she may not open.
 *
 * <p>Desks hold the use cases, one a public method; pages call one desk and choose a template. A report that begins a case
 * comes from the room above through {@link org.holdfast.cases.BeginDesk}. The fields of reports, persons and summaries are
 * those of {@link org.holdfast.rules.report.ReportFields}.
 *
 * <p>Tables: {@code db/main/V005__cases.sql}; sealed columns and compartments: SECURITY.md.
 */
@NullMarked
package org.holdfast.cases;

import org.jspecify.annotations.NullMarked;
