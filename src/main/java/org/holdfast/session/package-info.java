// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * From logged in to unlocked and back: the first start, enrolment, unlocking, locking, logging out, and the home page that
 * leads to each of them.
 *
 * <p>Login says who somebody is, at Keycloak and with its second factor; unlocking gives her keys, with a passphrase that
 * Keycloak never sees. The unlocked keys live in a row of the database sealed under a secret that only the cookie {@code
 * __Host-hfk} holds, so one filter here reads that cookie at the beginning of every request of the desk.
 *
 * <p>This room shows secrets once, when they are made, and never again; it stores none, logs none and sends none back into a
 * form. It knows nothing of cases. What keys are and how they are kept: {@link org.holdfast.vault}.
 */
@NullMarked
package org.holdfast.session;

import org.jspecify.annotations.NullMarked;
