// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * The command line: what somebody runs who wants to check the server without trusting it.
 *
 * <p>Each command reads the files it is given and prints one page. It opens no network connection, starts no server,
 * and needs no configuration. Exit codes are a promise: 0 sound, 1 a finding, 2 an input that cannot be used, named by
 * its place. This is the only room that sees the command-line library and the only one that prints.
 *
 * <p>The room is built into a jar of its own together with the pure rooms; if that jar does not run by itself, one of
 * them has stopped being pure.
 */
@NullMarked
package org.holdfast.tools;

import org.jspecify.annotations.NullMarked;
