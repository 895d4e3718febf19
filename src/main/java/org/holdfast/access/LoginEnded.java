// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.access;

/**
 * A login ended at Keycloak, or here. Fired once for each; rooms that keep something for its length let go of it.
 *
 * @param sid Keycloak's id of the login session
 */
public record LoginEnded(String sid) {}
