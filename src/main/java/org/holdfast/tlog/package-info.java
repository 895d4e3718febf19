// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * The mathematics and the text formats of the log, and the verifier.
 *
 * <p>What this room promises: a log is a Merkle tree exactly as RFC 6962 section 2.1 hashes it; proofs are those of RFC
 * 9162 section 2.1; tiles and entry bundles are laid out as C2SP tlog-tiles says, checkpoints as C2SP tlog-checkpoint,
 * signatures as C2SP signed-note (Ed25519, type 0x01) and C2SP tlog-cosignature (ML-DSA-44, type 0x06). An entry has one
 * encoding only: the bytes that are stored are the bytes that are hashed, and a reader refuses every other spelling of
 * the same facts. {@link org.holdfast.tlog.LogVerifier} is the same code on the server's page and in the stand-alone
 * jar.
 *
 * <p>What it never does: it knows no database, no clock, no network and no page; it reads no content, for an entry holds
 * none; it repairs nothing, and it trusts nothing that is stored beside the entries, for it builds the tree again.
 *
 * <p>Errors: {@link org.holdfast.tlog.Malformed} says that bytes are not in the form, and where. What is well formed but
 * wrong is a {@link org.holdfast.tlog.Finding}. Unless a type says otherwise, values are immutable and safe between
 * threads; whatever hashes is not.
 *
 * <p>The entry form and the bundle are specified in {@code src/docs/adr/0005-log-format.md}.
 */
@NullMarked
package org.holdfast.tlog;

import org.jspecify.annotations.NullMarked;
