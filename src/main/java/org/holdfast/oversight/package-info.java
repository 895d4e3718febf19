// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Lets supervisors and auditors check: who works here, who did what, and whether the record of it was altered.
 *
 * <p>People are let in after eight words were compared, which this room shows and the vault signs. The log is read, filtered
 * and verified here; what a page of the server under test says is no proof, so the bundle for the offline verifier is here
 * too. Reading the log is itself a line in it.
 *
 * <p>This room never shows the content of a case. Free text of a line is opened for supervisors, who hold the key for it,
 * and for nobody else. The form of the log: SECURITY.md.
 */
@NullMarked
package org.holdfast.oversight;

import org.jspecify.annotations.NullMarked;
