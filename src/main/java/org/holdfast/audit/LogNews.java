// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What the log says happened since a mark. Signatures are not verified here: news say what is to be asked for again, and {@link
 * LogReader} answers that.
 *
 * @param mark where to go on the next time: entries without a number are read again then
 * @param entries how many were read
 * @param written the hash of each row that was written, by its name; zero bytes for one that was deleted, no bytes for one that
 *     was written with several. Grants and directory statements are not rows
 * @param given the entries by which grants were given
 * @param revoked the hashes of grants that were revoked, in hexadecimal digits
 */
public record LogNews(LogMark mark, int entries, Map<Pseudonym, byte[]> written, Set<UUID> given, Set<String> revoked) {

    static final byte[] SEVERAL = {};
}
