// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Puts the house together and refuses to start when something is wrong.
 *
 * <p>This room gives the other rooms the few things that must come from one place: the clock, the source of randomness,
 * the bounded pools. It holds the checks that stop a server that is not safe to run: a secret that was never replaced, a
 * database role that may do more than it should, a directory without its pin.
 *
 * <p>It never holds a business rule, a page or a key that opens content.
 */
@NullMarked
package org.holdfast.app;

import org.jspecify.annotations.NullMarked;
