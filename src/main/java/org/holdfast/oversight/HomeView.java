// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.oversight;

/**
 * What the home of oversight shows.
 *
 * @param supervisor whether people can be let in from here
 * @param cases how many cases there are
 * @param keysDue how many cases wait for new keys
 * @param waiting how many entries have no number yet
 */
public record HomeView(boolean supervisor, long cases, long keysDue, long waiting) {}
