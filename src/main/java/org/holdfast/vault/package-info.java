// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * The one door between plaintext and ciphertext.
 *
 * <p>Here live the people's keys (slots), what they are while unlocked (sessions), who holds which secret (grants), whose
 * key is whose (the directory), what recovery needs, and the second half of every content key (the shred store). Other
 * rooms hand in values and get sealed bytes, or the other way round, and never see a key.
 *
 * <p>Promises: nothing stored on the server opens content without a person's unlocked keys. What opens was sealed by
 * somebody who held the key, for this very row, column and revision. A key comes from a grant whose signature, place in the
 * log and revocation were checked; a public key comes from the signed directory and from nowhere else. What does not fit
 * is refused as {@link org.holdfast.access.Problem.Tampering}.
 *
 * <p>It never seals, opens or stretches inside a transaction, never caches anything opened beyond the request, never logs,
 * and does not know what a case means, a page or HTTP.
 *
 * <p>Keys: field key = HKDF-SHA-512(ikm = grant secret, salt = shred secret, info = {@code holdfast/v1/field-key} | tenant |
 * object id | compartment | epoch). Envelopes and contexts: {@link org.holdfast.crypto.Envelope}, {@link
 * org.holdfast.crypto.Context}. Formats of grants, statements, slots and sessions: SECURITY.md and
 * src/docs/adr/0004-keys-and-directory.md.
 */
@NullMarked
package org.holdfast.vault;

import org.jspecify.annotations.NullMarked;
